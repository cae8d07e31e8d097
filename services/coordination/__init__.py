"""Coordination (统筹): who must be looked after today, how everybody stands, and one elder's story."""
