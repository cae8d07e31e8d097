"""Where the kind asks it, the elder's own word confirms the outcome; "not solved" begins the work anew."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shared.contracts.access import Role
from shared.domain.errors import Invalid
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import ClockName
from tests.inbox.conftest import Perform
from tests.inbox.forms import form_address
from tests.inbox.town import NOW, Town

LATE = NOW + timedelta(days=6)


def test_who_asked_confirms_with_what_the_elder_says(town: Town, done: Perform) -> None:
    """Issue 4: confirm by the referring side, or by the elder's feedback where the kind asks it."""
    referral_id = town.offered(uuid4().hex, kind="meal_and_cleaning")
    town.joins("kitchen", "何炊", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    done("kitchen", Move.ACCEPT, referral_id)
    town.clock.at = LATE
    town.judge.pass_time(referral_id, LATE)
    done("kitchen", Move.COMPLETE, referral_id, code="service_started")
    late = town.judge.states[referral_id].breaches
    page = f"/department/inbox/{referral_id}"
    browser = town.browser("visitor")

    with pytest.raises(Invalid, match="feedback_needed"):
        done("visitor", Move.CONFIRM, referral_id)
    done("visitor", Move.SEND_BACK, referral_id, code="not_solved", text="老人说饭没送到")
    again = town.judge.states[referral_id]
    clock = again.clock(ClockName.COMPLETE)
    assert (again.status, again.breaches, clock and clock.started_at) == (Status.ACCEPTED, late, LATE)
    assert late

    done("kitchen", Move.COMPLETE, referral_id, code="service_started")
    opened = browser.get(page)
    assert "老人怎么说" in opened.text
    answer = {"feedback": "elder_solved", "text": "打电话问过"}
    browser.post(form_address(opened, f"{referral_id}/confirm"), answer, on=page)
    assert town.judge.states[referral_id].status is Status.CLOSED
    assert "确认办结：老人说已解决" in browser.get(page).text


def test_other_work_is_confirmed_in_one_tap(town: Town, done: Perform) -> None:
    referral_id = town.offered(uuid4().hex)
    done("lawyer", Move.ACCEPT, referral_id)
    done("lawyer", Move.COMPLETE, referral_id, code="advised")

    assert done("visitor", Move.CONFIRM, referral_id).status is Status.CLOSED
