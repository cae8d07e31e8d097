"""What the form of a new record starts from: the client, the usual channel, who could keep it."""

from dataclasses import dataclass
from uuid import UUID

from services.justice.handlers.opening import claimed_referral, may_open, usual_channel
from services.justice.repository import records
from services.justice.repository.records import Colleague
from shared.domain.errors import Invalid
from shared.domain.justice.codes import Channel, RecordKind
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.inbox.files import read_file
from shared.inbox.reader import Reader
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Everything that the form shows. `channel` is chosen already where the elder gets about badly."""

    referral_id: UUID
    kind_words: str
    client: str
    asked: str
    channel: Channel | None
    colleagues: tuple[Colleague, ...]


def start_of(work: UnitOfWork, desk: Desk, referral_id: UUID, kind: RecordKind, reader: Reader) -> Start:
    """The form's start. Raises as `open_record` does."""
    today = local_day(reader.now, reader.policy.jurisdiction.zone)
    row = claimed_referral(work, reader.person, referral_id, today)
    if not may_open(row, kind):
        raise Invalid("no_such_record", kind=kind)
    cards = desk.cards.for_enrolments(work.session, [row.subject_id] if row.subject_id else [])
    card = next(iter(cards.values()), None)
    return Start(
        referral_id=referral_id,
        kind_words=reader.words_for(row).kind(row.kind),
        client=card.name if card else "",
        asked=read_file(work.session, referral_id, vault=desk.vault).asked,
        channel=usual_channel(card, reader.policy, today),
        colleagues=tuple(records.colleagues(work.session, row.unit_id, today)),
    )
