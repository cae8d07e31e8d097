"""What the end of a piece of work sets going: written with its rows, once, by the policy's word."""

from dataclasses import replace
from uuid import UUID, uuid4, uuid5

import pytest

from shared.contracts import names
from shared.contracts.activities import OWNERS
from shared.contracts.referral import PendingReferralRows, ReferralProjection
from shared.domain.kinds import Effect, Join
from shared.domain.referral import referral
from shared.domain.referral.commands import Complete, SupportTerms
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import ReferralState
from shared.process.aftermath import BY_PEOPLE
from shared.process.writing import ProcessRows
from tests.builders import a_kind, a_move, a_referral, an_officer
from tests.process.conftest import BUREAU, JUSTICE, PLACE, TUESDAY, VILLAGE, VILLAGE_AREA, Village


def held(kind: str, outcomes: tuple[str, ...], **changes: object) -> ReferralState:
    """Work of the kind about an elder, held by an officer of the justice bureau."""
    spec = replace(a_kind(coordinator_unit_id=BUREAU), code=kind, outcomes=outcomes)
    state = a_referral(offered_at=TUESDAY, kind=spec, jurisdiction_id=PLACE, area_code=VILLAGE_AREA)
    state = replace(state, unit_id=JUSTICE, requesting_unit_id=VILLAGE, subject_id=uuid4(), **changes)
    begun = referral.begin(state, TUESDAY).state
    return referral.make(begun, a_move(Move.ACCEPT, an_officer(JUSTICE), TUESDAY), TUESDAY).state


def completed(state: ReferralState, outcome: str) -> ReferralDecision:
    assert state.holder_id is not None
    actor = an_officer(JUSTICE, state.holder_id)
    command = Complete(request_id="done", actor=actor, acted_at=TUESDAY, outcome=outcome)
    return referral.complete(state, command, TUESDAY)


def projected(decision: ReferralDecision) -> ReferralProjection:
    state = decision.state
    batch = PendingReferralRows(seq=state.seq, task_at=TUESDAY, rows=decision.rows, due=decision.due)
    return ReferralProjection(standing=standing_of(state), batches=(batch,))


def effect_id(state: ReferralState, effect: Effect) -> UUID:
    return uuid5(state.referral_id, effect)


@pytest.mark.parametrize(("outcome", "state"), [("moved_away", "presumed_moved"), ("died", "presumed_dead")])
def test_a_stated_move_or_death_is_carried_to_the_register_once(
    village: Village, writer: ProcessRows, outcome: str, state: str
) -> None:
    """Issue 4: what completion does is data."""
    done = completed(held("population_change", ("moved_away", "died")), outcome)

    writer.write_referral(projected(done))
    writer.write_referral(projected(done))

    [sent] = village.sent(names.aftermath_id(effect_id(done.state, Effect.RECORD_STATE)))
    assert (sent.verb, sent.name) == ("start", names.AFTERMATH)
    assert sent.payload["state"] == state
    assert sent.payload["enrolment_id"] == str(done.state.subject_id)
    assert sent.payload["account_id"] == str(done.state.holder_id)


def test_nothing_follows_before_the_side_that_asked_has_confirmed(
    village: Village, writer: ProcessRows
) -> None:
    waiting = held("legal_consultation", ("forward_to_legal_aid",))
    waiting = replace(waiting, kind=replace(waiting.kind, needs_confirmation=True))
    done = completed(waiting, "forward_to_legal_aid")
    next_one = names.referral_id(uuid5(done.state.referral_id, Effect.OPEN_NEXT))

    writer.write_referral(projected(done))
    assert village.sent(next_one) == []
    confirm = a_move(Move.CONFIRM, an_officer(VILLAGE), TUESDAY)
    writer.write_referral(projected(referral.make(done.state, confirm, TUESDAY)))

    [sent] = village.sent(next_one)
    assert sent.name == names.REFERRAL
    assert sent.payload["state"]["kind"]["code"] == "legal_aid_forwarding"
    assert sent.payload["state"]["origin_id"] == str(done.state.referral_id)
    assert sent.payload["state"]["requesting_unit_id"] == VILLAGE


def test_what_only_a_person_can_do_is_told_once_to_the_side_that_asked(
    village: Village, writer: ProcessRows
) -> None:
    """回告: the outcome is told to the elder by people; the system tells them to."""
    cadre = village.joins(VILLAGE)
    done = completed(held("legal_consultation", ("advised",)), "advised")

    writer.write_referral(projected(done))
    writer.write_referral(projected(done))

    told = village.read(
        "SELECT account_id FROM notices.notice WHERE referral_id = :id AND code = 'do_tell_elder'",
        id=done.state.referral_id,
    )
    assert [row.account_id for row in told] == [cadre]


@pytest.mark.parametrize(
    ("kind", "outcome", "effect"),
    [
        ("legal_consultation", "advised", Effect.MEET_NEED),
        ("legal_consultation", "elder_no_longer_wishes", Effect.ASK_AGAIN_LATER),
        ("home_repair", "repaired", Effect.CLOSE_HAZARD),
        ("welfare_check", "seen_in_person", Effect.RECORD_CONTACT),
    ],
)
def test_what_became_of_a_need_or_of_an_elder_is_carried_to_visits(
    village: Village, writer: ProcessRows, kind: str, outcome: str, effect: Effect
) -> None:
    """Issue 4: 本人不同意 keeps the need as 暂不需要 and asks again; whom the police saw was seen."""
    done = completed(held(kind, (outcome,)), outcome)

    writer.write_referral(projected(done))

    [sent] = village.sent(names.aftermath_id(effect_id(done.state, effect)))
    assert (sent.payload["effect"], sent.payload["kind"]) == (effect, kind)
    assert sent.payload["referral_id"] == str(done.state.referral_id)
    assert (sent.payload["seen"] is None) is (effect is not Effect.RECORD_CONTACT)


def test_the_level_of_an_assessment_goes_to_the_register_once_the_side_that_asked_has_confirmed_it(
    village: Village, writer: ProcessRows
) -> None:
    waiting = held("ability_assessment", ("assessed",))
    waiting = replace(waiting, kind=replace(waiting.kind, needs_confirmation=True))
    actor = an_officer(JUSTICE, waiting.holder_id)
    found = Complete(request_id="done", actor=actor, acted_at=TUESDAY, outcome="assessed", level="severe")
    done = referral.complete(waiting, found, TUESDAY).state
    again = referral.make(
        done, a_move(Move.SEND_BACK, an_officer(VILLAGE), TUESDAY, reason="not_solved"), TUESDAY
    ).state
    confirmed = referral.make(done, a_move(Move.CONFIRM, an_officer(VILLAGE), TUESDAY), TUESDAY)

    writer.write_referral(projected(confirmed))

    [sent] = village.sent(names.aftermath_id(effect_id(done, Effect.RECORD_ABILITY)))
    assert (sent.payload["scale"], sent.payload["level"]) == ("GB/T 42195-2022", "severe")
    assert again.level == ""


def test_every_effect_is_somebodys() -> None:
    """A service carries it out, it opens the next work, or a person is told; nothing is decoration."""
    ours = {*OWNERS, *BY_PEOPLE, Effect.OPEN_NEXT}

    assert ours == set(Effect)
    assert len(OWNERS) + len(BY_PEOPLE) + 1 == len(Effect)


def test_work_about_nobody_changes_no_register(village: Village, writer: ProcessRows) -> None:
    done = completed(replace(held("population_change", ("died",)), subject_id=None), "died")

    writer.write_referral(projected(done))

    assert village.sent(names.aftermath_id(effect_id(done.state, Effect.RECORD_STATE))) == []


def test_a_supporting_unit_gets_a_referral_of_its_own_once(village: Village, writer: ProcessRows) -> None:
    """主办、协办: its own clocks, no confirmation of its own, and the lead is named."""
    lead = held("legal_consultation", ("advised",))
    support = SupportTerms(referral_id=uuid4(), unit_id=BUREAU, join=Join.ALL)
    officer = an_officer(JUSTICE, lead.holder_id)
    asked = referral.make(lead, a_move(Move.ASK_SUPPORT, officer, TUESDAY, support=support), TUESDAY)

    writer.write_referral(projected(asked))
    writer.write_referral(projected(asked))

    [sent] = village.sent(names.referral_id(support.referral_id))
    state = sent.payload["state"]
    assert (state["lead_id"], state["unit_id"]) == (str(lead.referral_id), BUREAU)
    assert (state["requesting_unit_id"], state["kind"]["needs_confirmation"]) == (JUSTICE, False)


def test_who_supports_a_mandatory_report_states_a_share_of_it_and_reports_nothing(
    village: Village, writer: ProcessRows
) -> None:
    """强制报告: the report, with 报警时间 and 接警人, is the lead's alone."""
    lead = held("mandatory_report", ("reported_to_police",))
    support = SupportTerms(referral_id=uuid4(), unit_id=BUREAU, join=Join.LEAD)
    officer = an_officer(JUSTICE, lead.holder_id)
    asked = referral.make(lead, a_move(Move.ASK_SUPPORT, officer, TUESDAY, support=support), TUESDAY)

    writer.write_referral(projected(asked))

    [sent] = village.sent(names.referral_id(support.referral_id))
    assert sent.payload["state"]["kind"]["outcomes"] == ["support_given"]


def test_lead_and_support_learn_of_each_others_end(village: Village, writer: ProcessRows) -> None:
    lead_id = uuid4()
    supporter = held("legal_consultation", ("advised",), lead_id=lead_id)
    done = completed(supporter, "advised")

    writer.write_referral(projected(done))

    [told] = village.sent(names.referral_id(lead_id))
    assert (told.name, told.payload["move"], told.payload["fact_id"]) == (
        "follow",
        "join",
        str(supporter.referral_id),
    )
