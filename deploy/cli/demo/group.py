"""`tanfang demo`: invented people and six weeks of their lives, through the services' own handlers."""

from deploy.cli.lazy import LazyGroup

demo = LazyGroup(
    name="demo",
    help="Invented people to look around with; production refuses them.",
    table={"accounts": "deploy.cli.demo.accounts:accounts", "load": "deploy.cli.demo.loading:load"},
)
