"""Whom a running clock tells, and what it writes: reminders, the breach, rungs, vacancies, pauses."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import Urgency
from shared.domain.kinds import ClockRule
from shared.domain.plan import Recipient
from shared.domain.referral import referral
from shared.domain.referral.clocks import members
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode, ReferralRows, RungRow, TellRow
from shared.domain.referral.state import Breach, ClockName
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    a_followed_fact,
    a_kind,
    a_move,
    a_rung,
    an_officer,
    at,
    minutes,
)
from tests.domain.referrals import ACCEPT_BY, OFFERED, offered

OFFICER = an_officer()
LATER = OFFERED + timedelta(minutes=30)


def told(decision: referral.ReferralDecision) -> list[tuple[str, str, Recipient]]:
    return [(row.key, row.code, row.recipient) for row in decision.rows.tells]


def test_reminders_the_breach_and_the_rungs_are_told_with_key_place_and_hour() -> None:
    """Four working hours from 09:00: reminded at half and four fifths, breached at 15:00, climbed at once."""
    state, rows = offered(), ReferralRows()
    for moment in (at("2026-11-17 11:00"), at("2026-11-17 14:12"), ACCEPT_BY):
        decision = referral.tick(state, moment)
        state, rows = decision.state, rows + decision.rows
    ledger = [(row.at, row.code, row.unit_id, row.detail) for row in rows.ledger]

    assert ledger == [
        (at("2026-11-17 11:00"), LedgerCode.REMINDED, "", "accept/50"),
        (at("2026-11-17 14:12"), LedgerCode.REMINDED, "", "accept/80"),
        (ACCEPT_BY, LedgerCode.BREACHED, JUSTICE, "accept"),
        (ACCEPT_BY, LedgerCode.CLIMBED, a_rung(1, minutes(0)).recipient.unit_id, "accept/1"),
    ]
    assert [(row.key, row.code) for row in rows.tells] == [
        ("remind/accept/1/50", "remind_accept"),
        ("remind/accept/1/80", "remind_accept"),
        ("rung/accept/1/1", a_rung(1, minutes(0)).action),
    ]
    rung = a_rung(1, minutes(0))
    assert rows.rungs == (
        RungRow(
            clock=ClockName.ACCEPT,
            turn=1,
            number=1,
            due_at=ACCEPT_BY,
            action=rung.action,
            recipient=rung.recipient,
            is_sent=True,
        ),
    )
    assert state.breaches == (Breach(clock=ClockName.ACCEPT, turn=1, limit_at=ACCEPT_BY, unit_id=JUSTICE),)


def test_a_rung_that_was_overtaken_is_written_and_not_sent() -> None:
    overtaken = offered().kind.overtaken_minutes
    in_time = referral.tick(offered(), ACCEPT_BY + timedelta(minutes=overtaken))
    too_late = referral.tick(offered(), ACCEPT_BY + timedelta(minutes=overtaken, seconds=1))

    assert [row.is_sent for row in in_time.rows.rungs] == [True]
    assert [row.is_sent for row in too_late.rows.rungs] == [False]
    assert told(too_late) == []


def test_a_notice_of_urgent_work_goes_at_any_hour_and_says_so() -> None:
    urgent = referral.begin(
        replace(offered(), kind=a_kind(urgency=Urgency.URGENT), clocks=(), turns=0), at("2026-11-17 23:00")
    )
    [row] = urgent.rows.tells
    assert row == TellRow(
        key="offered/0",
        code="offered",
        recipient=members(JUSTICE),
        at=OFFERED,
        not_before=OFFERED,
        urgency=Urgency.URGENT,
    )


def test_a_vacant_rung_alarms_the_coordinator_and_hurries_the_next() -> None:
    passed = referral.tick(offered(), ACCEPT_BY).state
    decision = referral.vacant(passed, clock=ClockName.ACCEPT, number=1, now=ACCEPT_BY)

    alarm, climbed = decision.rows.ledger
    assert (alarm.at, alarm.code, alarm.detail) == (ACCEPT_BY, LedgerCode.VACANT, "accept/1")
    assert climbed.detail == "accept/2"
    assert told(decision)[0] == ("vacant/accept/1", "vacancy", members(COORDINATORS))
    at_top = referral.vacant(decision.state, clock=ClockName.ACCEPT, number=2, now=ACCEPT_BY)
    assert [row.code for row in at_top.rows.ledger] == [LedgerCode.VACANT]


def test_a_pause_moves_only_what_lies_ahead_and_each_clock_by_its_own_time() -> None:
    """The accept clock counts working time, the complete clock of this kind counts days."""
    kind = a_kind(complete=ClockRule(limit=Limit(amount=7, unit=LimitUnit.DAYS), reminders=(50,)))
    begun = referral.begin(replace(offered(), kind=kind, clocks=(), turns=0), OFFERED).state
    reminded = referral.tick(begun, at("2026-11-17 11:00")).state
    pause = at("2026-11-17 11:00")
    asleep = referral.follow(reminded, a_followed_fact(Move.SUSPEND, pause), pause).state
    awake = at("2026-11-18 11:00")
    resumed = referral.follow(asleep, a_followed_fact(Move.RESUME, awake), awake).state
    accept, complete = resumed.clock(ClockName.ACCEPT), resumed.clock(ClockName.COMPLETE)
    assert accept is not None
    assert complete is not None

    assert accept.moments[:3] == (at("2026-11-17 11:00"), at("2026-11-18 14:12"), at("2026-11-18 15:00"))
    assert complete.moments == (at("2026-11-21 21:00"), at("2026-11-25 09:00"))


def test_a_clock_half_a_minute_off_is_believed_and_a_second_more_is_flagged() -> None:
    near, far = (
        referral.make(
            offered(), a_move(Move.NOTE, OFFICER, LATER), LATER + timedelta(seconds=off)
        ).rows.ledger[-1]
        for off in (30, 31)
    )

    assert (near.is_clock_off, far.is_clock_off) == (False, True)
