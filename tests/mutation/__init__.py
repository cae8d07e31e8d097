"""How much of the rules the tests would miss: every rule changed a little, one change at a time."""
