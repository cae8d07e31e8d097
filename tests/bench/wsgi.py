"""What gunicorn serves while the bench runs: everything, and the plain route inside the visits service."""

from deploy.local.wsgi import application
from services.visits.wsgi import app
from tests.bench.plain import blueprint

__all__ = ["application"]

app.register_blueprint(blueprint)
