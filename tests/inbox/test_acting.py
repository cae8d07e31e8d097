"""As which party somebody acts: the row and the state behind it must say the same."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import Actor, AskedTime, Delegation, ReferralState
from shared.inbox.acting import parties_of
from shared.process.tables import Referral
from tests.builders import a_kind, at, minutes

UNITS = st.sampled_from(["t:a", "t:b", "t:c"])
PEOPLE = st.sampled_from([UUID(int=1), UUID(int=2)])


DAYS = st.sampled_from([date(2026, 11, day) for day in (17, 18, 19)])
DELEGATIONS = st.none() | st.builds(Delegation, to_id=PEOPLE, from_on=DAYS, to_on=DAYS)


@given(
    units=st.tuples(UNITS, UNITS, UNITS, UNITS),
    holder=st.none() | PEOPLE,
    actor=st.builds(Actor, account_id=PEOPLE, unit_id=UNITS, is_lead=st.booleans()),
    delegation=DELEGATIONS,
    asks_time=st.booleans(),
)
def test_a_row_names_the_same_parties_as_the_state_behind_it(
    *,
    units: tuple[str, str, str, str],
    holder: UUID | None,
    actor: Actor,
    delegation: Delegation | None,
    asks_time: bool,
) -> None:
    """A fact kept in two places: `Actor.parties` by the state, `parties_of` by the row."""
    unit, asking, coordinator, grantor = units
    now = at("2026-11-18 10:00")
    asked = AskedTime(by=minutes(5), grantor_unit_id=grantor, asked_at=now)
    state = ReferralState(
        referral_id=UUID(int=9),
        jurisdiction_id="t",
        area_code="310110008001",
        kind=a_kind(coordinator_unit_id=coordinator),
        unit_id=unit,
        requesting_unit_id=asking,
        offered_at=now,
        holder_id=holder,
        delegation=delegation,
        asked_time=asked if asks_time else None,
    )
    standing = asdict(standing_of(state))
    row = Referral(**standing)

    assert parties_of(row, actor, date(2026, 11, 18)) == actor.parties(state, now)
