"""What the judicial office does: each in one transaction; a referral is closed after its record is kept."""
