"""The coordinator's service on a real PostgreSQL."""
