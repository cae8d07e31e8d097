"""The rules of the health centre."""
