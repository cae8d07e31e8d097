"""Where a town does the work of its judicial office (Z-50 … Z-52): in that service, with its records."""

from services.department import messages
from shared.contracts import places
from shared.domain.justice.closing import ANSWERS
from shared.domain.referral.moves import Status
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, RecordLink
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral


class RecordsElsewhere(NoRecords):
    """Nothing of its own: the way to the same referral in the service that keeps such records."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:  # noqa: ARG002
        """One link, once somebody of the unit has claimed work of the judicial office's kinds."""
        if row.kind not in ANSWERS or row.status in {Status.OFFERED, Status.TO_RULE}:
            return ()
        href = places.referral("justice", row.referral_id)
        return (RecordLink(label=messages.OFFICE, state=messages.OFFICE_STATE, href=href, opens=True),)


def ledger_elsewhere(reader: Reader) -> RecordLink | None:
    """The ledger of the judicial office, for a unit that the plan sends such work to."""
    targets = {route.to for kind in reader.policy.kinds if kind.code in ANSWERS for route in kind.routes}
    own = {unit.partition(":")[2] for unit in reader.person.units}
    if not any(unit.code in own and targets.intersection(unit.roles) for unit in reader.policy.units):
        return None
    return RecordLink(label=messages.LEDGER, state="", href=places.ledger("justice"))
