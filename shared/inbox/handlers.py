"""What people do with a referral: the words are stored first, then its workflow is asked to judge the move.

Two transactions, never one: a move that is judged must find its words, and words whose move was refused are
never shown, because only the ledger names them. The same key stores the same note and asks the same question,
so whoever got no answer simply asks again.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from shared.contracts.failures import ENDED
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.domain.referral.state import Actor
from shared.inbox.acting import ROLES, WORKERS, actor_for, today_of
from shared.inbox.acts import Act, Prepared, SeenIsOld
from shared.inbox.answers import note_asked, store_answer
from shared.inbox.asking import ask
from shared.inbox.codes import NoteKind
from shared.inbox.desk import Desk
from shared.inbox.files import Note, add_note, has_file, heading_for, open_file, read_file
from shared.inbox.glance import Glance, Seen, glance_at
from shared.inbox.receipts import check_outcome
from shared.inbox.routing import NextUnit, kind_as_worked_by, next_by_policy
from shared.inbox.terms import claim_terms, terms_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.openings import policy_at
from shared.process.tables import Referral

ON_ITS_WAY = "referral_on_its_way"
"""Offered and stored; its process begins within a second, or once Temporal is back."""

NOTE_OF: Mapping[Move, NoteKind] = {
    Move.NOTE: NoteKind.PROGRESS,
    Move.COMPLETE: NoteKind.OUTCOME,
    Move.INSTRUCT: NoteKind.INSTRUCTION,
    Move.DECLINE: NoteKind.REASON,
    Move.SEND_BACK: NoteKind.REASON,
    Move.WITHDRAW: NoteKind.REASON,
    Move.PAUSE: NoteKind.REASON,
    Move.ASK_TIME: NoteKind.REASON,
    Move.REFUSE_TIME: NoteKind.REASON,
}
"""What the words of a move are; those of any other move are a comment."""

NEEDS_WORDS = frozenset(
    {Move.NOTE, Move.INSTRUCT, Move.PAUSE, Move.ASK_TIME, Move.REFUSE_TIME, Move.ASK_SUPPORT, Move.TELL_ELDER}
)
"""Moves that are nothing without words."""

HANDS_AWAY = frozenset({Move.DECLINE})
"""Moves after which the unit is no party any more, and finds nothing where it has just acted."""

NOTED_FIRST = HANDS_AWAY | {Move.URGE}
"""Moves that, asked again after the answer was lost, would be refused for what they have done themselves."""

LOOKS_FURTHER = frozenset(
    {
        Move.DECLINE,
        Move.APPOINT,
        Move.PAUSE,
        Move.ASK_TIME,
        Move.REASSIGN,
        Move.DELEGATE,
        Move.ASK_SUPPORT,
        Move.NAME_CAUSE,
        Move.URGE,
    }
)
"""Moves for which a unit, a colleague or what the policy allows is looked up first."""


def perform(desk: Desk, act: Act) -> ReferralAnswer:
    """Make the move, once for each key of a person.

    Raises NotFound to strangers, Forbidden without role or membership, Conflict naming who was first, what is
    possible now or how it ended, Invalid without the needed words, SeenIsOld, and the gateway's own errors.
    """
    if not act.person.plays(*ROLES[act.move]):
        raise Forbidden("move_not_permitted", move=act.move)
    if act.move in NEEDS_WORDS and not act.text.strip():
        raise Invalid("words_needed", move=act.move)
    glance = glance_at(desk.database, act)
    if glance.answer is not None:
        return _as_told(glance.answer, glance.seen, desk, act)
    prepared = _asked_before(glance, act) or _prepare(glance, desk, act)
    try:
        answer = ask(desk.judge, act, prepared)
    except Conflict as error:
        raise _refused_with_its_end(error, glance.seen, desk) from error
    # The process remembers the request itself: kept here, the answer also outlives the right to see it.
    desk.afterwards(lambda: store_answer(desk.database, act, answer))
    return _as_told(answer, glance.seen, desk, act)


def visible_referral(session: Session, referral_id: UUID) -> Referral:
    """The referral as it last stood.

    Raises NotFound for one that row policies hide, as for one that never was; and for one that has just been
    offered and whose process has not begun, with `ON_ITS_WAY` as its code.
    """
    row = session.get(Referral, referral_id)
    if row is None:
        raise NotFound(ON_ITS_WAY if has_file(session, referral_id) else "referral_not_found")
    return row


def _as_told(answer: ReferralAnswer, seen: Seen | None, desk: Desk, act: Act) -> ReferralAnswer:
    """Without the clocks of a mandatory report to whom its page shows none: they tell the minute (X-11)."""
    if seen is None or (seen.unit_id in act.person.units and act.person.plays(*WORKERS)):
        return answer
    if not policy_at(desk.book, seen.jurisdiction_id, act.at).kind(seen.kind).shields_reporter:
        return answer
    return replace(answer, held_since=None, accept_by=None, complete_by=None)


def _refused_with_its_end(error: Conflict, seen: Seen | None, desk: Desk) -> Conflict:
    """Who comes too late learns when it ended, and how; nothing of what few may read (X-11)."""
    if error.code != ENDED or seen is None or seen.closed_at is None:
        return error
    kind = policy_at(desk.book, seen.jurisdiction_id, seen.closed_at).kind(seen.kind)
    outcome = "" if kind.shields_reporter else seen.outcome
    return Conflict("ended_before", ended_at=seen.closed_at, status=seen.status, ended_with=outcome)


def _asked_before(glance: Glance, act: Act) -> Prepared | None:
    """A question whose answer was lost on the way, about a referral that its effect has put out of sight.

    The process knows the request and answers as it did; if it never came, who asks is a stranger by now.
    """
    if act.move not in HANDS_AWAY or glance.seen is not None or not glance.was_asked:
        return None
    actor = Actor(account_id=act.person.account_id, unit_id=next(iter(act.person.units), ""))
    return Prepared(actor=actor, note_id=None, goes_to=None)


def _prepare(glance: Glance, desk: Desk, act: Act) -> Prepared:
    seen = glance.referral
    actor = actor_for(seen, act.person, act.move, today_of(seen, act.at, desk.book))
    if act.seen_seq not in {None, seen.seq} and not glance.was_asked:
        raise SeenIsOld("seen_is_old", seq=seen.seq, status=seen.status)
    claim = claim_terms(seen, act, book=desk.book)
    receipt = check_outcome(seen, act, book=desk.book)
    act = replace(act, text=f"{receipt}\n{act.text}".strip()) if receipt else act
    if act.move not in LOOKS_FURTHER and not act.text.strip():
        return Prepared(actor=actor, note_id=None, goes_to=None, terms=claim)
    with desk.database.begin(act.person, act.at) as work:
        row = visible_referral(work.session, act.referral_id)
        if act.move in NOTED_FIRST:
            note_asked(work, act)
        is_urged_again = act.move is Move.URGE and glance.was_asked
        terms = claim if is_urged_again else terms_of(work, row, act, book=desk.book) or claim
        if terms.support is not None:
            _open_support(work, desk, act, row=row, asked=terms.support)
        return Prepared(
            actor=actor,
            note_id=_store_words(work, desk, act, row=row, actor=actor),
            goes_to=_goes_to(work, desk, act, row=row),
            terms=terms,
        )


def _store_words(work: UnitOfWork, desk: Desk, act: Act, *, row: Referral, actor: Actor) -> UUID | None:
    text = act.text.strip()
    if not text:
        return None
    note_id = uuid5(act.referral_id, act.request_id)
    kind = NOTE_OF.get(act.move, NoteKind.COMMENT)
    note = Note(note_id=note_id, kind=kind, unit_id=actor.unit_id, text=text)
    add_note(work, heading_for(row), note, vault=desk.vault)
    return note_id


def _open_support(work: UnitOfWork, desk: Desk, act: Act, *, row: Referral, asked: SupportTerms) -> None:
    """What is asked of the supporting unit (协办) stands in its own file; the elder's word is the lead's.

    Raises Forbidden to who is not of the unit that has the work: nobody else opens a file in its name.
    """
    if row.unit_id not in act.person.units:
        raise Forbidden("move_not_permitted", move=act.move)
    heading = replace(
        heading_for(row),
        referral_id=asked.referral_id,
        requesting_unit_id=row.unit_id,
        origin_id=row.referral_id,
    )
    word = read_file(work.session, row.referral_id, vault=desk.vault).word
    open_file(work, heading, vault=desk.vault, asked=act.text.strip(), word=word)


def _goes_to(work: UnitOfWork, desk: Desk, act: Act, *, row: Referral) -> NextUnit | None:
    if act.move is Move.DECLINE:
        return next_by_policy(work.session, row, book=desk.book, now=act.at)
    if act.move is Move.APPOINT:
        return kind_as_worked_by(work.session, row, act.code, book=desk.book, now=act.at)
    return None
