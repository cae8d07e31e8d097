"""The command `tanfang`: starting a database must not wait for spreadsheets and workflows to be imported."""

from deploy.cli.lazy import LazyGroup

main = LazyGroup(
    name="tanfang",
    help="探访 Tanfang: run and look after the visit-and-care service.",
    table={
        "accounts": "services.identity.cli:group",
        "db": "deploy.cli.db:db",
        "demo": "deploy.cli.demo:demo",
        "reconcile": "deploy.cli.reconcile:reconcile",
    },
)
