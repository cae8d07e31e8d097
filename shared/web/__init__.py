"""The web kit (网页底座): what the pages and the API of every service have in common."""
