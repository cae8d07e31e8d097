"""What people read: every code has a word, and no notice gives anything away."""

import re
from enum import StrEnum

import pytest

from services.care_register.codes import RemovalReason
from shared.contracts.access import Role
from shared.domain.codes import (
    Ability,
    Circumstance,
    ExportPurpose,
    Force,
    Health,
    Mobility,
    Reach,
    RecipientRole,
    StateKind,
    StateStatus,
    Tier,
    Urgency,
    VisitMode,
)
from shared.domain.facts import Hardship
from shared.domain.health.codes import (
    BedMove,
    BedStatus,
    ContactPost,
    Evidence,
    FollowUpResult,
    FollowUpWay,
    Owing,
    SignHandling,
    Vital,
)
from shared.domain.health.codes import Standing as ContractStanding
from shared.domain.health.sheet import Column
from shared.domain.plan import EXTRA_VISIT, FIRST_VISIT, RETURN_CHECK, Period
from shared.domain.population import PopulationChange
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import ClockName
from shared.domain.visit_cycle.state import WindowOutcome
from shared.domain.visit_modes import (
    AGREED_ALTERNATIVE,
    CONTACT_ONLY,
    COUNTS,
    DEVICE_ONLY,
    HAS_LEFT,
    NOT_REACHED,
    NOTHING_OWED,
    OTHER_FORCE,
    SEEN_FROM_AFAR,
)
from shared.policies.provenance import Standing
from shared.policies.referring import ElderWord
from tests.policies.plans import JIANGPU, ZICHUAN, plan

CODES: list[tuple[str, type[StrEnum]]] = [
    ("abilities", Ability),
    ("bed_moves", BedMove),
    ("bed_statuses", BedStatus),
    ("circumstances", Circumstance),
    ("circumstances_short", Circumstance),
    ("clocks", ClockName),
    ("closing_records", Evidence),
    ("contact_posts", ContactPost),
    ("contract_standings", ContractStanding),
    ("elders_word", ElderWord),
    ("export_purposes", ExportPurpose),
    ("follow_up_columns", Column),
    ("follow_up_results", FollowUpResult),
    ("follow_up_ways", FollowUpWay),
    ("forces", Force),
    ("hardships", Hardship),
    ("health", Health),
    ("mobility", Mobility),
    ("modes", VisitMode),
    ("moves", Move),
    ("owing", Owing),
    ("periods", Period),
    ("population_changes", PopulationChange),
    ("reaches", Reach),
    ("recipients", RecipientRole),
    ("referral_states", Status),
    ("removal_reasons", RemovalReason),
    ("roles", Role),
    ("sign_handlings", SignHandling),
    ("standings", Standing),
    ("state_statuses", StateStatus),
    ("states", StateKind),
    ("tiers", Tier),
    ("urgencies", Urgency),
    ("vitals", Vital),
    ("window_outcomes", WindowOutcome),
]
VERDICTS = (
    AGREED_ALTERNATIVE,
    CONTACT_ONLY,
    COUNTS,
    DEVICE_ONLY,
    HAS_LEFT,
    NOT_REACHED,
    NOTHING_OWED,
    OTHER_FORCE,
    SEEN_FROM_AFAR,
)
FILLED_IN = {"count", "period", "missing", "kind"}
TOLD = ("warning", "warning_vacant", "offered", "remind_accept", "remind_complete", "vacancy", "needs_ruling")


@pytest.mark.parametrize("place", [ZICHUAN, JIANGPU])
@pytest.mark.parametrize(("section", "codes"), CODES)
def test_every_code_of_the_program_has_a_word(place: str, section: str, codes: type[StrEnum]) -> None:
    assert set(codes) - set(plan(place).labels[section]) == set()


def test_the_windows_and_verdicts_of_the_rules_have_words() -> None:
    labels = plan(ZICHUAN).labels

    assert {FIRST_VISIT, RETURN_CHECK, EXTRA_VISIT} <= set(labels["obligations"])
    assert set(VERDICTS) <= set(labels["verdicts"])


@pytest.mark.parametrize("code", TOLD)
def test_every_notice_of_the_processes_has_a_text(code: str) -> None:
    assert plan(ZICHUAN).label("notices", code) != code


def test_no_notice_can_carry_a_name_or_an_illness() -> None:
    """Domain §0.2-6: 「您有1位老人本周还差1次，点开查看」."""
    texts = plan(ZICHUAN).labels["notices"]

    assert {hole for text in texts.values() for hole in re.findall(r"\{(\w*)\}", text)} <= FILLED_IN
    filled = texts["warning"].format(count=1, period=plan(ZICHUAN).label("periods", "week"), missing=1)
    assert filled == "您有1位老人本周还差1次，点开查看"


def test_the_words_of_the_screen_are_those_of_the_field() -> None:
    """style §4.2: never bare 重点, never 受理 for a claim."""
    policy = plan(ZICHUAN)

    assert policy.label("tiers", "focus") == "重点人群"
    assert plan(JIANGPU).label("groups", "focus_care") == "重点关爱对象"
    assert policy.label("moves", "accept") == "认领"
    assert policy.label("verdicts", "contact_only") == "已联系，不计入探访"
    words = [word for section in policy.labels.values() for word in section.values()]
    assert "重点" not in words
    assert not [word for word in words if "独生子女死亡" in word]


@pytest.mark.parametrize(("place", "members"), [(JIANGPU, 13), (ZICHUAN, 9)])
def test_every_body_of_the_plan_is_there(place: str, members: int) -> None:
    """J-38: 13 member units; Zichuan: nine issuing bodies and 13 towns and streets."""
    policy = plan(place)
    bodies = [unit for unit in policy.units if unit.kind in {"member", "body"}]

    assert len(bodies) == members
    assert all(unit.duties and all(duty.source for duty in unit.duties) for unit in bodies)


def test_zichuan_has_thirteen_towns_and_streets_each_with_its_own_area() -> None:
    towns = [unit for unit in plan(ZICHUAN).units if "town" in unit.roles]

    assert len({unit.area_code for unit in towns}) == 13


def test_the_member_without_a_duty_text_says_so() -> None:
    """J-67: 受理中心 is in the list and has no duty paragraph; ours is a proposal."""
    origin = plan(JIANGPU).why("units.benefits_centre")

    assert origin is not None
    assert (origin.standing, bool(origin.because)) == ("proposal", True)


def test_the_nine_columns_of_the_form_are_in_their_order() -> None:
    """Z-96: 附件2."""
    policy = plan(ZICHUAN)

    assert [policy.label("service_items", item) for item in policy.recording.service_items] == [
        "健康管理",
        "居家安全",
        "生活照料",
        "康复护理",
        "精神慰藉",
        "环境卫生",
        "应急救援",
        "文体活动",
        "其他",
    ]
    assert set().union(*policy.recording.contents.values()) == set(policy.recording.service_items)
