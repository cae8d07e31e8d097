"""The policy in force in words: each value with where it comes from and what it is worth."""
