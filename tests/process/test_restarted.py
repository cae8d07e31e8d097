"""From the rows of a referral to the start of a process that decides as the lost one would have."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from shared.contracts.referral import ReferralProjection
from shared.domain.calendars import Limit, LimitUnit
from shared.domain.kinds import Join
from shared.domain.referral import handing, pausing, referral
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.restoring import NotRestorableError
from shared.domain.referral.state import ReferralState
from shared.platform.logins import Login
from shared.policies.book import PolicyBook
from shared.policies.resolve import idle_after
from shared.process.followers import support_messages
from shared.process.restoring import Sources, restarted
from shared.process.writing import WORKER, ProcessRows
from tests.builders import a_followed_fact, a_move, an_officer, an_outcome, later
from tests.handling import MORE_TIME, a_delegation, a_pause, a_wish_for_time
from tests.process.conftest import BUREAU, JUSTICE, OFFERED, PLACE, VILLAGE, Village, begun, opened, projected

CONSULTATION = "legal_consultation"
OFFICER = an_officer(JUSTICE)
NEXT_DAY = date(2026, 11, 21)
FIVE_DAYS = replace(MORE_TIME, by=Limit(amount=5, unit=LimitUnit.WORKING_DAYS), grantor_unit_id=BUREAU)
"""What this plan grants for such work."""


class Work:
    """A referral whose decisions are made and written one by one, as its process would; one an hour."""

    def __init__(self, state: ReferralState, writer: ProcessRows) -> None:
        self.state, self.now, self._writer = state, OFFERED, writer
        self.written: ReferralProjection | None = None

    def goes(self, decision: ReferralDecision) -> None:
        """One decision further."""
        self.written = projected(decision, task_at=self.now)
        self._writer.write_referral(self.written)
        self.state, self.now = decision.state, later(self.now, hours=1)

    def makes(self, move: Move, **changes: object) -> None:
        """One simple move of its officer."""
        self.goes(referral.make(self.state, a_move(move, OFFICER, self.now, **changes), self.now))


@pytest.fixture
def consultation(village: Village, book: PolicyBook, elder: UUID, writer: ProcessRows) -> Work:
    """Legal advice asked of the judicial office for the elder, and claimed."""
    worker = village.database(Login.WORKER)
    asked = {"kind": CONSULTATION, "requesting_unit_id": VILLAGE, "unit_id": JUSTICE}
    work = Work(begun(worker, book, opened(worker, book, offered_at=OFFERED, elder=elder, **asked)), writer)
    work.makes(Move.ACCEPT, idle_after=idle_after(book.in_force(PLACE, NEXT_DAY), CONSULTATION))
    return work


def again(village: Village, book: PolicyBook, referral_id: UUID) -> ReferralState:
    with village.database(Login.WORKER).begin(WORKER, OFFERED) as work:
        start = restarted(referral_id, Sources.of(work.session, book, PLACE))
    assert (start.is_begun, start.ring, start.pending) == (True, (), ())
    return start.state


def agree(one: ReferralState, other: ReferralState) -> bool:
    """In everything but the number of turns, which only tells one from another."""
    return replace(one, turns=0) == replace(other, turns=0)


@pytest.mark.parametrize("kind", ["chase", "not_seen", "not_seen_red_flag", "aging_modification", "drill"])
def test_work_that_was_just_offered_comes_back_as_it_is(
    village: Village, book: PolicyBook, elder: UUID, kind: str
) -> None:
    """The kind, its limits, its ladder and whom that tells are read from the policy again; drills too."""
    worker = village.database(Login.WORKER)
    state = begun(worker, book, opened(worker, book, kind=kind, offered_at=OFFERED, elder=elder))
    restored = again(village, book, state.referral_id)

    unclaimed = replace(restored, idle_after=None, join=Join.ALL)
    assert agree(unclaimed, state)
    assert restored.idle_after == idle_after(book.in_force(PLACE, NEXT_DAY), kind)


def test_who_has_it_and_what_was_granted_comes_back(
    village: Village, book: PolicyBook, consultation: Work
) -> None:
    """Claimed, more time asked for, stood in for, told of a stay in hospital, and paused."""
    work, to_id = consultation, uuid4()
    wish = a_wish_for_time(OFFICER, work.now, FIVE_DAYS)
    work.goes(pausing.ask_time(work.state, wish, work.now))
    stand_in = a_delegation(OFFICER, work.now, to_id=to_id, from_on=NEXT_DAY, to_on=NEXT_DAY)
    work.goes(handing.delegate(work.state, stand_in, work.now))
    work.goes(referral.follow(work.state, a_followed_fact(Move.SUSPEND, work.now), work.now))
    work.goes(pausing.pause(work.state, a_pause(OFFICER, work.now, date(2026, 11, 25)), work.now))
    restored = again(village, book, work.state.referral_id)

    assert agree(restored, work.state)
    assert (restored.holder_id, restored.is_quiet) == (OFFICER.account_id, True)
    assert (restored.paused, restored.asked_time, restored.delegation) == (
        work.state.paused,
        work.state.asked_time,
        work.state.delegation,
    )
    assert None not in (restored.paused, restored.asked_time, restored.delegation)


def test_what_was_late_stays_late_with_its_cause(
    village: Village, book: PolicyBook, consultation: Work
) -> None:
    work = consultation
    work.now = later(OFFERED, days=10)
    work.goes(referral.tick(work.state, work.now))
    work.makes(Move.ACCEPT, idle_after=idle_after(book.in_force(PLACE, NEXT_DAY), CONSULTATION))
    work.makes(Move.NAME_CAUSE, reason="short_of_staff")
    restored = again(village, book, work.state.referral_id)

    assert agree(restored, work.state)
    assert [breach.cause for breach in restored.breaches][:1] == ["short_of_staff"]


def test_a_supporter_and_its_lead_still_know_of_each_other(
    village: Village, book: PolicyBook, consultation: Work
) -> None:
    """主办、协办: the lead waits for the same referral, and the share needs nobody's confirmation."""
    work = consultation
    terms = SupportTerms(referral_id=uuid4(), unit_id=BUREAU, join=Join.ALL)
    work.makes(Move.ASK_SUPPORT, support=terms)
    with pytest.raises(NotRestorableError, match="support_not_begun"):
        again(village, book, work.state.referral_id)

    share = begun_support(village, book, work)
    lead, restored = again(village, book, work.state.referral_id), again(village, book, terms.referral_id)

    assert agree(lead, work.state)
    assert [each.referral_id for each in lead.supporters] == [terms.referral_id]
    assert agree(replace(restored, idle_after=None), share)
    assert (restored.lead_id, restored.kind.needs_confirmation) == (work.state.referral_id, False)

    joined = replace(a_followed_fact(Move.JOIN, work.now), fact_id=terms.referral_id)
    work.goes(referral.follow(work.state, joined, work.now))
    assert [each.is_open for each in again(village, book, work.state.referral_id).supporters] == [False]


def begun_support(village: Village, book: PolicyBook, work: Work) -> ReferralState:
    """The supporter's referral, opened by the rows of the lead's decision."""
    assert work.written is not None
    with village.database(Login.WORKER).begin(WORKER, OFFERED) as reading:
        [message] = support_messages(reading.session, work.written, book)
    return begun(village.database(Login.WORKER), book, message.payload)  # type: ignore[arg-type]


def test_of_what_is_done_the_outcome_waits_to_be_confirmed(
    village: Village, book: PolicyBook, elder: UUID, writer: ProcessRows
) -> None:
    """What an assessment found goes to the register when it is confirmed, and not before."""
    worker = village.database(Login.WORKER)
    asked = {"kind": "ability_assessment", "requesting_unit_id": VILLAGE, "unit_id": JUSTICE}
    work = Work(begun(worker, book, opened(worker, book, offered_at=OFFERED, elder=elder, **asked)), writer)
    work.makes(Move.ACCEPT)
    found = replace(an_outcome(OFFICER, work.now, "assessed"), level="severe")
    work.goes(referral.complete(work.state, found, work.now))
    restored = again(village, book, work.state.referral_id)

    assert (restored.status, restored.outcome, restored.level) == (Status.COMPLETED, "assessed", "severe")
