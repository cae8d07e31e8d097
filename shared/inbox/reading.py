"""One referral as its reader may see it: request, elder, ladder and history, and what to do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.kinds import Effect
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode
from shared.inbox.card import CardView, card_view, fields_for
from shared.inbox.clocks import ComingRung, coming_rungs, idle_until
from shared.inbox.desk import Desk
from shared.inbox.files import NOTHING_SAID, FileText, read_file
from shared.inbox.filing.field_requests import AskedFields, asked_fields, granted_fields
from shared.inbox.handlers import visible_referral
from shared.inbox.handling.messages import REPORTER_HIDDEN
from shared.inbox.items import InboxItem, item_of
from shared.inbox.ladder import ClimbedRung, Ladder, read_ladder
from shared.inbox.names import Names, load_names
from shared.inbox.reader import Reader
from shared.inbox.routing import setting_for, stands_between
from shared.inbox.terms import colleagues
from shared.inbox.thread import ThreadLine, other_referrals
from shared.inbox.words import Line, Words
from shared.policies.handling import Field, effect_rule
from shared.policies.referring import ReferralKind
from shared.process.aftermath import BY_PEOPLE
from shared.process.elders import ElderCard
from shared.process.tables import Referral, ReferralLedger

COMMITTEE = "committee"
GIVES_TO_ANOTHER = frozenset({Move.REASSIGN, Move.DELEGATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """Everything that the page of one referral shows.

    `is_read` false: the reader sees that there is something, and where it stands, but not what (X-11).
    `masked` is whose name the reader may not know; it stands on the page as a restricted one.
    """

    row: Referral
    item: InboxItem
    is_read: bool
    kind: ReferralKind
    words: Words
    names: Names
    file: FileText
    card: CardView | None
    word_basis: str
    ledger: tuple[Line, ...]
    rungs: tuple[ClimbedRung, ...]
    coming: tuple[ComingRung, ...]
    idle_until: datetime | None
    supporters: tuple[InboxItem, ...]
    thread: Sequence[ThreadLine]
    asked: Sequence[AskedFields]
    masked: UUID | None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What may be stated as the outcome, of the whole or of a supporting unit's share."""
        return self.kind.stated(as_support=self.row.lead_id is not None)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of which an assessment names one, if the work is an assessment."""
        scales = (rule.scale for rule in self.kind.effects if rule.scale)
        return self.words.policy.levels_of(next(scales, ""))

    @property
    def left_to_do(self) -> tuple[Effect, ...]:
        """What follows from the end and only a person who asked can do; 回告 has its own form."""
        if self.row.status.is_open or self.row.subject_id is None:
            return ()
        does = effect_rule(self.kind.effects, self.row.outcome or "").does
        return tuple(each for each in does if each in BY_PEOPLE and each is not Effect.TELL_ELDER)

    @property
    def needs_receipt(self) -> bool:
        """Whether the outcome is the report itself (强制报告)."""
        return self.kind.needs_receipt and self.row.lead_id is None

    @property
    def reporter(self) -> str:
        """Who asked, in words."""
        return REPORTER_HIDDEN if self.masked else self.names.account(self.file.offered_by)


def read_referral(session: Session, desk: Desk, referral_id: UUID, reader: Reader) -> ReferralPage:
    """The page: for parties, and for who looks on: a coordinator, or who is to know of a search.

    Raises NotFound to everybody else, as for a referral that never was: the row policies decide.
    """
    row = visible_referral(session, referral_id)
    words = reader.words_for(row)
    kind = words.policy.kind(row.kind)
    entries, ladder = _entries(session, referral_id), read_ladder(session, referral_id)
    file = read_file(session, referral_id, vault=desk.vault)
    masked = None if reader.knows(row, file.offered_by) else file.offered_by
    names = _names(session, row, entries=entries, ladder=ladder, file=file)
    # Whoever works on it stands in every list with a name; that they reported it too, nothing here says.
    names = names.hiding(None if masked == row.holder_id else masked, REPORTER_HIDDEN)
    if not (is_read := reader.reads(row)):
        entries, file = [], NOTHING_SAID
    cards = desk.cards.for_enrolments(session, [row.subject_id] if row.subject_id else [])
    asked = asked_fields(session, referral_id, vault=desk.vault)
    return ReferralPage(
        row=row,
        item=item_of(row, reader, names=names, cards=cards),
        is_read=is_read,
        kind=kind,
        words=words,
        names=names,
        file=file,
        card=_card(row, reader, cards, kind=kind, granted=granted_fields(asked, row.unit_id)),
        word_basis=words.policy.clause(kind.word_basis) if kind.word_basis and reader.may_name(row) else "",
        ledger=_ledger(entries, words, names=names, file=file, ladder=ladder),
        rungs=ladder.climbed(names) if is_read else (),
        coming=coming_rungs(row) if is_read else (),
        idle_until=idle_until(row) if is_read else None,
        supporters=_supporters(session, row, reader),
        thread=other_referrals(session, row, reader),
        asked=asked if is_read else (),
        masked=masked,
    )


def units_to_appoint(session: Session, page: ReferralPage, reader: Reader) -> list[tuple[str, str]]:
    """The units that may be named or asked to support, by id and name; none for somebody who may not."""
    if {Move.APPOINT, Move.ASK_SUPPORT}.isdisjoint(page.item.moves):
        return []
    setting = setting_for(session, page.row, book=reader.book, now=reader.now)
    has_it = page.row.unit_id if page.row.status is not Status.TO_RULE else ""
    others = [
        unit
        for unit in setting.directory.units
        if unit.unit_id != has_it and not stands_between(page.row, unit.unit_id, setting)
    ]
    # Bodies of the plan first: a committee is the last resort, and there may be hundreds of them.
    others.sort(key=lambda unit: (unit.kind == COMMITTEE, unit.code))
    return [(unit.unit_id, unit.name) for unit in others]


def people_to_give_to(session: Session, page: ReferralPage, on: date) -> list[tuple[str, str]]:
    """Who of the unit may be given the work or stand in, by id and name; none for somebody who may not."""
    if GIVES_TO_ANOTHER.isdisjoint(page.item.moves):
        return []
    found = colleagues(session, page.row.unit_id, on)
    return [(str(account_id), name) for account_id, name in found if account_id != page.row.holder_id]


def _supporters(session: Session, row: Referral, reader: Reader) -> tuple[InboxItem, ...]:
    """The referrals of supporting units (协办), as far as the reader may see them."""
    found = session.scalars(
        select(Referral).where(Referral.lead_id == row.referral_id).order_by(Referral.offered_at)
    ).all()
    if not found:
        return ()
    names = load_names(
        session, accounts=[each.holder_id for each in found], units=[each.unit_id for each in found]
    )
    return tuple(item_of(each, reader, names=names, cards={}) for each in found)


def _card(
    row: Referral,
    reader: Reader,
    cards: Mapping[UUID, ElderCard],
    *,
    kind: ReferralKind,
    granted: frozenset[Field],
) -> CardView | None:
    card = cards.get(row.subject_id) if row.subject_id else None
    if card is None:
        return None
    policy = reader.words_for(row).policy
    today = local_day(reader.now, policy.jurisdiction.zone)
    shown = fields_for(row, reader.person, on=today, kind=kind, policy=policy, granted=granted)
    return card_view(card, shown, today)


def _entries(session: Session, referral_id: UUID) -> list[ReferralLedger]:
    of_referral = select(ReferralLedger).where(ReferralLedger.referral_id == referral_id)
    order = (ReferralLedger.seq, ReferralLedger.task_at, ReferralLedger.position)
    return list(session.scalars(of_referral.order_by(*order)))


def _ledger(
    entries: list[ReferralLedger], words: Words, *, names: Names, file: FileText, ladder: Ladder
) -> tuple[Line, ...]:
    actions = ladder.actions
    return tuple(
        words.line(
            entry,
            names,
            text=file.text_of(entry.note_id),
            action=actions.get((entry.at, entry.detail), "") if entry.code == LedgerCode.CLIMBED else "",
        )
        for entry in entries
    )


def _names(
    session: Session,
    row: Referral,
    *,
    entries: list[ReferralLedger],
    ladder: Ladder,
    file: FileText,
) -> Names:
    appointed = [entry.detail for entry in entries if entry.code in {Move.APPOINT, Move.ASK_SUPPORT}]
    acting = [entry.unit_id for entry in entries]
    people = [
        row.holder_id,
        file.offered_by,
        *(entry.account_id for entry in entries),
        *(entry.other_id for entry in entries),
        row.delegate_id,
        *ladder.accounts,
    ]
    return load_names(
        session,
        accounts=people,
        units=[row.unit_id, row.requesting_unit_id, *ladder.units, *appointed, *acting],
    )
