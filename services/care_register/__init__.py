"""The care register (名单库): who is enrolled, in which class, in what state, and why."""
