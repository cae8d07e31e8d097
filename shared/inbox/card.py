"""The elder's card as one reader may see it (最小必要): the kind of work says which fields (domain §3.5)."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.access import Principal
from shared.domain.codes import Mobility, Urgency
from shared.domain.facts import age_on
from shared.inbox.acting import holds_it
from shared.inbox.messages import COURTESY, COURTESY_OF_ANYBODY
from shared.policies.handling import Field
from shared.policies.model import Policy
from shared.policies.referring import Opening, ReferralKind
from shared.process.elders import ElderCard
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """What is shown of an elder; a field that is not to be shown is masked where that helps, else empty."""

    name: str
    address: str
    phones: tuple[str, ...]
    contacts: str
    door_note: str
    age: int | None
    mobility: Mobility | None
    is_open: bool
    shows_address: bool


def fields_for(
    row: Referral,
    person: Principal,
    *,
    on: date,
    kind: ReferralKind,
    policy: Policy,
    granted: frozenset[Field],
) -> frozenset[Field]:
    """The fields shown whole.

    Whoever works on it sees what the kind allows and what their unit was granted; so does everybody of the
    unit when minutes count, and of an elder who was not seen everybody whom the search has called: they are
    sent to the door. The side that asked knows the elder already. Before a claim, others see the surname and
    the estate.
    """
    if row.requesting_unit_id in person.units:
        return frozenset(Field)
    works_on_it = holds_it(row, person.account_id, on)
    is_called = row.unit_id in person.units or kind.opened is Opening.UNREACHED_TRY
    if not works_on_it and not (row.urgency is Urgency.URGENT and is_called):
        return frozenset()
    allowed = (frozenset(view.fields) for view in policy.handling.views if view.code == kind.view)
    return next(allowed, frozenset[Field]()) | granted


def card_view(card: ElderCard, shown: frozenset[Field], on: date) -> CardView:
    """The card with those fields."""
    return CardView(
        name=_name(card, shown),
        address=card.address if Field.ADDRESS in shown else card.masked_address,
        phones=card.phones if Field.PHONE in shown else tuple(filter(None, (card.masked_phone,))),
        contacts=card.contacts if Field.CONTACTS in shown else "",
        door_note=card.door_note if Field.DOOR_NOTE in shown else "",
        age=age_on(card.birth_on, on) if Field.AGE in shown and card.birth_on else None,
        mobility=card.mobility if Field.MOBILITY in shown else None,
        is_open=bool(shown),
        shows_address=Field.ADDRESS in shown,
    )


def _name(card: ElderCard, shown: frozenset[Field]) -> str:
    if Field.NAME in shown:
        return card.name
    if Field.COURTESY_NAME in shown:
        return COURTESY.get(card.sex, COURTESY_OF_ANYBODY).format(surname=card.name[:1])
    return card.masked_name
