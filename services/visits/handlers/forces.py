"""As which visiting force a contact is recorded (探访力量, Z-18): nobody lends themselves another's office.

A duty that the plan lays on one force alone (居委干部, 家庭医生) is met by that force alone; which force
somebody is, is read from the account of whoever went, whatever the sender says.
"""

from collections.abc import Collection

from services.visits.handlers.commands import RecordContact
from services.visits.repository import assignments
from shared.contracts.access import Principal, Role
from shared.domain.codes import Force
from shared.domain.errors import Invalid
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy


def force_of(person: Principal) -> Force:
    """As which visiting force somebody records: a committee's cadre, else a visitor."""
    return _force_by(person.roles)


def force_of_who_went(command: RecordContact, work: UnitOfWork, policy: Policy) -> Force:
    """The force of whoever went, unless another is said that anybody may be.

    Raises Invalid `force_not_theirs`.
    """
    if command.visited_by in (None, work.principal.account_id):
        own = force_of(work.principal)
    else:
        own = _force_by(assignments.roles_of(work.session, command.visited_by))
    said = command.force or own
    held = {force for rule in policy.contacts.counting for force in rule.forces}
    if said in held - {own}:
        raise Invalid("force_not_theirs", field="force", force=policy.label("forces", said))
    return said


def _force_by(roles: Collection[str]) -> Force:
    return Force.COMMITTEE_CADRE if Role.CADRE in roles else Force.VISITOR
