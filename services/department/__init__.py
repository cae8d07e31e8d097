"""Every unit without a service of its own: inbox only; the unit comes from the sign-in."""
