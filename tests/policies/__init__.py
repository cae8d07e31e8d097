"""The policy files and the language they are written in."""
