"""Visits of two places, against a real PostgreSQL and the real policies."""
