"""Reading a roster (名单): cells become values with findings; nothing is guessed, nothing is dropped."""
