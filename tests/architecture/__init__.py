"""Rules of the house as tests: a fact that is kept in two places is compared here."""
