"""计划生育特殊家庭 and their two contacts (双岗联系人, Z-87): a family without one of them is flagged.

Only a unit that looks after these families may know which they are (`shared.process.discretion`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.health.commands import NameContact
from services.health.handlers.centre import Centre, revealed, sealed
from services.health.repository import families as repository
from services.health.repository.elders import KeptElder, kept_elders
from services.health.repository.families import StoredContact
from shared.domain.errors import Forbidden, Invalid, NotFound
from shared.domain.health.codes import ContactPost
from shared.domain.phones import read_phone
from shared.process.discretion import discretion_of
from shared.process.elders import ElderCard

NAME = "health.family_contact.name"
PHONE = "health.family_contact.phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact, by name; `since_on` is the day on which they took it over."""

    post: ContactPost
    name: str
    phone: str
    since_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family, its contacts, and the posts for which nobody is named."""

    card: ElderCard
    contacts: tuple[Contact, ...]
    missing: tuple[ContactPost, ...]


def looks_after_families(centre: Centre) -> bool:
    """Whether this unit may know which families they are."""
    return discretion_of(centre.work.session, centre.work.principal, centre.policy).reads_all


def families(centre: Centre) -> tuple[Family, ...]:
    """The families of the territory, those without a contact first. Raises Forbidden to every other unit."""
    _check(centre)
    known: dict[UUID, list[StoredContact]] = {}
    for each in repository.contacts_now(centre.work.session):
        known.setdefault(each.enrolment_id, []).append(each)
    wanted = repository.families(centre.work.session)
    cards = centre.desk.cards.for_enrolments(centre.work.session, wanted)
    kept = kept_elders(centre.work.session, cards)
    found = [_family(cards[each], kept[each], known.get(each, ()), centre) for each in wanted if each in kept]
    return tuple(sorted(found, key=lambda family: not family.missing))


def name_contact(command: NameContact, centre: Centre) -> None:
    """Name the contact; the same person again changes nothing.

    Raises Forbidden to a unit that does not look after these families, NotFound for another elder, Invalid
    `phone_wrong`.
    """
    _check(centre)
    family = next((each for each in families(centre) if each.card.enrolment_id == command.enrolment_id), None)
    if family is None:
        raise NotFound("elder_unknown")
    if read_phone(command.phone, centre.policy.jurisdiction.phone_area).fault:
        raise Invalid("phone_wrong", field="phone")
    said = (command.post, command.name.strip(), command.phone.strip())
    if said in {(each.post, each.name, each.phone) for each in family.contacts}:
        return
    elder, contact_id = centre.elder(command.enrolment_id), uuid4()
    key = centre.key_of(elder)
    row = {
        **centre.about(elder),
        "contact_id": contact_id,
        "post": command.post,
        "name_sealed": sealed(key, said[1], column=NAME, row_id=contact_id),
        "phone_sealed": sealed(key, said[2], column=PHONE, row_id=contact_id),
        "since_on": centre.today,
        "ended_on": None,
    }
    repository.replace_contact(centre.work.session, row)
    detail = {"contact_id": contact_id, "post": command.post}
    centre.work.record(stream=f"elder:{elder.elder_id}", action="family_contact_named", detail=detail)


def _family(card: ElderCard, elder: KeptElder, stored: Sequence[StoredContact], centre: Centre) -> Family:
    key = centre.key_of(elder)
    contacts = tuple(
        Contact(
            post=each.post,
            name=revealed(key, each.name_sealed, column=NAME, row_id=each.contact_id),
            phone=revealed(key, each.phone_sealed, column=PHONE, row_id=each.contact_id),
            since_on=each.since_on,
        )
        for each in sorted(stored, key=lambda each: each.post)
    )
    held = {each.post for each in contacts}
    missing = tuple(post for post in centre.rules.contact_posts if post not in held)
    return Family(card=card, contacts=contacts, missing=missing)


def _check(centre: Centre) -> None:
    if not looks_after_families(centre):
        raise Forbidden("not_this_unit")
