"""Coming back (重新纳入): what the register knew of who had left stays, unless something else is said now."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import history_of
from services.care_register.handlers.people import Person, open_person, person_of, texts_of
from services.care_register.repository import elders, enrolments
from shared.contracts.wire import encode
from shared.domain.facts import ElderFacts
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import WrappedKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register knows of an elder who is not enrolled, and the key that seals it."""

    elder_id: UUID
    key: WrappedKey
    person: Person
    facts: ElderFacts
    hardship_until: date | None

    def person_with(self, said: Person) -> Person:
        """The person; what is left out now is as it was."""
        stated = {field: text for field, text in texts_of(said).items() if text}
        return person_of({**texts_of(self.person), **stated})

    def facts_with(self, said: ElderFacts) -> ElderFacts:
        """The facts; what nobody says now is as it was."""
        values = {name: getattr(said, name) for name in ElderFacts.__dataclass_fields__}
        stated: Mapping[str, object] = {name: value for name, value in values.items() if value}
        return replace(self.facts, **stated)  # type: ignore[arg-type]

    def sealed(self, desk: Desk) -> bytes:
        """All of it as it was, for the elder's history."""
        before = encode({"person": asdict(self.person), "facts": asdict(self.facts)})
        return desk.vault.open(self.key).seal(before, history_of(self.elder_id))


def come_along(elder_id: UUID, work: UnitOfWork, desk: Desk, *, area_code: str) -> Known:
    """What is known of the elder, moved with its sources and consents to where the elder lives now."""
    enrolments.move_elder(work.session, elder_id, area_code)
    stored = elders.elders(work.session, [elder_id])[elder_id]
    return Known(
        elder_id=elder_id,
        key=stored.key,
        person=open_person(stored, desk),
        facts=elders.facts(work.session, elder_id, area_code=area_code, birth_on=stored.birth_on),
        hardship_until=elders.hardship_until(work.session, elder_id),
    )
