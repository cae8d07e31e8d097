"""Rules, without a server in sight."""
