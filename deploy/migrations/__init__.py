"""The one linear history of the database, and who may see what in it."""
