"""What crosses a process boundary comes back as it was, small, and legible to nobody without the key."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from temporalio.api.common.v1 import Payload

from shared.contracts.failures import FailureType, Refusal
from shared.contracts.referral import (
    PendingReferralRows,
    Projected,
    ReferralProjection,
    RememberedAnswer,
    StartReferral,
    VacantRung,
)
from shared.contracts.review import ReviewAsOf, Reviewed, SealAsOf
from shared.contracts.visit_cycle import (
    ChangePlan,
    CloseCycle,
    CycleAnswer,
    CycleExplanation,
    CycleProjection,
    PendingCycleRows,
    Remembered,
    StartVisitCycle,
    TakeIn,
)
from shared.contracts.wire import encode, read_parsed
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.domain.referral import referral
from shared.domain.referral.moves import Move
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import ClockName
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.facts import ExtraVisit, Facts
from shared.domain.visit_cycle.steps import next_steps
from shared.platform.privacy import UnreadableError, Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.policies.directory import directory_of
from shared.policies.resolve import Setting, kind_spec, plan_for
from shared.temporal.codec import EncryptedPayloads
from shared.temporal.converter import data_converter
from tests.builders import (
    a_chase,
    a_contact,
    a_cycle,
    a_followed_fact,
    a_move,
    a_plan,
    a_referral,
    a_refusal,
    a_ruling,
    a_state,
    an_exception,
    an_officer,
    an_outcome,
    at,
)
from tests.temporal.reading_at_once import READERS

NOW = at("2026-11-18 10:00")
LARGEST_PLAN = 4096
LARGEST_KIND = 2048

CALENDAR = a_plan().calendar
EVERY_FACT = Facts(
    contacts=(a_contact(NOW),),
    states=(a_state(NOW, ends_at=NOW),),
    exceptions=(an_exception(NOW, NOW, known_at=NOW),),
    extras=(ExtraVisit(extra_id=uuid4(), due_by=NOW, known_at=NOW),),
)


def a_lived_cycle() -> StartVisitCycle:
    """A cycle with a chase, carried on by continue-as-new."""
    plan = a_plan(calendar=replace(CALENDAR, holidays=(date(2026, 10, 1),), half_days=(date(2026, 12, 31),)))
    decided = cycle.begin(a_cycle(enrolled_at=NOW - timedelta(weeks=2), plan=plan), NOW)
    later = cycle.take_in(decided.state, EVERY_FACT, NOW)
    batch = PendingCycleRows(seq=2, task_at=NOW, row=later.row, rows=decided.rows, due=later.due)
    ring = (Remembered(request_id="1", seq=1),)
    return StartVisitCycle(state=later.state, is_begun=True, ring=ring, pending=(batch,))


def a_lived_referral() -> StartReferral:
    """A referral that has climbed, carried on by continue-as-new."""
    begun = referral.begin(a_referral(offered_at=NOW - timedelta(days=3), kind=a_chase()), NOW)
    taken = referral.make(begun.state, a_move(Move.ACCEPT, an_officer(begun.state.unit_id), NOW), NOW)
    batch = PendingReferralRows(seq=1, task_at=NOW, rows=begun.rows + taken.rows, due=begun.due)
    ring = (RememberedAnswer(request_id="1", answer=taken.answer),)
    return StartReferral(state=taken.state, is_begun=True, ring=ring, pending=(batch,))


CYCLE, REFERRAL = a_lived_cycle(), a_lived_referral()

CROSSING = (
    CYCLE,
    REFERRAL,
    TakeIn(request_id="1", facts=EVERY_FACT),
    ChangePlan(request_id="1", plan=a_plan()),
    CloseCycle(request_id="1", reason="moved_out"),
    CycleAnswer(seq=3),
    CycleExplanation(seq=1, is_closed=False, next_wake_at=NOW, next_steps=next_steps(CYCLE.state)),
    CycleProjection(
        workflow_id="visit-cycle/1",
        enrolment_id=uuid4(),
        elder_id=uuid4(),
        jurisdiction_id="test_place",
        area_code="370302115201",
        batches=CYCLE.pending,
    ),
    a_move(Move.ACCEPT, an_officer(), NOW, note_id=uuid4()),
    a_refusal(an_officer(), NOW),
    an_outcome(an_officer(), NOW),
    a_ruling(NOW),
    a_followed_fact(Move.CONCLUDE, NOW),
    ReferralProjection(standing=standing_of(REFERRAL.state), batches=REFERRAL.pending),
    Projected(vacant=(VacantRung(clock=ClockName.ACCEPT, number=2),)),
    ReviewAsOf(as_of=NOW),
    SealAsOf(as_of=NOW),
    Reviewed(states_ended=1),
    Refusal(code="taken_already", params={"holder_id": str(uuid4())}),
)


@pytest.mark.parametrize("payload", CROSSING, ids=lambda payload: type(payload).__name__)
async def test_a_payload_comes_back_as_it_was(payload: object) -> None:
    converter = data_converter(EncryptedPayloads(Vault.from_settings(Settings())))

    sealed = await converter.encode([payload])

    assert await converter.decode(sealed, [type(payload)]) == [payload]


async def test_histories_are_encrypted_and_name_their_key() -> None:
    vault = Vault.from_settings(Settings())
    converter = data_converter(EncryptedPayloads(vault))

    [sealed] = await converter.encode([CloseCycle(request_id="a-request", reason="moved_out")])

    assert b"moved_out" not in sealed.data
    assert sealed.metadata["key-id"].decode() == vault.current_key_id


async def test_what_nobody_sealed_is_not_read() -> None:
    """Plain text among encrypted payloads would be somebody else's."""
    codec = EncryptedPayloads(Vault.from_settings(Settings()))

    with pytest.raises(UnreadableError):
        await codec.decode([Payload(metadata={"encoding": b"json/plain"}, data=b"{}")])


async def test_changed_bytes_are_not_read() -> None:
    codec = EncryptedPayloads(Vault.from_settings(Settings()))
    [sealed] = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b"{}")])
    sealed.data = sealed.data[:-1] + bytes([sealed.data[-1] ^ 1])

    with pytest.raises(UnreadableError):
        await codec.decode([sealed])


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """A dataclass of every plain kind."""

    number: int
    text: str
    flag: bool
    pair: tuple[str, str]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "1"},
        {"number": True},
        {"text": 1},
        {"flag": 0},
        {"pair": ["a"]},
        {"pair": "ab"},
    ],
)
def test_a_value_of_another_type_is_refused(wrong: dict[str, object]) -> None:
    """A poisoned message must fail where it is read, not deep inside a process."""
    right: dict[str, object] = {"number": 1, "text": "a", "flag": True, "pair": ["a", "b"]}

    assert read_parsed(Strict, right).number == 1
    with pytest.raises(ValueError, match=rf"\$\.{next(iter(wrong))}"):
        read_parsed(Strict, {**right, **wrong})


def test_a_field_of_a_newer_version_passes_and_a_missing_one_does_not() -> None:
    assert read_parsed(CycleAnswer, {"seq": 1, "new": 2}) == CycleAnswer(seq=1)
    with pytest.raises(ValueError, match="seq"):
        read_parsed(CycleAnswer, {})


def test_threads_that_read_their_first_payload_at_once_all_read_it() -> None:
    """A worker begins with many: what it reads with must be learned whole before another thread uses it."""
    read_at_once = [sys.executable, "-m", "tests.temporal.reading_at_once"]

    done = subprocess.run(read_at_once, input=encode(REFERRAL), text=True, capture_output=True, check=False)

    assert (done.returncode, done.stdout.split()) == (0, ["StartReferral"] * READERS)


def test_failure_types_are_the_wire_values_of_their_names() -> None:
    assert {kind.value for kind in FailureType} == {kind.name.lower() for kind in FailureType}


@pytest.mark.parametrize("place", own_book().jurisdictions())
def test_a_plan_and_every_kind_of_both_places_are_small(place: str) -> None:
    """Architecture §4: a plan <= 4 kB, a kind <= 2 kB; they are carried by every process for years."""
    on = datetime(2026, 11, 18, tzinfo=UTC).date()
    policy = own_book().in_force(place, on)
    directory = directory_of(policy)
    subject = Subject(facts=ElderFacts(area_code=f"{policy.jurisdiction.area_code:0<9}201"), on=on)
    setting = Setting(policy=policy, subject=subject, directory=directory)

    assert len(encode(plan_for(policy, subject, directory)).encode()) <= LARGEST_PLAN
    sizes = {kind.code: len(encode(kind_spec(kind.code, setting)).encode()) for kind in policy.kinds}
    assert {code: size for code, size in sizes.items() if size > LARGEST_KIND} == {}
