"""The header says where one is: each page lies under one link, if any."""

from dataclasses import replace
from uuid import UUID

import pytest

from shared.contracts import places
from shared.contracts.access import Principal, Role
from shared.web.navigation import links_for, place_of

OFFICER = Principal(account_id=UUID(int=1), jurisdiction_id="zibo_zichuan", roles=(Role.OFFICER,))
COORDINATOR = Principal(
    account_id=UUID(int=2), jurisdiction_id="zibo_zichuan", roles=(Role.COORDINATOR,), areas=("370302",)
)


@pytest.mark.parametrize(
    ("service", "path", "here"),
    [
        ("public_security", "/police/records", "/police/records"),
        ("public_security", "/police/checks/new", "/police/records"),
        ("public_security", "/police/inbox/4", "/police/inbox"),
        ("health", "/health-centre/elders/7/contract", "/health-centre/work"),
        ("health", "/health-centre/inbox", "/health-centre/inbox"),
        ("justice", "/justice/records/7", "/justice/records"),
    ],
)
def test_what_a_department_keeps_lies_under_its_ledger_wherever_it_is_addressed(
    service: str, path: str, here: str
) -> None:
    """Under /police/checks and /health-centre/elders no link was marked."""
    found = place_of(path, links_for(OFFICER, inboxes=(service,)))

    assert found is not None
    assert found.href == here


def test_a_page_outside_all_links_marks_none() -> None:
    links = links_for(COORDINATOR, inboxes=())

    assert place_of("/me", links) is None
    assert place_of("/coordinations", links) is None
    assert getattr(place_of("/coordination/elders/7", links), "href", "") == places.board()


def test_who_has_no_territory_is_not_told_that_nobody_in_it_is_missing() -> None:
    """The head of a police station read 今天没有要处理的事 beside an elder whom nobody had seen."""
    head = replace(OFFICER, roles=(Role.OFFICER, Role.UNIT_LEAD))

    first, *others = links_for(head, inboxes=("public_security",))
    assert first.href == places.inbox("public_security")
    assert places.board() not in {link.href for link in others}
    assert links_for(replace(head, areas=("370302",)), inboxes=())[0].href == places.board()
