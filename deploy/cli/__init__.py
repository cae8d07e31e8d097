"""The command `tanfang`."""
