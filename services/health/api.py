"""The centre's records for programs: the work of the day, contracts, follow-ups, home beds, families."""

from http import HTTPStatus

from flask import Response

from services.health.commands import (
    ApplyForBed,
    BedMoved,
    FollowedUp,
    MoveBed,
    NameContact,
    RecordFollowUp,
    ReferSigns,
    SignContract,
    Signed,
    VoidRecord,
)
from services.health.handlers import families, following_up, home_beds, referring, signing, voiding
from services.health.handlers.centre import own_centre
from services.health.handlers.working import Section, WorkList, work_list
from services.health.office import WORKING, in_words
from services.health.schemas import answered, asked
from shared.domain.errors import RuleBroken
from shared.inbox.mounted import desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current
from shared.web.access import allow
from shared.web.api import ApiBlueprint
from shared.web.errors import answer

blueprint = ApiBlueprint("health_records", __name__)


@blueprint.route("/work")
@allow(*WORKING)
@blueprint.arguments(asked.WorkQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, answered.WorkListSchema)
def work(query: dict[str, Section | int | None]) -> WorkList:
    """What the centre has to do, one list at a time."""
    section, page = query["section"], query["page"]
    with current.begin() as unit_of_work:
        return work_list(
            own_centre(unit_of_work, desk()),
            section if isinstance(section, Section) else None,
            page=page if isinstance(page, int) else 1,
        )


@blueprint.route("/contracts", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.SignContractBody)
@blueprint.once(answered.SignedSchema, status=HTTPStatus.CREATED)
def sign(unit_of_work: UnitOfWork, command: SignContract) -> Signed:
    """Put a contract or its renewal on record."""
    return signing.sign(command, own_centre(unit_of_work, desk()))


@blueprint.route("/follow-ups", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.FollowUpBody)
@blueprint.once(answered.FollowedUpSchema, status=HTTPStatus.CREATED)
def follow_up(unit_of_work: UnitOfWork, command: RecordFollowUp) -> FollowedUp:
    """Put a follow-up with its readings on record."""
    return following_up.record_follow_up(command, own_centre(unit_of_work, desk()))


@blueprint.route("/signs", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.ReferSignsBody)
@blueprint.once(answered.HandledSchema)
def refer(unit_of_work: UnitOfWork, command: ReferSigns) -> dict[str, object]:
    """Say what the elder wants done about the abnormal readings that wait."""
    return {"handling": referring.refer_signs(command, own_centre(unit_of_work, desk()))}


@blueprint.route("/home-beds", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.ApplyForBedBody)
@blueprint.once(answered.BedMovedSchema, status=HTTPStatus.CREATED)
def apply_for_bed(unit_of_work: UnitOfWork, command: ApplyForBed) -> BedMoved:
    """Ask for a home bed."""
    return home_beds.apply_for_bed(command, own_centre(unit_of_work, desk()))


@blueprint.route("/home-beds/steps", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.MoveBedBody)
@blueprint.once(answered.BedMovedSchema, status=HTTPStatus.CREATED)
def move_bed(unit_of_work: UnitOfWork, command: MoveBed) -> BedMoved:
    """Put the next step of a home bed on record."""
    return home_beds.move_bed(command, own_centre(unit_of_work, desk()))


@blueprint.route("/voided", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.VoidBody)
@blueprint.once(answered.AboutSchema)
def void(unit_of_work: UnitOfWork, command: VoidRecord) -> dict[str, object]:
    """Strike a contract, a follow-up or the last step of a home bed out."""
    return {"enrolment_id": voiding.void_record(command, own_centre(unit_of_work, desk()))}


@blueprint.route("/families")
@allow(*WORKING)
@blueprint.response(HTTPStatus.OK, answered.FamiliesSchema)
def list_families() -> dict[str, object]:
    """The families with two contacts, those that lack one first; for the units that look after them."""
    with current.begin() as unit_of_work:
        return {"families": families.families(own_centre(unit_of_work, desk()))}


@blueprint.route("/families/contacts", methods=["POST"])
@allow(*WORKING)
@blueprint.arguments(asked.NameContactSchema)
@blueprint.once(answered.AboutSchema)
def name_contact(unit_of_work: UnitOfWork, command: NameContact) -> dict[str, object]:
    """Name who looks after a family in one post, in the place of whoever did before."""
    families.name_contact(command, own_centre(unit_of_work, desk()))
    return {"enrolment_id": command.enrolment_id}


def _refused(error: RuleBroken) -> Response:
    """A refusal says who was first, and what is possible now, to programs as to people."""
    return answer(in_words(error))


blueprint.register_error_handler(RuleBroken, _refused)
