"""What must be in PostgreSQL once a ladder has been climbed, whatever was killed on the way."""

from typing import Any

from shared.domain.referral.state import ClockName, ReferralState
from tests.process.conftest import Village

CLIMBED = "SELECT clock, number FROM process.rung WHERE referral_id = :id"
LINES = "SELECT detail FROM process.referral_ledger WHERE referral_id = :id AND code = 'climbed'"
TOLD = "SELECT code, account_id, created_at FROM notices.notice WHERE referral_id = :id"


def assert_each_rung_once(village: Village, state: ReferralState) -> None:
    """Every rung of its ladders was climbed, written down and told, and none of that twice."""

    def rows(statement: str) -> list[Any]:
        return [tuple(row) for row in village.read(statement, id=state.referral_id)]

    expected = {
        (name, rung.number)
        for name in (ClockName.ACCEPT, ClockName.COMPLETE)
        if (rule := state.rule(name)).limit is not None
        for rung in rule.ladder
    }
    assert set(rows(CLIMBED)) == expected
    assert sorted(rows(LINES)) == sorted((f"{clock}/{number}",) for clock, number in expected)
    assert len(rows(TOLD)) == len(set(rows(TOLD)))
