"""What the health centre stores, and what it reads of others."""
