"""What follows from a piece of work that has ended."""
