"""What may be asked of the office's records."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.access import Principal
from shared.domain.justice.codes import Channel, RecordKind, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who asks, when (UTC), and under which key: the same key acts once."""

    person: Principal
    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """Begin a record from its referral. `kept_by` is the named person; nobody means who opens it.

    `channel` is asked for a consultation, `matter` for a forwarding.
    """

    referral_id: UUID
    kind: RecordKind
    kept_by: UUID | None = None
    channel: Channel | None = None
    matter: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePerson:
    """Let somebody else of the unit be the named person (专人) from now on."""

    record_id: UUID
    kept_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """Take one step in a record. `seen` is how many entries the person had read.

    `text` stays in the record; `reply` is what the asking side reads with the outcome. `name` and `phone` are
    those of a member of the family.
    """

    record_id: UUID
    step: Step
    on: date
    detail: tuple[str, ...] = ()
    member_id: UUID | None = None
    text: str = ""
    reply: str = ""
    name: str = ""
    phone: str = ""
    seen: int | None = None
