"""The referral inbox on a real PostgreSQL, its referrals judged in this process."""
