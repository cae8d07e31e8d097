"""Settings, clock, logs and encryption."""
