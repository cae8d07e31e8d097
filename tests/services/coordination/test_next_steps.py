"""「接下来」 reads in the order of time; the chase that runs already stands apart, and first."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.coordination.next_steps import Ahead, Speaker, next_in_words
from shared.domain.codes import StateKind
from shared.inbox.names import Names
from shared.policies.book import own_book
from shared.process.tables import Referral, VisitCycle
from tests.builders import at

CHASE, HOLDER = UUID(int=1), UUID(int=2)
SUNDAY_NIGHT = at("2026-11-23 00:00")
CLOSES = {"at": SUNDAY_NIGHT.isoformat(), "code": "close", "obligation": "weekly_visit", "missing": 1}


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    policy = own_book().in_force("zibo_zichuan", date(2026, 11, 21))
    return Speaker(policy=policy, names=Names(accounts={}, units={}))


def ahead(speaker: Speaker, **chase: Any) -> Ahead:
    cycle = VisitCycle(next_steps=[CLOSES], chase_referral_id=CHASE if chase else None)
    referrals = [Referral(**{"referral_id": CHASE, "rung": 2, "holder_id": None, **chase})] if chase else []
    return next_in_words(cycle, referrals, speaker)


@pytest.mark.parametrize(("hours", "position"), [(-10, 0), (30, 1)])
def test_the_next_rung_stands_where_its_time_puts_it(speaker: Speaker, hours: int, position: int) -> None:
    found = ahead(speaker, next_wake_at=SUNDAY_NIGHT + timedelta(hours=hours))

    assert found.running.startswith("正在追访，已到第2级")
    assert ["追访提到下一级" in step for step in found.steps].index(True) == position
    assert len(found.steps) == 2


def test_a_chase_that_somebody_holds_climbs_no_further(speaker: Speaker) -> None:
    found = ahead(speaker, next_wake_at=SUNDAY_NIGHT, holder_id=HOLDER)

    assert found.running != ""
    assert len(found.steps) == 1


def test_while_a_state_lasts_nobody_is_reminded_and_nothing_is_threatened(speaker: Speaker) -> None:
    """In hospital: what is not met is not chased (domain §0.2-3)."""
    warns = {**CLOSES, "code": "warn", "at": (SUNDAY_NIGHT - timedelta(days=2)).isoformat()}
    cycle = VisitCycle(next_steps=[warns, CLOSES], quiet_because=StateKind.IN_HOSPITAL)

    assert next_in_words(cycle, [], speaker).steps == (
        "11月22日（周日）24:00 截止：重点人群每周探访还差1次；届时仍为“住院”的不追访，调整后的达标率不计",
    )


def test_without_a_chase_nothing_runs(speaker: Speaker) -> None:
    found = ahead(speaker)

    assert found.running == ""
    assert found.steps == (
        "11月22日（周日）24:00 截止：重点人群每周探访还差1次，届时未完成即为未达标并开始追访",
    )
