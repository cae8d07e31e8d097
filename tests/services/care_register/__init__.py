"""The care register, against a real PostgreSQL and the real policies."""
