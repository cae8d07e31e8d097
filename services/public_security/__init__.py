"""派出所: residence and death changes, welfare checks, fraud."""
