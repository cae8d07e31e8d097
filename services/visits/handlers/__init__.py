"""What the visits service does: each handler takes a command, the unit of work, and the desk it works at."""
