"""An assessment ends with the level that it found: the register follows, so it cannot be left out."""

import re
from uuid import uuid4

import pytest

from shared.contracts.access import Role
from shared.domain.errors import Invalid
from shared.domain.referral.moves import Move, Status
from tests.inbox.conftest import Perform
from tests.inbox.forms import form_address
from tests.inbox.town import Town


def test_a_draft_of_an_assessment_keeps_the_level_that_was_chosen(town: Town, done: Perform) -> None:
    """The outcome and the words came back, the level did not: whoever went on noticed too late, or not."""
    referral_id = town.offered(uuid4().hex, kind="ability_assessment")
    town.joins("assessor", "何评", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    done("assessor", Move.ACCEPT, referral_id)
    page, browser = f"/department/inbox/{referral_id}", town.browser("assessor")
    begun = {"outcome": "assessed", "level": "severe", "text": "已上门"}
    browser.post(f"{page}/draft", begun, on=page)

    kept = browser.get(page).text
    done("assessor", Move.RELEASE, referral_id)
    released = browser.get(page).text

    assert '<option value="severe" selected>' in kept
    assert "已评估：重度失能" in re.sub(r"\s+", "", released)


def test_who_has_assessed_says_which_level_and_others_say_none(town: Town, done: Perform) -> None:
    """Issue 4: a new ability level proposes a new tier."""
    referral_id = town.offered(uuid4().hex, kind="ability_assessment")
    town.joins("assessor", "何评", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    who = "assessor"
    done(who, Move.ACCEPT, referral_id)
    page = f"/department/inbox/{referral_id}"
    browser = town.browser(who)

    for code, level in (("assessed", ""), ("assessed", "6"), ("not_found", "mild")):
        with pytest.raises(Invalid, match="level_needed"):
            done(who, Move.COMPLETE, referral_id, code=code, level=level)
    opened = browser.get(page)
    address = form_address(opened, f"{referral_id}/complete")
    refused = browser.post(address, {"outcome": "assessed", "text": "已上门"}, on=page)
    assert "请选择评估等级" in refused.text
    assert "重度失能" in opened.text
    browser.post(
        form_address(refused, f"{referral_id}/complete"), {"outcome": "assessed", "level": "severe"}, on=page
    )

    state = town.judge.states[referral_id]
    assert (state.status, state.outcome, state.level) == (Status.COMPLETED, "assessed", "severe")
