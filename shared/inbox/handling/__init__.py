"""Pausing, more time, reassigning and standing in: their words."""
