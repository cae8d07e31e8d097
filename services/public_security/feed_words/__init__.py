"""Words of lists that the station uploads."""
