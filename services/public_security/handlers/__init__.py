"""What the station does: one file per subject, each command in one transaction."""
