"""What the health centre does, each in one transaction."""
