"""Reads and writes of the visits tables, and the views of others that a round needs; no rules."""
