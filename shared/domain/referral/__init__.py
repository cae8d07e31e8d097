"""The referral (转介): one piece of work handed to a unit, from the offer to its end."""
