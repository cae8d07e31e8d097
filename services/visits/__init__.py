"""Visits and the visit book (探访与台账): who visits whom, and every contact with its verdict."""
