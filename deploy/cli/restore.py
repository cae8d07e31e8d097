"""Referrals that are on record and that nobody runs: each goes on where it stood (`tanfang reconcile`).

A process writes what it decides before anybody is answered, so its rows tell its state
(`shared/domain/referral/restoring.py`). One that Temporal took and lost before it had written anything is in
the outbox still, and is sent again; so is what follows from an end (办结之后) and was not carried out yet.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from deploy.cli.projection import ENDED
from shared.contracts import names
from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.contracts.referral import StartReferral
from shared.domain.referral.restoring import NotRestorableError
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook, own_book
from shared.process.effects import undone
from shared.process.recorded_policies import RecordedPolicies
from shared.process.restoring import Sources, restart_message, restarted
from shared.process.tables import Referral
from shared.relay.never_begun import Taken, TakenEffect, read_effects, read_taken, start_again
from shared.temporal.gateway import Gateway

REPAIRER = UUID("9d9d4c1e-3c55-4d0e-8f0e-6b1f6f3f0a01")
"""The account under which repairs stand in the history."""

EVERYWHERE = Principal(account_id=REPAIRER, jurisdiction_id=EVERY_JURISDICTION, name="tanfang")

WHY = {
    "other_clocks": "its clock {clock} has other reminders or rungs than the policy gives it today;"
    " put the files of its day back, publish them (tanfang policy publish) and run this again",
    "support_not_begun": "support that it has asked of {units} has not begun; run this again in a minute",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What nobody runs in one place: referrals never begun, or begun and gone, and effects not carried out.

    `failures` says in words which referrals cannot be started.
    """

    jurisdiction_id: str
    gone: tuple[UUID, ...] = ()
    never_begun: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What restoring works with; `runs` says whether a process of that id is there."""

    worker: Database
    relay: Database
    book: PolicyBook
    runs: Callable[[str], bool]
    now: datetime


def restore_all(settings: Settings, *, dry_run: bool = False) -> Iterator[Lost]:
    """Go through every place. Raises ProcessAway if Temporal cannot say what runs."""
    with (
        closing(Database(settings, Login.WORKER)) as worker,
        closing(Database(settings, Login.RELAY)) as relay,
        closing(Database(settings, Login.COORDINATION)) as coordination,
    ):
        now = clock_for(settings, worker).now()
        with coordination.begin(EVERYWHERE, now) as work:
            book = RecordedPolicies().added_to(own_book(), work.session)
        runs = Gateway.from_settings(settings, identity="reconcile").is_running
        yield from restore(Means(worker=worker, relay=relay, book=book, runs=runs, now=now), dry_run=dry_run)


def restore(means: Means, *, dry_run: bool) -> Iterator[Lost]:
    """What each place has lost; unless it is a dry run, brought back."""
    never_begun, effects = _never_begun(means), _not_carried_out(means)
    for place in means.book.jurisdictions():
        lost, starts = _gone(place, means)
        lost = replace(lost, never_begun=_keys(never_begun, place), effects=_keys(effects, place))
        if not dry_run:
            _bring_back((*lost.never_begun, *lost.effects), starts, means)
        yield lost


def _keys(taken: Iterable[Taken], place: str) -> tuple[str, ...]:
    return tuple(each.key for each in taken if each.jurisdiction_id == place)


def _never_begun(means: Means) -> list[Taken]:
    """Those that Temporal has taken and of which there is no row; one that runs is about to write it."""
    with means.relay.begin(EVERYWHERE, means.now) as work:
        taken = read_taken(work.session, names.REFERRAL)
    with means.worker.begin(EVERYWHERE, means.now) as work:
        begun = {names.referral_id(each) for each in work.session.scalars(select(Referral.referral_id))}
    return [each for each in taken if each.key not in begun and not means.runs(each.key)]


def _not_carried_out(means: Means) -> list[TakenEffect]:
    """Effects that Temporal has taken, that nobody has carried out or refused, and that nobody works at."""
    with means.relay.begin(EVERYWHERE, means.now) as work:
        effects = read_effects(work.session)
    with means.worker.begin(EVERYWHERE, means.now) as work:
        open_ones = set(undone(work.session, effects))
    return [each for each in effects if each.effect_id in open_ones and not means.runs(each.key)]


def _gone(place: str, means: Means) -> tuple[Lost, Sequence[StartReferral]]:
    with means.worker.begin(EVERYWHERE, means.now) as work:
        known = _open(work.session, place)
    gone = [each for each in known if not means.runs(names.referral_id(each))]
    starts, failures = [], []
    with means.worker.begin(EVERYWHERE, means.now) as work:
        sources = Sources.of(work.session, means.book, place)
        for referral_id in gone:
            try:
                starts.append(restarted(referral_id, sources))
            except (NotRestorableError, LookupError) as error:
                failures.append(f"{place}: referral {referral_id} cannot be started: {_why(error)}")
    restored = tuple(start.state.referral_id for start in starts)
    return Lost(jurisdiction_id=place, gone=restored, failures=tuple(failures)), starts


def _bring_back(taken: Sequence[str], starts: Sequence[StartReferral], means: Means) -> None:
    with means.worker.begin(EVERYWHERE, means.now) as work:
        for start in starts:
            work.announce(restart_message(start, means.now))
    with means.relay.begin(EVERYWHERE, means.now) as work:
        start_again(work.session, taken)


def _open(session: Session, place: str) -> Sequence[UUID]:
    of_place = select(Referral.referral_id).where(
        Referral.jurisdiction_id == place, Referral.status.not_in(ENDED)
    )
    return session.scalars(of_place.order_by(Referral.offered_at, Referral.referral_id)).all()


def _why(error: NotRestorableError | LookupError) -> str:
    return str(error) if isinstance(error, LookupError) else WHY[error.code].format_map(error.params)
