"""The persistence kit against a real PostgreSQL."""
