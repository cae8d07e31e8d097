"""The launcher behind `make run`, with real processes."""
