"""The commands of identity, and what is asked of it: one function each, without Flask."""
