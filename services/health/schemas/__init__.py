"""The shapes of the health centre's requests and answers."""
