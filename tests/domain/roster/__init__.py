"""Reading rosters: cells as offices write them."""
