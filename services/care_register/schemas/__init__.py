"""What the register's forms and API take and give."""
