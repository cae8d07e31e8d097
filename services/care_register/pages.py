"""The register's pages to read: the list, one entry, what waits for a second person."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from services.care_register.codes import ConsentItem, EnrolmentStatus, RemovalReason
from services.care_register.form_pages import EXPORTING, purposes
from services.care_register.handlers import entry as entries
from services.care_register.handlers import queue as queues
from services.care_register.handlers import reading
from services.care_register.handlers.entry import RevealIdNumber
from services.care_register.handlers.exporting import SUMMARY, SURVEY
from services.care_register.messages import FIELD_LABELS, NOTICES
from services.care_register.office import desk, policy
from services.care_register.schemas.reading import EntryQuerySchema, RevealFormSchema, entry_filter
from shared.contracts.access import Role
from shared.domain.codes import StateKind
from shared.policies.directory import TOWN_DIGITS, area_prefix
from shared.policies.resolve import groups_of, tiers_of
from shared.web import current
from shared.web.access import allow
from shared.web.forms import Form, read_form
from shared.web.paging import decode_cursor, page_of

READERS = (Role.CLERK, Role.COORDINATOR, Role.CADRE, Role.UNIT_LEAD)
"""Who works with the register; row policies keep each of them in the own territory."""

blueprint = Blueprint("register", __name__)


@blueprint.get("/")
@allow(*READERS)
def overview() -> str:
    """The list of who is enrolled, masked, in the reader's territory."""
    query = EntryQuerySchema().load({key: value for key, value in request.args.items() if value})
    with current.begin() as work:
        wanted = entry_filter(query)
        if query["q"]:
            wanted = reading.found(query["q"], wanted, work, desk())
        rows = reading.list_entries(
            wanted, work, desk(), after=after_of(query["after"]), limit=query["limit"]
        )
        areas = reading.areas(work)
    return render_template(
        "list.html",
        page=page_of(rows, limit=query["limit"], keys=keys_of),
        query=query,
        areas={area.area_code: area.name for area in areas},
        prefixes={area.area_code: area_prefix(area.area_code) for area in areas},
        plan=policy(),
        statuses=EnrolmentStatus,
        state_kinds=StateKind,
        summary=policy().forms.sheet(SUMMARY) if _exports() else None,
        towns=[(area.area_code[:TOWN_DIGITS], area.name) for area in areas if _is_town(area.area_code)],
        purposes=purposes(),
    )


@blueprint.get("/entries/<uuid:enrolment_id>")
@allow(*READERS)
def entry(enrolment_id: UUID) -> str:
    """One entry, whole."""
    return entry_page(enrolment_id)


@blueprint.post("/entries/<uuid:enrolment_id>/id-number")
@allow(Role.CLERK, Role.COORDINATOR)
def reveal(enrolment_id: UUID) -> ResponseReturnValue:
    """Show the whole ID number once; who, when and why is recorded."""
    form = read_form(RevealFormSchema())
    if not form.ok:
        return entry_page(enrolment_id, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.begin() as work:
        command = RevealIdNumber(enrolment_id=enrolment_id, reason=form.loaded["why"])
        number = entries.reveal_id_number(command, work, desk())
    return entry_page(enrolment_id, revealed=number)


@blueprint.get("/confirm")
@allow(*READERS)
def waiting() -> str:
    """What waits for a second person."""
    with current.begin() as work:
        queue = queues.queue(work, desk())
        areas = reading.areas(work)
    return render_template(
        "confirm.html",
        queue=queue,
        most=queues.MOST_SHOWN,
        areas={area.area_code: area.name for area in areas},
        notice=NOTICES.get(request.args.get("done", "")),
    )


def entry_page(enrolment_id: UUID, *, form: Form | None = None, revealed: str = "") -> str:
    """The page of one entry, perhaps with a form that was refused."""
    with current.begin() as work:
        shown = entries.entry(enrolment_id, work, desk())
        areas = reading.areas(work)
    plan = policy()
    return render_template(
        "entry.html",
        entry=shown,
        form=form,
        revealed=revealed,
        notice=NOTICES.get(request.args.get("done", "")),
        labels=FIELD_LABELS,
        areas=[(area.area_code, area.name) for area in areas],
        tiers=[(tier.value, plan.label("tiers", tier)) for tier in tiers_of(plan)],
        groups=[(group, plan.label("groups", group)) for group in groups_of(plan)],
        override_days=plan.override.valid_days,
        excepted=[(rule.code, plan.label("obligations", rule.code)) for rule in _in_principle()],
        consent_items=ConsentItem,
        removal_reasons=[(each.value, plan.label("removal_reasons", each)) for each in RemovalReason],
        keeps=current.principal().plays(Role.CLERK, Role.COORDINATOR),
        survey=plan.forms.sheet(SURVEY) if _exports() else None,
        purposes=purposes(),
        approves=current.principal().plays(Role.COORDINATOR, Role.UNIT_LEAD),
    )


def _exports() -> bool:
    return current.principal().plays(*EXPORTING)


def _is_town(area_code: str) -> bool:
    return len(area_prefix(area_code)) == TOWN_DIGITS


def _in_principle() -> list[Any]:
    return [rule for rule in policy().obligations if rule.in_principle]


def after_of(cursor: str | None) -> tuple[str, UUID] | None:
    """Where the page before ended."""
    if cursor is None:
        return None
    area_code, enrolment_id = decode_cursor(cursor, size=2)
    return area_code, UUID(enrolment_id)


def keys_of(line: reading.EntryLine) -> tuple[str, str]:
    """What the list is ordered by."""
    return line.entry.area_code, str(line.entry.enrolment_id)
