"""`python -m deploy.cli` is the same as the command `tanfang`."""

from deploy.cli.main import run

run()
