"""The look around that never stops."""
