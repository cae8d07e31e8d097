"""What gunicorn serves while the bench runs: everything, with the plain route and the bare page."""

from deploy.local.wsgi import application
from services.justice.wsgi import app as justice
from services.visits.wsgi import app as visits
from tests.bench import bare_page, plain

__all__ = ["application"]

visits.register_blueprint(plain.blueprint)
justice.register_blueprint(bare_page.blueprint)
