"""What is said: every code has a sentence, and no sentence can give anybody away."""

import re
from collections.abc import Iterator

import pytest

from shared.domain.referral.effects import told
from shared.domain.referral.moves import Move
from shared.notices.words import FILLED_IN, words_of
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.notices import ChannelCode
from tests.builders import MONTHLY, WEEKLY, a_referral, at

PLACES = ["zibo_zichuan", "shanghai_jiangpu"]
MORNING = at("2026-11-18 10:00")
ILLNESSES = re.compile(
    "癌|肿瘤|糖尿|血压|中风|脑梗|心脏|冠心|精神|抑郁|痴呆|失智|失能|残疾|卧床|瘫|帕金森|传染|结核|艾滋|患病|疾病|病情|死亡|去世"
)


@pytest.fixture(params=PLACES)
def policy(request: pytest.FixtureRequest, book: PolicyBook) -> Policy:
    """The policy of one place."""
    return book.in_force(request.param, MORNING.date())


def test_no_sentence_has_a_hole_for_anything_personal(policy: Policy) -> None:
    assert {hole for text in policy.labels["notices"].values() for hole in holes(text)} <= FILLED_IN


def test_no_sentence_names_an_illness_or_a_state_of_a_person(policy: Policy) -> None:
    assert [text for text in sentences(policy) if ILLNESSES.search(text)] == []


def test_no_sentence_holds_a_number_or_a_code(policy: Policy) -> None:
    assert [text for text in sentences(policy) if re.search(r"\d{4}|[a-z]{2}|[{}]", text)] == []


def test_whatever_a_notice_carries_only_the_known_values_are_said(policy: Policy) -> None:
    params = {
        "obligation": WEEKLY,
        "missing": 1,
        "name": "李桂兰",
        "illness": "高血压",
        "phone": "13812345678",
    }

    assert words_of(policy, "warning", params).startswith("您有1位老人")
    assert not re.search("李桂兰|高血压|138", words_of(policy, "warning", params))


def test_every_way_of_sending_has_a_word(policy: Policy) -> None:
    assert set(ChannelCode) - set(policy.labels["channels"]) == set()


def test_every_move_that_tells_somebody_has_a_sentence(policy: Policy) -> None:
    state = a_referral(offered_at=MORNING)
    codes = {row.code for move in Move for row in told(state, move, MORNING).tells}

    assert codes
    assert codes - set(policy.labels["notices"]) == set()


def test_a_period_is_called_by_its_name_and_a_single_visit_by_its_own(book: PolicyBook) -> None:
    zichuan = book.in_force("zibo_zichuan", MORNING.date())
    said = [
        words_of(zichuan, "warning", {"obligation": code, "missing": 1})
        for code in (WEEKLY, MONTHLY, "return_check")
    ]

    assert said == [
        "您有1位老人本周还差1次，点开查看",
        "您有1位老人本月还差1次，点开查看",
        f"您有1位老人{zichuan.label('obligations', 'return_check')}还差1次，点开查看",
    ]


def sentences(policy: Policy) -> Iterator[str]:
    """Every sentence as it may be sent, for every kind of work."""
    for code in policy.labels["notices"]:
        for kind in policy.labels["kinds"]:
            yield words_of(
                policy, code, {"kind": kind, "missing": 1, "obligation": policy.obligations[0].code}
            )


def holes(text: str) -> list[str]:
    """What a template leaves to be filled in."""
    return re.findall(r"\{(\w*)[^}]*\}", text)
