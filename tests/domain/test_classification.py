"""Who belongs to which class, and why: the decision tables of both plans with their edges (domain §5.4)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.classification import Classification, classed, classify
from shared.domain.codes import Ability, Circumstance, Health, Mobility, Tier
from shared.domain.conditions import Subject
from shared.domain.facts import AssessedAbility, ElderFacts, Hardship, age_on
from shared.policies.book import own_book

TODAY = date(2026, 11, 21)
BOOK = own_book()
ZICHUAN = BOOK.in_force("zibo_zichuan", TODAY).classification
JIANGPU = BOOK.in_force("shanghai_jiangpu", TODAY).classification
ALONE = (Circumstance.LIVING_ALONE,)
RANK = {None: 0, Tier.GENERAL: 1, Tier.SECONDARY: 2, Tier.FOCUS: 3}


def elder(**known: object) -> ElderFacts:
    """Seventy years old and living alone; nothing else is known."""
    return replace(ElderFacts(birth_on=date(1956, 1, 1), circumstances=ALONE), **known)


def assessed(level: Ability, on: date = date(2026, 1, 1)) -> AssessedAbility:
    return AssessedAbility(level=level, scale="GB/T 42195-2022", assessed_on=on)


def rule_of(found: Classification) -> str:
    return found.reasons[0].code


SEVERE = (Circumstance.SEVERE_DISABILITY,)
DEPENDENT = (Circumstance.CARE_DEPENDENT,)
TABLE = [
    ({"birth_on": date(1946, 11, 21)}, "R1a", Tier.FOCUS, False),
    ({"birth_on": date(1946, 11, 22), "surveyed_healthy": True}, "R3", Tier.GENERAL, False),
    ({"disability_level": 2, "has_disability_card": True}, "R1b", Tier.FOCUS, False),
    ({"disability_level": 3, "surveyed_healthy": True}, "R3", Tier.GENERAL, False),
    ({"ability": assessed(Ability.COMPLETE)}, "R1c", Tier.FOCUS, False),
    ({"ability": assessed(Ability.SEVERE)}, "R1c", Tier.FOCUS, False),
    ({"mobility": Mobility.BEDRIDDEN}, "R1d", Tier.FOCUS, True),
    ({"circumstances": (Circumstance.DEMENTIA,)}, "R1e", Tier.FOCUS, False),
    ({"circumstances": SEVERE}, "R1f", Tier.FOCUS, True),
    ({"circumstances": SEVERE, "ability": assessed(Ability.MODERATE)}, "R1f", Tier.FOCUS, True),
    ({"ability": assessed(Ability.MODERATE)}, "R2a", Tier.SECONDARY, False),
    ({"ability": assessed(Ability.MODERATE), "disability_level": 2}, "R1b", Tier.FOCUS, False),
    ({"mobility": Mobility.LIMITED}, "R2b", Tier.SECONDARY, True),
    ({"circumstances": DEPENDENT}, "R1g", Tier.FOCUS, True),
    ({"circumstances": DEPENDENT, "ability": assessed(Ability.INTACT)}, "R1g", Tier.FOCUS, True),
    ({"circumstances": DEPENDENT, "ability": assessed(Ability.MILD)}, "R3", Tier.GENERAL, False),
    ({"circumstances": DEPENDENT, "mobility": Mobility.LIMITED}, "R2b", Tier.SECONDARY, True),
    ({"ability": assessed(Ability.MILD)}, "R3", Tier.GENERAL, False),
    ({"ability": assessed(Ability.INTACT)}, "R3", Tier.GENERAL, False),
    ({"surveyed_healthy": True}, "R3", Tier.GENERAL, False),
    ({"mobility": Mobility.SELF_CARING, "health": Health.CHRONIC_STABLE}, "R3", Tier.GENERAL, False),
    ({"mobility": Mobility.SELF_CARING}, "R4", Tier.SECONDARY, True),
    ({}, "R4", Tier.SECONDARY, True),
]


@pytest.mark.parametrize(("known", "rule", "tier", "presumptive"), TABLE)
def test_the_decision_table_of_zichuan(
    known: dict[str, object], rule: str, tier: Tier, *, presumptive: bool
) -> None:
    """Z-14 to Z-17: R1 to R4, the first match wins; a class taken for lack of a fact says so."""
    found = classify(elder(**known), ZICHUAN, TODAY)

    assert (rule_of(found), found.tier, found.presumptive) == (rule, tier, presumptive)
    assert bool(found.to_verify) == presumptive


def test_the_eightieth_birthday_changes_the_class_on_the_day() -> None:
    """Z-13: 79 years and 364 days, self-caring, is 一般; the next day is 重点."""
    healthy = elder(birth_on=date(1946, 11, 22), surveyed_healthy=True)

    assert classify(healthy, ZICHUAN, date(2026, 11, 21)).tier is Tier.GENERAL
    assert classify(healthy, ZICHUAN, date(2026, 11, 22)).tier is Tier.FOCUS


@pytest.mark.parametrize(
    ("birth_on", "day", "age"),
    [
        (date(1948, 2, 29), date(2027, 2, 28), 78),
        (date(1948, 2, 29), date(2027, 3, 1), 79),
        (date(1948, 2, 29), date(2028, 2, 29), 80),
        (date(1946, 11, 22), date(2026, 11, 21), 79),
        (date(1946, 11, 22), date(2026, 11, 22), 80),
    ],
)
def test_age_rises_on_the_birthday_and_on_1_march_for_29_february(
    birth_on: date, day: date, age: int
) -> None:
    assert age_on(birth_on, day) == age


@pytest.mark.parametrize(
    ("known", "task"),
    [
        ({"household_size": 2}, "circumstance_conflict"),
        ({"circumstances": DEPENDENT, "ability": assessed(Ability.INTACT)}, "assess_ability"),
        ({"circumstances": SEVERE, "disability_level": 3}, "disability_level"),
        ({"ability": assessed(Ability.MILD), "mobility": Mobility.BEDRIDDEN}, "assess_ability"),
        ({"ability": assessed(Ability.MILD, date(2024, 11, 1))}, "assess_ability"),
    ],
)
def test_facts_that_contradict_or_have_grown_old_call_for_a_check(
    known: dict[str, object], task: str
) -> None:
    """Z-01: a conflict never drops an elder from the roster; somebody has to look."""
    assert task in classify(elder(**known), ZICHUAN, TODAY).to_verify


def test_an_assessment_wins_over_what_is_seen_until_it_is_repeated() -> None:
    found = classify(elder(ability=assessed(Ability.MILD), mobility=Mobility.BEDRIDDEN), ZICHUAN, TODAY)

    assert (found.tier, found.presumptive) == (Tier.GENERAL, False)


@pytest.mark.parametrize(
    ("known", "task"),
    [
        ({"birth_on": date(1966, 11, 22)}, "eligibility"),
        ({"circumstances": ()}, "circumstance"),
    ],
)
def test_who_cannot_be_classified_yet_has_a_named_thing_to_verify(
    known: dict[str, object], task: str
) -> None:
    found = classify(elder(**known), ZICHUAN, TODAY)

    assert (found.tier, found.groups) == (None, ())
    assert task in found.to_verify
    assert found.reasons


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"ability": assessed(Ability.SEVERE)}, (Tier.FOCUS, False)),
        ({"disability_level": 2}, (Tier.FOCUS, False)),
        ({"mobility": Mobility.BEDRIDDEN}, (Tier.FOCUS, True)),
        ({"ability": assessed(Ability.MODERATE)}, (Tier.SECONDARY, False)),
        ({"ability": assessed(Ability.MILD)}, (Tier.SECONDARY, True)),
        ({"surveyed_healthy": True}, (Tier.SECONDARY, True)),
        ({}, (Tier.SECONDARY, True)),
    ],
)
def test_whose_birth_date_nobody_knows_is_classed_by_the_rest_and_never_lowest(
    known: dict[str, object], found: tuple[Tier, bool]
) -> None:
    """Rows without an ID number: 重度失能 was in no class, and visited by the month."""
    proposal = classify(elder(birth_on=None, **known), ZICHUAN, TODAY)

    assert (proposal.tier, proposal.presumptive) == found
    assert "birth_date" in proposal.to_verify


def test_focus_care_does_not_wait_for_a_birth_date() -> None:
    in_company = {"circumstances": (Circumstance.ELDERS_ONLY_HOUSEHOLD,)}
    found = classify(elder(birth_on=None, mobility=Mobility.BEDRIDDEN, **in_company), JIANGPU, TODAY)

    assert (found.groups, found.to_verify) == (("focus_care",), ("birth_date",))


def test_sixty_is_old_enough() -> None:
    assert classify(elder(birth_on=date(1966, 11, 21)), ZICHUAN, TODAY).tier is not None


def test_each_reason_names_its_clause_and_the_facts_behind_it() -> None:
    reason = classify(elder(birth_on=date(1940, 1, 1)), ZICHUAN, TODAY).reasons[0]

    assert reason.source == "S2:L60"
    assert dict(reason.params)["age"] == "86"


@pytest.mark.parametrize(
    ("known", "ground"),
    [
        ({"circumstances": DEPENDENT}, "G1_care_dependent"),
        ({"care_level": 2}, "G1_care_level"),
        ({"mobility": Mobility.BEDRIDDEN}, "G1_bedridden"),
        ({"health": Health.SERIOUSLY_ILL}, "G2_seriously_ill"),
        ({"disability_level": 2}, "G3_severe_disability"),
        ({"birth_on": date(1946, 11, 21)}, "G4_old_and_alone"),
        ({"birth_on": None}, "G4_alone_of_unknown_age"),
        ({"circumstances": (Circumstance.SPECIAL_FAMILY_PLANNING,)}, "G5_family_planning"),
    ],
)
def test_the_grounds_of_jiangpus_focus_care(known: dict[str, object], ground: str) -> None:
    """J-16: 失能、重病、重残、高龄独居、计划生育特殊家庭."""
    found = classify(elder(**known), JIANGPU, TODAY)

    assert found.groups == ("focus_care",)
    assert [reason.code for reason in found.reasons if reason.code != "birth_unknown"] == [ground]


def test_an_elder_below_every_ground_is_in_no_group_and_has_no_tier() -> None:
    almost = elder(birth_on=date(1946, 11, 22), care_level=1, disability_level=3)

    assert classify(almost, JIANGPU, TODAY) == Classification(
        tier=None, groups=(), reasons=(), presumptive=False, to_verify=()
    )


ABILITIES = st.none() | st.builds(
    AssessedAbility,
    level=st.sampled_from(Ability),
    assessed_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
)
ELDERS = st.builds(
    ElderFacts,
    birth_on=st.none() | st.dates(date(1910, 1, 1), date(1970, 1, 1)),
    circumstances=st.lists(st.sampled_from(Circumstance), max_size=3, unique=True).map(tuple),
    disability_level=st.none() | st.integers(1, 4),
    has_disability_card=st.booleans(),
    ability=ABILITIES,
    care_level=st.none() | st.integers(1, 6),
    mobility=st.none() | st.sampled_from(Mobility),
    health=st.none() | st.sampled_from(Health),
    surveyed_healthy=st.booleans(),
    hardships=st.lists(st.sampled_from(Hardship), max_size=1).map(tuple),
    household_size=st.none() | st.integers(1, 5),
)


@given(facts=ELDERS)
def test_every_elder_has_a_tier_or_a_named_thing_to_verify(facts: ElderFacts) -> None:
    found = classify(facts, ZICHUAN, TODAY)

    assert found.tier is not None or found.to_verify
    assert not found.presumptive or found.to_verify
    assert found == classify(facts, ZICHUAN, TODAY)


@given(facts=ELDERS)
def test_a_class_without_its_reasons_is_the_class_with_them(facts: ElderFacts) -> None:
    for rules in (ZICHUAN, JIANGPU):
        found = classify(facts, rules, TODAY)

        assert classed(facts, rules, TODAY) == Subject(
            facts=facts, on=TODAY, tier=found.tier, groups=found.groups
        )


@given(facts=ELDERS, level=st.sampled_from([1, 2]))
def test_a_heavier_disability_never_lowers_the_tier(facts: ElderFacts, level: int) -> None:
    heavier = replace(facts, disability_level=level)

    assert RANK[tier_of(facts)] <= RANK[tier_of(heavier)]


@given(facts=ELDERS, pair=st.lists(st.sampled_from(list(Ability)), min_size=2, max_size=2))
def test_a_heavier_assessment_never_lowers_the_tier(facts: ElderFacts, pair: list[Ability]) -> None:
    """Where no tag contradicts it: 失能 against 能力完好 is a case to verify, and stands high until then."""
    lighter, heavier = sorted(pair, key=list(Ability).index)
    plain = replace(facts, circumstances=tuple(set(facts.circumstances) - {Circumstance.CARE_DEPENDENT}))
    before = tier_of(replace(plain, ability=AssessedAbility(level=lighter)))
    after = tier_of(replace(plain, ability=AssessedAbility(level=heavier)))

    assert RANK[before] <= RANK[after]


@given(facts=ELDERS)
def test_growing_older_never_lowers_the_tier(facts: ElderFacts) -> None:
    if facts.birth_on is None or age_on(facts.birth_on, TODAY) >= 100:
        return
    older = replace(facts, birth_on=facts.birth_on.replace(year=facts.birth_on.year - 1, day=1))

    assert RANK[tier_of(facts)] <= RANK[tier_of(older)]


def tier_of(facts: ElderFacts) -> Tier | None:
    return classify(facts, ZICHUAN, TODAY).tier
