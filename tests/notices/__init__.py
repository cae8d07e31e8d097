"""Notices leave the house: at least once, under one key, with nothing personal in them."""
