"""The launcher behind `make run`: everything Tanfang needs, started on one machine and stopped together."""
