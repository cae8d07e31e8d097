"""The name of some kinds tells what few may know of an elder: others read a neutral one (style §4.2)."""

from http import HTTPStatus
from uuid import UUID

import pytest

from shared.contracts.access import Role
from shared.domain.referral.moves import Status
from shared.notices.words import words_of
from tests.inbox.town import NOW, PLACE, Town
from tests.web.browsing import json_of

FULL, PUBLIC, CODE = "计生特殊家庭", "专项服务需求", "family_planning_care"
PUBLICITY = f"{PLACE}:publicity_office"


@pytest.fixture
def to_rule(town: Town) -> UUID:
    """Work for such a family that nobody took, so that the coordinating unit must name a unit."""
    town.joins("publicist", "柳宣", Role.OFFICER, unit=PUBLICITY, areas=("310110008",))
    referral_id = town.offered("for the family", kind=CODE, by="publicist", text="请双岗联系人上门。")
    browser = town.browser("publicist")
    browser.post(
        f"/department/inbox/{referral_id}/decline",
        {"reason": "wrong_area", "text": ""},
        on=f"/department/inbox/{referral_id}",
    )
    assert town.judge.states[referral_id].status is Status.TO_RULE
    return referral_id


def test_who_rules_on_it_reads_the_public_name_in_lists_filters_pages_and_the_api(
    town: Town, to_rule: UUID
) -> None:
    browser = town.browser("coordinator")
    pages = [browser.get(f"/department{path}") for path in ("/inbox", f"/inbox/{to_rule}")]
    answer = (
        town.app()
        .test_client()
        .get(
            f"/department/api/referrals/{to_rule}",
            headers={"Authorization": f"Bearer {town.sign_in('coordinator')}"},
        )
    )

    assert all(PUBLIC in page.text for page in pages)
    assert not any(FULL in page.text or CODE in page.text for page in pages)
    assert (json_of(answer)["kind"], json_of(answer)["kind_words"]) == ("", PUBLIC)


def test_the_filter_by_kind_is_no_way_to_find_out(town: Town, to_rule: UUID) -> None:
    found = town.browser("coordinator").get(f"/department/inbox?kind={CODE}")

    assert found.status_code == HTTPStatus.OK
    assert str(to_rule) not in found.text


def test_who_asked_and_who_does_it_read_the_full_name(town: Town, to_rule: UUID) -> None:
    page = town.browser("publicist").get(f"/department/inbox/{to_rule}").text

    assert FULL in page
    assert PUBLIC not in page


def test_no_notice_carries_the_full_name(town: Town) -> None:
    """Domain §0.2-6: a text may stand on any screen."""
    policy = town.book.in_force(PLACE, NOW.date())

    assert PUBLIC in words_of(policy, "needs_ruling", {"kind": CODE})
    assert not any(FULL in words_of(policy, code, {"kind": CODE}) for code in policy.labels["notices"])


def test_every_kind_for_certain_eyes_has_a_public_name(town: Town) -> None:
    for place in ("shanghai_jiangpu", "zibo_zichuan"):
        policy = town.book.in_force(place, NOW.date())
        restricted = {kind.code for kind in policy.kinds if kind.restricted_to}
        assert restricted == set(policy.labels["kinds_public"])
        assert all(policy.public_kind(code) != policy.label("kinds", code) for code in restricted)
