"""The command `tanfang`: starting a database must not wait for spreadsheets and workflows to be imported."""

from deploy.cli.beside import join_what_runs_here
from deploy.cli.lazy import LazyGroup

main = LazyGroup(
    name="tanfang",
    help="Tanfang: run and look after the visit-and-care service.",
    callback=join_what_runs_here,
    table={
        "accounts": "services.identity.cli:group",
        "db": "deploy.cli.db:db",
        "demo": "deploy.cli.demo.group:demo",
        "import-roster": "deploy.cli.import_roster:import_roster",
        "places": "deploy.cli.places:places",
        "policy": "deploy.cli.policy:policy",
        "reconcile": "deploy.cli.reconcile:reconcile",
        "workdays": "deploy.cli.workdays:workdays",
    },
)
