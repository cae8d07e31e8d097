"""Pages for the two contacts of each 计划生育特殊家庭 (双岗联系人), for the units that look after them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from services.health import messages
from services.health.handlers import families
from services.health.handlers.centre import own_centre
from services.health.office import WORKING, policy, submitted
from services.health.schemas.asked import NameContactSchema
from shared.domain.health.codes import ContactPost
from shared.inbox.mounted import desk
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form

blueprint = Blueprint("health_families", __name__, url_prefix="/families")


@blueprint.get("")
@allow(*WORKING)
def listing() -> str:
    """The families, those without a contact first."""
    return _page()


@blueprint.post("")
@allow(*WORKING)
def name() -> ResponseReturnValue:
    """Name a contact."""
    form = submitted(NameContactSchema(), families.name_contact)
    if form.ok:
        return redirect(url_for("health_families.listing", done="named"), HTTPStatus.SEE_OTHER)
    return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(form: Form | None = None) -> str:
    with current.begin() as work:
        found = families.families(own_centre(work, desk()))
    label = policy().label
    return render_template(
        "families.html",
        families=found,
        form=form,
        label=label,
        labels=messages.FIELD_LABELS,
        posts=[(post.value, label("contact_posts", post)) for post in ContactPost],
        done=messages.DONE.get(request.args.get("done", ""), ""),
    )
