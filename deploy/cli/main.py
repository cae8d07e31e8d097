"""The command `tanfang`: starting a database must not wait for spreadsheets and workflows to be imported."""

from deploy.cli.beside import join_what_runs_here
from deploy.cli.lazy import LazyGroup
from shared.platform.leaving import leave

main = LazyGroup(
    name="tanfang",
    help="Tanfang: run and look after the visit-and-care service.",
    callback=join_what_runs_here,
    table={
        "accounts": "services.identity.cli:group",
        "db": "deploy.cli.db:db",
        "demo": "deploy.cli.demo.group:demo",
        "import-roster": "deploy.cli.import_roster:import_roster",
        "outbox": "deploy.cli.outbox:outbox",
        "places": "deploy.cli.places:places",
        "policy": "deploy.cli.policy:policy",
        "reconcile": "deploy.cli.reconcile:reconcile",
        "workdays": "deploy.cli.workdays:workdays",
    },
)


def run() -> None:
    """The command as the shell starts it: a reconcile that had done its work sometimes ended as a crash."""
    try:
        main()
    except SystemExit as ended:
        leave(int(ended.code or 0))
