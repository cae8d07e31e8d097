"""The only statements that know the station's tables."""
