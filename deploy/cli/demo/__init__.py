"""`tanfang demo`: invented people and six weeks of their lives, through the services' own handlers."""
