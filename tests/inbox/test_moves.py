"""Moves: who may make them, what is stored with them, and what a repetition does."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared.contracts.access import Role
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.referral.moves import Move, Status
from shared.inbox.acts import SeenIsOld
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.platform.logins import Login
from shared.process.openings import policy_at
from shared.temporal.errors import OutcomeUnknown, ProcessAway
from tests.inbox.conftest import Perform
from tests.inbox.town import CITY, HEALTH, JUSTICE, NOW, PLACE, SERVICE_OFFICE, Town


def notes_of(town: Town, referral_id: UUID) -> int:
    with town.database(Login.OWNER).engine.connect() as owner:
        found = text("SELECT count(*) FROM referral_file.note WHERE referral_id = :referral_id")
        return int(owner.execute(found, {"referral_id": referral_id}).scalar_one())


def test_whoever_claims_second_learns_who_was_first_and_when(town: Town, done: Perform) -> None:
    referral_id = town.offered("claim")
    done("lawyer", Move.ACCEPT, referral_id)

    with pytest.raises(Conflict) as refused:
        done("second", Move.ACCEPT, referral_id)

    assert refused.value.code == "taken_already"
    assert refused.value.params["holder_id"] == town.people["lawyer"].account_id
    assert refused.value.params["held_since"] == NOW


def test_the_whole_way_from_claim_to_confirmation(town: Town, done: Perform) -> None:
    """认领 → 办理中 → 待确认 → 不认可，退回重办 → 待确认 → 已办结."""
    referral_id = town.offered("whole")

    assert done("lawyer", Move.ACCEPT, referral_id).status is Status.ACCEPTED
    assert done("lawyer", Move.COMPLETE, referral_id, code="advised").status is Status.COMPLETED
    assert done("visitor", Move.SEND_BACK, referral_id, code="not_solved").status is Status.ACCEPTED
    assert done("lawyer", Move.COMPLETE, referral_id, code="advised_at_home").status is Status.COMPLETED
    assert done("visitor", Move.CONFIRM, referral_id).status is Status.CLOSED


def test_an_officer_of_another_unit_finds_nothing(town: Town, done: Perform) -> None:
    referral_id = town.offered("stranger")

    with pytest.raises(NotFound):
        done("doctor", Move.ACCEPT, referral_id)
    assert town.judge.states[referral_id].holder_id is None


def test_whoever_has_left_the_unit_acts_for_it_no_more(town: Town, done: Perform) -> None:
    """Live membership decides, for the holder too."""
    referral_id = town.offered("left")
    town.joins("leaver", "孙丽", Role.OFFICER, unit=JUSTICE)
    done("leaver", Move.ACCEPT, referral_id)
    town.joins("leaver", "孙丽", Role.OFFICER, unit=HEALTH)

    with pytest.raises(NotFound):
        done("leaver", Move.COMPLETE, referral_id, code="advised")


def test_a_role_that_may_not_make_the_move_is_refused_before_anything_is_read(
    town: Town, done: Perform
) -> None:
    referral_id = town.offered("role")

    with pytest.raises(Forbidden):
        done("visitor", Move.ACCEPT, referral_id)
    with pytest.raises(Forbidden):
        done("lawyer", Move.APPOINT, referral_id, code=HEALTH)


def test_a_coordinator_of_the_territory_who_is_no_party_looks_on(town: Town, done: Perform) -> None:
    referral_id = town.offered("looking-on")
    town.joins("watcher", "郑强", Role.COORDINATOR, unit=CITY, areas=("310110008",))

    with pytest.raises(Forbidden) as refused:
        done("watcher", Move.INSTRUCT, referral_id, text="请尽快")
    assert refused.value.code == "not_of_a_party"


def test_words_are_stored_before_the_move_and_stay_unseen_if_it_is_refused(town: Town, done: Perform) -> None:
    """Only the ledger names a note: what was refused is in the file and on no page."""
    referral_id = town.offered("words")
    done("lawyer", Move.ACCEPT, referral_id)

    with pytest.raises(Conflict):
        done("second", Move.ACCEPT, referral_id, text="我来办")

    assert notes_of(town, referral_id) == 1
    assert len(town.judge.states[referral_id].breaches) == 0


def test_the_same_key_stores_one_note_asks_once_and_answers_the_same(town: Town, done: Perform) -> None:
    referral_id, key = town.offered("twice"), uuid4().hex
    asked = len(town.judge.asked)

    answers = [
        done("lawyer", Move.NOTE, referral_id, key=key, text="已联系"),
        done("lawyer", Move.NOTE, referral_id, key=key, text="已联系"),
    ]

    assert answers[0] == answers[1]
    assert notes_of(town, referral_id) == 1
    assert len(town.judge.asked) == asked + 1


def test_the_same_key_with_other_words_is_refused(town: Town, done: Perform) -> None:
    referral_id, key = town.offered("mismatch"), uuid4().hex
    done("lawyer", Move.NOTE, referral_id, key=key, text="已联系")

    with pytest.raises(IdempotencyMismatchError):
        done("lawyer", Move.NOTE, referral_id, key=key, text="没有联系上")


def test_the_key_of_one_person_never_answers_another(town: Town, done: Perform) -> None:
    referral_id, key = town.offered("shared-key"), uuid4().hex
    done("lawyer", Move.ACCEPT, referral_id, key=key)

    with pytest.raises(Conflict):
        done("second", Move.ACCEPT, referral_id, key=key)


def test_after_no_answer_the_same_key_asks_again(town: Town, done: Perform) -> None:
    """504: the outcome is unknown, and the note must not be doubled by asking again."""
    referral_id, key = town.offered("away"), uuid4().hex
    town.judge.is_away = True
    with pytest.raises(ProcessAway):
        done("lawyer", Move.NOTE, referral_id, key=key, text="已联系")
    town.judge.is_away = False

    done("lawyer", Move.NOTE, referral_id, key=key, text="已联系")

    assert notes_of(town, referral_id) == 1


def test_the_same_work_is_urged_again_only_after_a_while(town: Town, done: Perform) -> None:
    """催办 is counted and limited; whoever comes too soon learns who has urged and when."""
    referral_id, now = town.offered("urged"), town.clock.now()
    pause = timedelta(minutes=policy_at(town.book, PLACE, now).timing.urge_again_minutes)
    done("visitor", Move.URGE, referral_id, at=now)

    with pytest.raises(Conflict, match="urged_lately") as refused:
        done("coordinator", Move.URGE, referral_id, at=now + pause - timedelta(seconds=1))
    done("coordinator", Move.URGE, referral_id, at=now + pause)

    assert refused.value.params["holder_id"] == town.people["visitor"].account_id
    assert town.judge.states[referral_id].urged == 2


def test_an_urging_whose_answer_was_lost_is_not_refused_for_itself(town: Town, done: Perform) -> None:
    referral_id, key = town.offered("urged-away"), uuid4().hex
    town.judge.loses_answers = True
    with pytest.raises(OutcomeUnknown):
        done("visitor", Move.URGE, referral_id, key=key)
    town.judge.loses_answers = False

    done("visitor", Move.URGE, referral_id, key=key)

    assert town.judge.states[referral_id].urged == 1


def test_a_reason_that_the_kind_does_not_know_sends_nothing_back(town: Town, done: Perform) -> None:
    """退单原因 is one of the kind's own list, by the form and by the API."""
    referral_id = town.offered("any-reason")

    with pytest.raises(Invalid, match="unknown_reason"):
        done("lawyer", Move.DECLINE, referral_id, code="no_desire")

    assert town.judge.states[referral_id].status is Status.OFFERED


def test_a_double_tap_on_decline_is_answered_like_the_first(town: Town, done: Perform) -> None:
    """The unit is no party any more by then; its person must not be told that nothing was ever there."""
    referral_id, key = town.offered("declined", kind="home_repair"), uuid4().hex
    town.joins("builder", "吴工", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)

    first = done("builder", Move.DECLINE, referral_id, key=key, code="no_capacity")

    assert done("builder", Move.DECLINE, referral_id, key=key, code="no_capacity") == first


def test_a_decline_whose_answer_was_lost_is_answered_when_asked_again(town: Town, done: Perform) -> None:
    """504, and it took effect: by then the unit is no party, and its person has a right to the answer."""
    referral_id, key = town.offered("lost", kind="home_repair"), uuid4().hex
    town.joins("builder", "吴工", Role.OFFICER, unit=town.judge.states[referral_id].unit_id)
    town.judge.loses_answers = True
    with pytest.raises(OutcomeUnknown):
        done("builder", Move.DECLINE, referral_id, key=key, code="no_capacity", text="人手不够")
    town.judge.loses_answers = False
    ruled = done("coordinator", Move.APPOINT, referral_id, code=SERVICE_OFFICE, text="请服务办牵头")

    again = done("builder", Move.DECLINE, referral_id, key=key, code="no_capacity", text="人手不够")

    assert (again.status, ruled.status) == (Status.TO_RULE, Status.OFFERED)
    assert notes_of(town, referral_id) == 2
    with pytest.raises(NotFound):
        done("builder", Move.DECLINE, referral_id, code="no_capacity", text="人手不够")


def test_where_policy_knows_no_other_unit_the_coordinator_names_one(town: Town, done: Perform) -> None:
    """指定承办单位: with the new unit's own clocks, and it cannot decline."""
    referral_id = town.offered("ruling")

    assert done("lawyer", Move.DECLINE, referral_id, code="not_our_duty").status is Status.TO_RULE
    ruled = done("coordinator", Move.APPOINT, referral_id, code=SERVICE_OFFICE, text="请服务办牵头")

    assert (ruled.status, ruled.unit_id) == (Status.OFFERED, SERVICE_OFFICE)
    assert ruled.accept_by is not None
    with pytest.raises(Conflict) as refused:
        done("coordinator", Move.DECLINE, referral_id, code="duplicate")
    assert refused.value.code == "appointed_cannot_decline"


def test_a_unit_that_does_not_exist_cannot_be_named(town: Town, done: Perform) -> None:
    referral_id = town.offered("nowhere")

    with pytest.raises(Invalid) as refused:
        done("coordinator", Move.APPOINT, referral_id, code="shanghai_jiangpu:nobody")
    assert refused.value.code == "unknown_receiving_unit"


@pytest.mark.parametrize("move", [Move.NOTE, Move.INSTRUCT])
def test_a_note_without_words_is_none(town: Town, done: Perform, move: Move) -> None:
    referral_id = town.offered(f"wordless-{move}")

    with pytest.raises(Invalid):
        done("coordinator", move, referral_id, text="  ")


def test_whoever_saw_an_older_state_is_told_so(town: Town, done: Perform) -> None:
    referral_id = town.offered("old")
    seen = town.judge.states[referral_id].seq
    done("second", Move.NOTE, referral_id, text="已联系")

    with pytest.raises(SeenIsOld):
        done("lawyer", Move.ACCEPT, referral_id, seen_seq=seen)
    assert done("lawyer", Move.ACCEPT, referral_id, seen_seq=seen + 1).status is Status.ACCEPTED
