"""The scheduled jobs (复核): what happens every day, whoever is looking."""
