"""As which party somebody acts: the row and the state behind it must say the same."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.referral.state import Actor, ReferralState
from shared.inbox.acting import parties_of
from shared.process.tables import Referral
from tests.builders import a_kind, at

UNITS = st.sampled_from(["t:a", "t:b", "t:c"])
PEOPLE = st.sampled_from([UUID(int=1), UUID(int=2)])


@given(unit=UNITS, asking=UNITS, coordinator=UNITS, own=UNITS, holder=st.none() | PEOPLE, person=PEOPLE)
def test_a_row_names_the_same_parties_as_the_state_behind_it(
    unit: str, asking: str, coordinator: str, own: str, holder: UUID | None, person: UUID
) -> None:
    """A fact kept in two places: `Actor.parties` by the state, `parties_of` by the row."""
    kind = a_kind(coordinator_unit_id=coordinator)
    state = ReferralState(
        referral_id=UUID(int=9),
        jurisdiction_id="t",
        area_code="310110008001",
        kind=kind,
        unit_id=unit,
        requesting_unit_id=asking,
        offered_at=at("2026-11-18 10:00"),
        holder_id=holder,
    )
    row = Referral(unit_id=unit, requesting_unit_id=asking, coordinator_unit_id=coordinator, holder_id=holder)
    actor = Actor(account_id=person, unit_id=own)

    assert parties_of(row, actor) == actor.parties(state)
