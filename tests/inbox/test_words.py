"""Whatever code a process can write, people read words: outcomes, lines of the ledger, notices, refusals."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

import pytest

from services.care_register import messages as register
from services.care_register.handlers.alarms import STATE_CONFIRMED
from services.coordination import messages as coordination
from services.identity import messages as identity
from services.visits import messages as visits
from services.visits.handlers.alarms import RAISED, SEEN, VOUCHED
from shared.contracts.failures import ENDED
from shared.domain.referral import effects
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode
from shared.inbox import messages as inbox
from shared.inbox.names import Names
from shared.inbox.words import Words
from shared.platform.wording import Wording
from shared.policies.model import Policy
from shared.process.aftermath import BY_PEOPLE
from shared.process.chases import OUTCOMES
from shared.process.tables import ReferralLedger
from shared.web import messages as web
from tests.builders import a_referral, at
from tests.policies.plans import JIANGPU, ZICHUAN, plan

NOW = at("2026-11-18 10:00")
ROOT = Path(__file__).parents[2]
BY_FACT = {*OUTCOMES.values(), SEEN, VOUCHED, RAISED, STATE_CONFIRMED}
TOLD = {
    *("warning", "warning_vacant", "offered", "vacancy", "needs_ruling", "remind_accept", "remind_complete"),
    *("pause_over", "left_idle", "ruling_late", "told_ask_time", "confirm_instead"),
    *("told_reassign", "told_reassigned_away", "told_delegate"),
    *(f"do_{effect}" for effect in BY_PEOPLE),
}
REFUSING = {"Conflict", "Forbidden", "Invalid", "NotFound", "Problem", "Refusal", "Refused", "SeenIsOld"}
WORDINGS: Mapping[str, Mapping[str, Wording]] = {
    "services/care_register": {**register.WORDINGS, **web.WORDINGS},
    "services/coordination": {**coordination.WORDINGS, **inbox.WORDINGS, **web.WORDINGS},
    "services/identity": {**identity.WORDINGS, **web.WORDINGS},
    "services/visits": {**visits.WORDINGS, **web.WORDINGS},
    "shared/inbox": {**inbox.WORDINGS, **web.WORDINGS},
    "shared/domain/referral": {**inbox.WORDINGS, **web.WORDINGS},
    "shared/temporal": {**inbox.WORDINGS, **web.WORDINGS},
    "shared/web": web.WORDINGS,
    "workflows": {**inbox.WORDINGS, **web.WORDINGS},
}
NEVER_SHOWN = {"internal"}
"""A fault of ours: it leaves as 500, which has words of its own."""


@pytest.fixture(params=[JIANGPU, ZICHUAN])
def policy(request: pytest.FixtureRequest) -> Policy:
    return plan(request.param)


def test_every_outcome_that_a_person_or_a_fact_can_give_has_words(policy: Policy) -> None:
    by_hand = {outcome for kind in policy.kinds for outcome in kind.outcomes}

    assert (by_hand | BY_FACT) - set(policy.labels["outcomes"]) == set()


def test_every_reason_for_sending_back_has_words(policy: Policy) -> None:
    reasons = {reason for kind in policy.kinds for reason in kind.decline_reasons}

    assert reasons - set(policy.labels["decline_reasons"]) == set()


@pytest.mark.parametrize("code", [*LedgerCode, *Move])
def test_every_line_of_the_ledger_reads_as_words(policy: Policy, code: str) -> None:
    """A line without a detail is the hardest case: nothing of it may be left in English."""
    entry = ReferralLedger(referral_id=UUID(int=1), at=NOW, code=code, detail="", unit_id="", account_id=None)
    line = Words(policy=policy).line(entry, Names(accounts={}, units={}), text="", action="")

    assert line.what
    assert not re.search("[a-z_]{2,}", line.what)


def test_every_notice_that_a_process_can_send_has_a_text(policy: Policy) -> None:
    told = {row.code for move in Move for row in effects.told(a_referral(offered_at=NOW), move, NOW).tells}
    rungs = {rung.action for ladder in policy.ladders.values() for rung in ladder}

    assert (TOLD | told | rungs) - set(policy.labels["notices"]) == set()
    assert rungs - set(policy.labels["actions"]) == set()


@pytest.mark.parametrize("folder", WORDINGS)
def test_every_refusal_says_in_words_what_happened(folder: str) -> None:
    """Style §5, rule 36: codes are for programs, and each has its words."""
    raised = {code for file in sorted((ROOT / folder).rglob("*.py")) for code in _refusals(file)}

    assert raised - set(WORDINGS[folder]) - NEVER_SHOWN == set()


def test_what_has_ended_meanwhile_is_said_so() -> None:
    assert ENDED in inbox.WORDINGS


def _refusals(file: Path) -> Iterator[str]:
    """The codes with which a module refuses, as they are written there."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING:
            given = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "code")]
            yield from (
                each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
