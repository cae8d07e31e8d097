"""The demonstration's elders: enrolled six weeks ago, and what happened since, by the real handlers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from deploy.cli.demo.files import DemoPlace, elder_id, enrolment_id, staff
from deploy.cli.demo.people import installer
from deploy.cli.demo.stories import PastState, PastTry, Story, enrolled_at, story_of
from services.care_register.codes import EnrolmentStatus, SaidBy, Sex
from services.care_register.handlers.classifying import DecideClassification, confirm_if_waiting
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.people import Person
from services.care_register.handlers.states import (
    DecideState,
    EndState,
    ReportState,
    decide_state,
    end_state,
    report_state,
)
from services.care_register.repository.classes import classes_of
from services.care_register.repository.elders import Tag
from services.visits.codes import AssignmentKind, EntryConsent
from services.visits.handlers.assigning import assign
from services.visits.handlers.commands import Assign, RecordContact
from services.visits.handlers.desk import Desk as VisitsDesk
from services.visits.handlers.importing import PastContact, import_past_contacts
from shared.contracts.access import Principal
from shared.domain.calendars import WorkCalendar
from shared.domain.codes import Ability, Circumstance, Health, Mobility, VisitMode
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.id_numbers import read_id_number
from shared.domain.periods import local_day
from shared.persistence.engine import Database
from shared.policies.model import Policy

WRITTEN_DOWN_AFTER = timedelta(minutes=20)
"""How long after a visit it was put on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """What loading a place works with; `now` is the instant that all stories end at."""

    place: DemoPlace
    policy: Policy
    register: Database
    visits: Database
    register_desk: RegisterDesk
    visits_desk: VisitsDesk
    now: datetime

    @property
    def zone(self) -> str:
        """The zone of the place."""
        return self.policy.jurisdiction.zone

    @property
    def calendar(self) -> WorkCalendar:
        """The office hours in which ladders climb."""
        place = self.policy.jurisdiction
        return self.policy.work_days.calendar(place.zone, place.hours, local_day(self.now, place.zone))


def put_elder(elder: dict[str, Any], loading: Loading) -> None:
    """Enrol one elder six weeks ago and put on record what happened since; processes start afterwards."""
    by = installer(loading.policy)
    since = enrolled_at(loading.now, loading.zone)
    story = story_of(elder["story"], loading.now, loading.calendar)
    with loading.register.begin(by, since) as work:
        enrol(_enrol(elder, since), work, loading.register_desk)
    _confirm_class(elder, loading, since)
    _assign(elder, loading, by, since)
    _put_tries(elder, loading, story)
    if story.state:
        _put_state(elder, loading, story.state)


def _enrol(elder: dict[str, Any], since: datetime) -> Enrol:
    born = read_id_number(elder["id_number"], since.date()).birth_on
    return Enrol(
        person=Person(
            name=elder["name"],
            id_number=elder["id_number"],
            birth_on=born,
            sex=Sex(elder["sex"]),
            phones=tuple(filter(None, [elder["phone"]])),
            address=elder["address"],
        ),
        facts=ElderFacts(
            birth_on=born,
            disability_level=elder.get("disability_level"),
            has_disability_card="disability_level" in elder,
            ability=AssessedAbility(level=Ability(elder["ability"])) if "ability" in elder else None,
            care_level=elder.get("care_level"),
            mobility=Mobility(elder["mobility"]) if "mobility" in elder else None,
            health=Health(elder["health"]) if "health" in elder else None,
            area_code=elder["area"],
        ),
        tags=tuple(
            Tag(circumstance=Circumstance(code), source="roster", dated_on=since.date())
            for code in elder["circumstances"]
        ),
        area_code=elder["area"],
        enrolled_at=since,
        status=EnrolmentStatus.ACTIVE,
        agreed_weekdays=tuple(elder.get("agreed_weekdays", ())),
        starts_process=False,
        elder_id=elder_id(elder["id_number"]),
        enrolment_id=enrolment_id(elder["id_number"]),
    )


def _confirm_class(elder: dict[str, Any], loading: Loading, since: datetime) -> None:
    """A coordinator confirms the proposed class, as the register asks."""
    with loading.register.begin(_second_person(loading), since + timedelta(minutes=5)) as work:
        for proposed in classes_of(work.session, enrolment_id(elder["id_number"])):
            decided = DecideClassification(classification_id=proposed.classification_id, is_confirmed=True)
            confirm_if_waiting(decided, work, loading.register_desk)


def _assign(elder: dict[str, Any], loading: Loading, by: Principal, since: datetime) -> None:
    if not elder["visitor"]:
        return
    visitor = staff(loading.place)[elder["visitor"]]
    with loading.visits.begin(by, since) as work:
        assign(
            Assign(
                enrolment_ids=(enrolment_id(elder["id_number"]),),
                account_id=visitor.account_id,
                kind=AssignmentKind.REGULAR,
                from_on=local_day(since, loading.zone),
            ),
            work,
            loading.visits_desk,
        )


def _put_tries(elder: dict[str, Any], loading: Loading, story: Story) -> None:
    visitor = staff(loading.place).get(elder["visitor"]) or _second_person(loading)
    past = [
        PastContact(command=_contact(elder, tried, loading.policy), recorded_at=tried.at + WRITTEN_DOWN_AFTER)
        for tried in story.tries
    ]
    with loading.visits.begin(visitor, loading.now) as work:
        import_past_contacts(past, work, loading.visits_desk)


def _contact(elder: dict[str, Any], tried: PastTry, policy: Policy) -> RecordContact:
    enrolment = enrolment_id(elder["id_number"])
    at_home = tried.mode is VisitMode.AT_HOME
    return RecordContact(
        contact_id=uuid5(enrolment, f"contact/{tried.at.isoformat()}/{tried.force}"),
        enrolment_id=enrolment,
        mode=tried.mode,
        reach=tried.reach,
        occurred_at=tried.at,
        force=tried.force,
        entry_consent=EntryConsent.ORAL if at_home and tried.reach.is_reached else None,
        findings={asked.code: asked.options[0] for asked in policy.recording.findings},
    )


def _put_state(elder: dict[str, Any], loading: Loading, state: PastState) -> None:
    by, second = installer(loading.policy), _second_person(loading)
    enrolment = enrolment_id(elder["id_number"])
    state_id = uuid5(enrolment, f"state/{state.kind}")
    reported = ReportState(
        enrolment_id=enrolment,
        kind=state.kind,
        said_by=SaidBy.FAMILY,
        starts_at=state.at,
        state_id=state_id,
    )
    with loading.register.begin(by, state.at) as work:
        report_state(reported, work, loading.register_desk)
    with loading.register.begin(second, state.at + timedelta(hours=2)) as work:
        decide_state(DecideState(state_id=state_id, is_confirmed=True), work)
    if state.ended_at:
        with loading.register.begin(by, state.ended_at) as work:
            end_state(EndState(state_id=state_id), work)


def _second_person(loading: Loading) -> Principal:
    """Somebody other than the installer who coordinates: whoever confirms is not who reported."""
    people = staff(loading.place).values()
    return next(person for person in people if "coordinator" in person.roles)
