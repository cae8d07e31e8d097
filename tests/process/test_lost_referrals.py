"""`tanfang reconcile` finds the work that nobody runs any more, and has it started where it stood."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from deploy.cli.restore import Lost, Means, restore
from shared.contracts.announcing import start_message
from shared.contracts.effects import Carried, RefusedEffect
from shared.contracts.names import aftermath_id, referral_id
from shared.contracts.outbox import Verb
from shared.contracts.referral import StartReferral
from shared.domain.kinds import ClockRule
from shared.domain.referral.state import ReferralState
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.process.aftermath import carry_out
from shared.process.effects import Part, acting, once
from shared.process.refusals import add_refusal
from shared.process.restoring import found_chases
from shared.process.writing import WORKER
from tests.builders import a_kind, a_referral, an_effect, working_hours
from tests.process.conftest import JUSTICE, OFFERED, PLACE, VILLAGE_AREA, Village, begun, opened

TAKEN = "UPDATE kit.outbox SET sent_at = :now, outcome = 'delivered' WHERE key = :key"
CYCLE = (
    "INSERT INTO process.visit_cycle (enrolment_id, elder_id, seq, task_at, is_closed, chase_referral_id,"
    " next_steps, jurisdiction_id, area_code) VALUES (:id, :id, 1, :now, false, :chase, '[]', :place, :area)"
)
Reconcile = Callable[..., Lost]


@pytest.fixture
def relay(settings: Settings) -> Iterator[Database]:
    """The outbox as its relay works with it."""
    with closing(Database(settings, Login.RELAY)) as database:
        yield database


@pytest.fixture
def reconcile(village: Village, book: PolicyBook, relay: Database) -> Reconcile:
    """Go through the place; everything but `gone` runs."""

    def go(*gone: UUID, effects: Iterable[str] = (), dry_run: bool = False, minute: int = 0) -> Lost:
        lost = {*(referral_id(each) for each in gone), *effects}
        means = Means(
            worker=village.database(Login.WORKER),
            relay=relay,
            book=book,
            runs=lambda workflow_id: workflow_id not in lost,
            now=OFFERED + timedelta(minutes=minute),
        )
        return next(each for each in restore(means, dry_run=dry_run) if each.jurisdiction_id == PLACE)

    return go


def starts(village: Village, state: ReferralState) -> list[object]:
    """The states with which it has been told to start."""
    sent = village.sent(referral_id(state.referral_id))
    return [row.payload["state"]["seq"] for row in sent if row.verb == Verb.START]


def test_what_is_gone_is_started_where_it_stood_and_what_runs_is_left(
    village: Village, reconcile: Reconcile, modification: ReferralState
) -> None:
    assert reconcile().gone == ()

    lost = reconcile(modification.referral_id)

    assert (lost.gone, lost.failures) == ((modification.referral_id,), ())
    assert starts(village, modification) == [modification.seq]


def test_a_dry_run_tells_the_same_and_starts_nothing(
    village: Village, book: PolicyBook, reconcile: Reconcile
) -> None:
    worker = village.database(Login.WORKER)
    state = begun(worker, book, opened(worker, book, kind="drill", offered_at=OFFERED))

    assert reconcile(state.referral_id, dry_run=True).gone == (state.referral_id,)
    assert starts(village, state) == []


def test_a_second_disaster_in_the_same_hour_is_repaired_as_well(
    village: Village, book: PolicyBook, reconcile: Reconcile
) -> None:
    """Work that has done nothing since stands at the same number: its start is not the one of before."""
    worker = village.database(Login.WORKER)
    state = begun(worker, book, opened(worker, book, kind="drill", offered_at=OFFERED))
    for minute in (0, 1):
        reconcile(state.referral_id, minute=minute)

    assert starts(village, state) == [state.seq, state.seq]


def test_what_temporal_took_and_lost_before_it_began_is_sent_again(
    village: Village, book: PolicyBook, reconcile: Reconcile, relay: Database
) -> None:
    """Nothing shows it: no unit has seen it, and whoever offered it believes that it lies in an inbox."""
    start = opened(village.database(Login.WORKER), book, kind="drill", offered_at=OFFERED)
    village.announce(start_message(start))
    key = referral_id(start.state.referral_id)
    village_takes(relay, key)

    assert reconcile().never_begun == ()
    assert reconcile(start.state.referral_id, dry_run=True).never_begun == (key,)
    assert unsent(relay, key) == 0
    assert reconcile(start.state.referral_id).never_begun == (key,)
    assert unsent(relay, key) == 1


def test_what_follows_from_an_end_is_asked_for_again_unless_it_was_done_or_refused(
    village: Village, book: PolicyBook, reconcile: Reconcile, relay: Database
) -> None:
    """办结之后: the register had not answered yet, or the second person's part was still to come."""
    worker = village.database(Login.WORKER)
    lost, done, refused, half = (an_effect(jurisdiction_id=PLACE, at=OFFERED) for _ in range(4))
    half = replace(half, confirmed_by=uuid4())
    village.announce(*(carry_out(each) for each in (lost, done, refused, half)))
    keys = {each.effect_id: aftermath_id(each.effect_id) for each in (lost, done, refused, half)}
    for key in keys.values():
        village_takes(relay, key)
    for each in (done, half):
        with village.database(Login.CARE_REGISTER).begin(
            acting(each, each.account_id, book), OFFERED
        ) as work:
            assert once(each, Part.STATED, work, lambda: Carried.DONE) is Carried.DONE
    with worker.begin(WORKER, OFFERED) as work:
        add_refusal(work.session, RefusedEffect(asked=refused, reason="has_left", refused_at=OFFERED), book)

    assert reconcile().effects == ()
    again = {keys[each.effect_id] for each in (lost, half)}
    assert set(reconcile(effects=keys.values()).effects) == again
    assert {key for key in keys.values() if unsent(relay, key)} == again


def village_takes(relay: Database, key: str) -> None:
    with relay.begin(WORKER, OFFERED) as work:
        work.session.execute(text(TAKEN), {"key": key, "now": OFFERED})


def unsent(relay: Database, key: str) -> int:
    with relay.begin(WORKER, OFFERED) as work:
        asked = text("SELECT count(*) FROM kit.outbox WHERE key = :key AND sent_at IS NULL")
        return int(work.session.execute(asked, {"key": key}).scalar_one())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": "wished_away"}, "wished_away"),
        ({"complete": ClockRule(limit=working_hours(1))}, "its clock accept has other reminders or rungs"),
    ],
)
def test_what_cannot_be_started_is_named_with_the_reason(
    village: Village, book: PolicyBook, reconcile: Reconcile, changes: dict[str, object], why: str
) -> None:
    """Of a plan that knows such work no more, or whose ladder was rewritten without a word on record."""
    kind = a_kind(**changes)
    state = a_referral(offered_at=OFFERED, kind=kind, jurisdiction_id=PLACE, area_code=VILLAGE_AREA)
    start = StartReferral(state=replace(state, unit_id=JUSTICE))
    lost = reconcile(begun(village.database(Login.WORKER), book, start).referral_id)

    assert lost.gone == ()
    (failure,) = lost.failures
    assert str(state.referral_id) in failure
    assert why in failure
    assert starts(village, state) == []


def test_the_chase_that_a_lost_cycle_had_open_is_found_for_the_next_one(
    village: Village, book: PolicyBook, elder: UUID
) -> None:
    """Another open one of theirs has been told of its end: the message waits for its process."""
    worker = village.database(Login.WORKER)
    chase, ending = (
        begun(worker, book, opened(worker, book, kind="chase", offered_at=OFFERED, elder=elder))
        for _ in range(2)
    )
    village.run(
        Login.WORKER,
        CYCLE,
        id=elder,
        chase=chase.referral_id,
        now=OFFERED,
        place=PLACE,
        area=VILLAGE_AREA,
    )
    with worker.begin(WORKER, OFFERED) as work:
        found = found_chases(work.session, [elder, uuid4()])

    assert [(each.referral_id, each.opened_at) for each in found.values()] == [(chase.referral_id, OFFERED)]
    assert list(found) == [elder]
    assert ending.referral_id not in {each.referral_id for each in found.values()}
