"""One change of population (人口信息变化, J-71): written down here, told to the register, decided there."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.public_security.handlers.office import (
    About,
    NewRecord,
    about_number,
    about_referral,
    found,
    keep,
)
from services.public_security.handlers.opening import Opened, opened
from services.public_security.repository import records, register
from services.public_security.repository.records import Change
from services.public_security.repository.register import NewsState
from shared.contracts.effects import CarryOut
from shared.domain.errors import Invalid, NotFound
from shared.domain.kinds import Effect
from shared.domain.news_feed import ChangeReading
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.aftermath import carry_out
from shared.process.news import NewsWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the station learns: whether the register has the person, and the change that now goes there.

    One that was voided (作废) before goes nowhere.
    """

    in_register: bool
    change_id: UUID | None = None
    is_voided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change and where it stands at the register; None until it has arrived there."""

    change: Change
    state: NewsState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A change as its page shows it: opened, and where it stands at the register."""

    line: ChangeLine
    opened: Opened[Change]


def report_change(
    reading: ChangeReading, work: UnitOfWork, desk: Desk, *, referral_id: UUID | None = None
) -> Reported:
    """Tell the register of a change. The same one again is the same change.

    Raises Invalid `before_birth`, and `change_has_faults` for a reading with faults; NotFound for another
    unit's referral.
    """
    if reading.faults:
        raise Invalid("change_has_faults")
    if referral_id is not None:
        about = about_referral(work, desk, referral_id)
        _check_lived(reading, about, work, desk)
        return _reported(tell(reading, about, work, desk), work)
    try:
        about = about_number(work, desk, reading.id_number)
    except NotFound:
        return Reported(in_register=False)
    return _reported(tell(reading, about, work, desk), work)


def _reported(change_id: UUID, work: UnitOfWork) -> Reported:
    is_voided = found(work, Change, change_id).voided_at is not None
    return Reported(in_register=True, change_id=change_id, is_voided=is_voided)


def tell(reading: ChangeReading, about: About, work: UnitOfWork, desk: Desk) -> UUID:
    """Store the change with its words, and announce it in the same transaction.

    One that was told before and voided is not told again: the register has refused it by then.
    """
    if reading.kind is None or reading.happened_on is None or about.enrolment_id is None:
        raise Invalid("change_has_faults")
    change_id = change_id_of(reading, about.enrolment_id, desk)
    words = NewsWords(
        person=reading.name,
        address=reading.address,
        name=reading.new_name,
        id_number=reading.new_number,
        note=reading.note,
    )
    values = {"kind": reading.kind, "happened_on": reading.happened_on}
    said = {name: getattr(words, name) for name in NewsWords.__dataclass_fields__}
    new = NewRecord(kind=Change, record_id=change_id, about=about, words=said, values=values)
    if not keep(new, work, desk) and found(work, Change, change_id).voided_at is not None:
        return change_id
    news = CarryOut(
        effect_id=change_id,
        effect=Effect.RECORD_STATE,
        jurisdiction_id=work.principal.jurisdiction_id,
        enrolment_id=about.enrolment_id,
        at=work.now,
        account_id=work.principal.account_id,
        unit_id=about.unit_id,
        news=reading.kind,
        happened_on=reading.happened_on,
    )
    work.announce(carry_out(news))
    return change_id


def _check_lived(reading: ChangeReading, about: About, work: UnitOfWork, desk: Desk) -> None:
    """A list's row is held against the ID number in it; from a referral the elder's own birth is known."""
    cards = desk.cards.for_enrolments(work.session, [about.enrolment_id] if about.enrolment_id else [])
    born_on = next((card.birth_on for card in cards.values()), None)
    if born_on and reading.happened_on and reading.happened_on < born_on:
        raise Invalid("before_birth", field="happened_on")


def change_id_of(reading: ChangeReading, enrolment_id: UUID, desk: Desk) -> UUID:
    """What makes two reports one: the elder, what happened when, and what is new, unreadably."""
    new = f"{reading.address}\n{reading.new_name}\n{reading.new_number}"
    digest = desk.vault.blind_index("population-change", new).hex()
    return uuid5(enrolment_id, f"{reading.kind}/{reading.happened_on}/{digest}")


def changes_of(work: UnitOfWork, referral_id: UUID) -> list[ChangeLine]:
    """Those that a referral led to."""
    return _lines(records.of_referral(work.session, Change, referral_id), work)


def where_it_stands(change: Change, work: UnitOfWork) -> NewsState | None:
    """What has become of the change at the register; None until it has arrived there."""
    return register.news_states(work.session, [change.change_id]).get(change.change_id)


def change_page(change_id: UUID, work: UnitOfWork, desk: Desk) -> ChangePage:
    """One change, opened. Raises NotFound."""
    change = opened(work, desk, Change, change_id)
    [line] = _lines([change.record], work)
    return ChangePage(line=line, opened=change)


def _lines(kept: list[Change], work: UnitOfWork) -> list[ChangeLine]:
    states = register.news_states(work.session, [each.change_id for each in kept])
    return [ChangeLine(change=each, state=states.get(each.change_id)) for each in kept]
