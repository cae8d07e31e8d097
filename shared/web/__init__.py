"""The web kit (网页底座): everything a service's pages and API have in common, so that a service adds only its own."""
