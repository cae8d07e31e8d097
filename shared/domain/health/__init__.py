"""The rules of the community health centre: contracts, follow-up, readings, home beds (J-74 … J-77)."""
