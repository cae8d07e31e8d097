"""计划生育特殊家庭 and their two contacts (Z-87): who is missing is flagged, nobody else learns of it."""

from http import HTTPStatus
from uuid import UUID

import pytest

from services.health.commands import NameContact
from services.health.handlers.families import families, name_contact
from shared.contracts.access import Role
from shared.domain.codes import Circumstance
from shared.domain.errors import Forbidden, NotFound
from shared.domain.health.codes import ContactPost
from tests.inbox.town import HEALTH, PLACE
from tests.services.health.conftest import STREET, HealthTown, OpenCentre
from tests.web.accessible import faults
from tests.web.browsing import json_of

AT = "/health-centre/families"
STREET_CADRE, VILLAGE_CADRE = ContactPost


@pytest.fixture
def family(town: HealthTown) -> UUID:
    """A family, and somebody of the centre whose unit looks after such families, as 淄川区卫生健康局 does."""
    town.joins(
        "carer", "聂医生", Role.OFFICER, unit=HEALTH, also=f"{PLACE}:publicity_office", areas=(STREET,)
    )
    return town.somebody("钱桂生", Circumstance.SPECIAL_FAMILY_PLANNING)


def named(enrolment_id: UUID, post: ContactPost, name: str = "李干事") -> NameContact:
    return NameContact(enrolment_id=enrolment_id, post=post, name=name, phone="13900005678")


def test_a_family_without_its_two_contacts_is_flagged_until_both_are_named(
    town: HealthTown, family: UUID, centre: OpenCentre
) -> None:
    """Z-87: missing contact flagged; F36: one cadre of the street and one of the village per household."""

    def missing() -> tuple[ContactPost, ...]:
        with centre("carer") as opened:
            return next(each.missing for each in families(opened) if each.card.enrolment_id == family)

    before = missing()
    with centre("carer") as opened:
        name_contact(named(family, STREET_CADRE), opened)
    half = missing()
    with centre("carer") as opened:
        name_contact(named(family, VILLAGE_CADRE), opened)

    assert before == (STREET_CADRE, VILLAGE_CADRE)
    assert half == (VILLAGE_CADRE,)
    assert missing() == ()


def test_a_new_contact_takes_the_place_of_the_old_one_and_the_same_again_changes_nothing(
    town: HealthTown, family: UUID, centre: OpenCentre
) -> None:
    for name in ("李干事", "李干事", "王干事"):
        with centre("carer") as opened:
            name_contact(named(family, STREET_CADRE, name), opened)

    with centre("carer") as opened:
        found = next(each for each in families(opened) if each.card.enrolment_id == family)
        kept = opened.work.session.connection().exec_driver_sql(
            "SELECT count(*) FROM health.family_contact WHERE enrolment_id = %s", (family,)
        )
        assert kept.scalar_one() == 2
    assert [each.name for each in found.contacts] == ["王干事"]


def test_a_centre_that_does_not_look_after_these_families_learns_nothing(
    town: HealthTown, family: UUID, centre: OpenCentre
) -> None:
    """style §4.2: nobody else, not even the elder's own doctor, reads of the circumstance here."""
    with pytest.raises(Forbidden), centre() as opened:
        families(opened)
    with pytest.raises(Forbidden), centre() as opened:
        name_contact(named(family, STREET_CADRE), opened)
    assert town.at_centre().get(AT).status_code == HTTPStatus.FORBIDDEN
    assert AT not in town.at_centre().get("/health-centre/work").text


def test_an_elder_of_no_such_family_gets_no_contacts(
    town: HealthTown, family: UUID, centre: OpenCentre
) -> None:
    with pytest.raises(NotFound), centre("carer") as opened:
        name_contact(named(town.somebody(), STREET_CADRE), opened)


def test_a_contact_is_named_on_the_page_and_what_is_missing_is_said(town: HealthTown, family: UUID) -> None:
    browser = town.at_centre("carer")
    page = browser.get(AT)
    fields = {"enrolment_id": str(family), "post": "street_cadre", "name": "李干事", "phone": "13900005678"}
    refused = browser.post(AT, {**fields, "phone": ""}, on=AT)
    done = browser.post(AT, fields, on=AT)

    assert AT in browser.get("/health-centre/work").text
    assert faults(page.text) == []
    assert "缺镇（街道）干部" in page.text
    assert "钱桂生" not in page.text
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="李干事"' in refused.text
    assert "镇（街道）干部：李干事" in browser.get(done.location).text


def test_programs_read_the_families_and_name_their_contacts(town: HealthTown, family: UUID) -> None:
    client = town.at_centre("carer").client
    headers = {"Authorization": f"Bearer {town.sign_in('carer')}", "Idempotency-Key": f"name {family}"}
    others = {"Authorization": f"Bearer {town.sign_in('doctor')}", "Idempotency-Key": f"not {family}"}
    body = {"enrolment_id": str(family), "post": "street_cadre", "name": "李干事", "phone": "13900005678"}
    at = "/health-centre/api/families"

    named_twice = [client.post(f"{at}/contacts", json=body, headers=headers) for _ in range(2)]
    listed = json_of(client.get(at, headers=headers))["families"]
    refused = [client.get(at, headers=others), client.post(f"{at}/contacts", json=body, headers=others)]

    (found,) = [each for each in listed if each["enrolment_id"] == str(family)]
    assert [each.status_code for each in named_twice] == [200, 200]
    assert [(each["post"], each["name"]) for each in found["contacts"]] == [("street_cadre", "李干事")]
    assert found["missing"] == ["village_cadre"]
    assert [each.status_code for each in refused] == [403, 403]
