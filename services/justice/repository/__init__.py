"""Reads and writes of the office's tables; no rules."""
