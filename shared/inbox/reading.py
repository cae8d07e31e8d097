"""One referral as one person may read it: the request, the elder, clocks, ladder, history, what to do now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.domain.codes import Urgency
from shared.domain.errors import NotFound
from shared.domain.referral.moves import Move
from shared.inbox.acting import possible_moves, units_in
from shared.inbox.clocks import RunningClock, running_clocks
from shared.inbox.desk import Desk
from shared.inbox.files import FileText, read_file
from shared.inbox.handlers import visible_referral
from shared.inbox.names import Names, load_names
from shared.inbox.routing import policy_at
from shared.inbox.words import Line, Words
from shared.policies.referring import ReferralKind
from shared.process.elders import ElderCard
from shared.process.tables import Referral, ReferralLedger, Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """Everything that the page of one referral shows."""

    row: Referral
    kind: ReferralKind
    words: Words
    names: Names
    file: FileText
    card: ElderCard | None
    is_card_open: bool
    clocks: tuple[RunningClock, ...]
    ledger: tuple[Line, ...]
    rungs: tuple[Rung, ...]
    moves: tuple[Move, ...]

    def may(self, move: Move) -> bool:
        """Whether the person may make the move now."""
        return move in self.moves


def read_referral(
    session: Session, desk: Desk, referral_id: UUID, *, person: Principal, now: datetime
) -> ReferralPage:
    """The page. Raises NotFound unless one of the person's units is a party, as for one that never was."""
    row = visible_referral(session, referral_id)
    if not units_in(row, person):
        raise NotFound("referral_not_found")
    policy = desk.book.with_hash(row.policy_hash) or policy_at(desk.book, row.jurisdiction_id, now)
    words, kind = Words(policy=policy), policy.kind(row.kind)
    entries, rungs = _entries(session, referral_id), _rungs(session, referral_id)
    file = read_file(session, referral_id, vault=desk.vault)
    names = _names(session, row, entries, rungs, file)
    return ReferralPage(
        row=row,
        kind=kind,
        words=words,
        names=names,
        file=file,
        card=_card(session, desk, row),
        is_card_open=may_read_card(row, person),
        clocks=running_clocks(row, now),
        ledger=tuple(words.line(entry, names, file.text_of(entry.note_id)) for entry in entries),
        rungs=tuple(rungs),
        moves=possible_moves(row, person, kind.ends_by),
    )


def may_read_card(row: Referral, person: Principal) -> bool:
    """Whether the elder's name, door and telephone are shown whole (domain §3.5).

    Whoever works on it needs them; so does everybody of the unit when minutes count, and the side that asked
    knows them already. Before a claim, others see the surname and the estate.
    """
    return (
        row.holder_id == person.account_id
        or row.requesting_unit_id in person.units
        or (row.urgency is Urgency.URGENT and row.unit_id in person.units)
    )


def _entries(session: Session, referral_id: UUID) -> list[ReferralLedger]:
    of_referral = select(ReferralLedger).where(ReferralLedger.referral_id == referral_id)
    order = (ReferralLedger.seq, ReferralLedger.task_at, ReferralLedger.position)
    return list(session.scalars(of_referral.order_by(*order)))


def _rungs(session: Session, referral_id: UUID) -> list[Rung]:
    return list(session.scalars(select(Rung).where(Rung.referral_id == referral_id).order_by(Rung.due_at)))


def _names(
    session: Session, row: Referral, entries: list[ReferralLedger], rungs: list[Rung], file: FileText
) -> Names:
    return load_names(
        session,
        accounts=[row.holder_id, file.offered_by, *(entry.account_id for entry in entries)],
        units=[
            row.unit_id,
            row.requesting_unit_id,
            row.coordinator_unit_id,
            *(entry.unit_id for entry in entries),
            *(entry.detail for entry in entries if entry.code == Move.APPOINT),
            *(rung.recipient_unit_id for rung in rungs),
        ],
    )


def _card(session: Session, desk: Desk, row: Referral) -> ElderCard | None:
    if row.subject_id is None:
        return None
    return desk.cards.for_enrolments(session, [row.subject_id]).get(row.subject_id)
