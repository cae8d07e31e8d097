"""Family-doctor contracts (签约、续签) and the plans of follow-up that come with them (J-74, J-75)."""

from datetime import date
from typing import Any

from services.health.commands import EndPlan, SignContract, Signed
from services.health.handlers.centre import Centre
from services.health.repository import contracts, follow_ups
from services.health.repository.contracts import StoredContract
from services.health.repository.elders import KeptElder
from shared.domain.errors import Conflict, Invalid
from shared.domain.health.codes import Standing
from shared.domain.health.contracts import last_day, renewal_begins, standing


def sign(command: SignContract, centre: Centre) -> Signed:
    """Put the contract on record; signed while one is still in force, it begins after that one.

    Raises NotFound for an elder out of sight, Invalid for a day that cannot be or an unknown programme,
    Conflict `signed_already` while one is in force that is not yet due for renewal.
    """
    elder = centre.elder(command.enrolment_id)
    centre.not_in_future(command.signed_on, field="signed_on")
    centre.check_referral(command.referral_id, elder)
    check_programmes(command.programmes, centre)
    row = _row(command, elder, centre)
    if contracts.add_contract(centre.work.session, row):
        detail = {"contract_id": row["contract_id"], "ends_on": row["ends_on"]}
        centre.work.record(stream=f"elder:{elder.elder_id}", action="doctor_signed", detail=detail)
    for programme in command.programmes:
        begin_plan(programme, elder, centre, since_on=command.signed_on)
    stored = contracts.contract(centre.work.session, row["contract_id"])
    if stored is None or stored.team != command.team:
        raise _taken(stored, centre)
    return Signed(
        contract_id=stored.contract_id,
        enrolment_id=stored.enrolment_id,
        begins_on=stored.begins_on,
        ends_on=stored.ends_on,
    )


def end_plan(command: EndPlan, centre: Centre) -> None:
    """Stop one plan; again changes nothing. Raises NotFound for an elder out of sight."""
    elder = centre.elder(command.enrolment_id)
    if follow_ups.end_plan(centre.work.session, elder.enrolment_id, command.programme, centre.today):
        detail = {"programme": command.programme}
        centre.work.record(stream=f"elder:{elder.elder_id}", action="follow_up_ended", detail=detail)


def begin_plan(programme: str, elder: KeptElder, centre: Centre, *, since_on: date) -> None:
    """Follow the elder up in the programme from that day, unless it is done already."""
    row = {**centre.about(elder), "programme": programme, "since_on": since_on, "ended_on": None}
    follow_ups.begin_plan(centre.work.session, row)


def check_programmes(programmes: tuple[str, ...], centre: Centre) -> None:
    """Raises Invalid for one that the plan does not know."""
    unknown = [code for code in programmes if centre.rules.programme(code) is None]
    if unknown:
        raise Invalid("unknown_programme", field="programme")


def _row(command: SignContract, elder: KeptElder, centre: Centre) -> dict[str, Any]:
    on_record = contracts.contracts_on_record(centre.work.session, elder.enrolment_id)
    voided = [each for each in on_record if each.voided_at and each.signed_on == command.signed_on]
    contract_id = centre.id_of(elder.enrolment_id, f"contract/{command.signed_on}/{len(voided)}")
    known = (each for each in on_record if each.voided_at is None and each.contract_id != contract_id)
    before = next(known, None)
    ends_on = before.ends_on if before else None
    if before and standing(ends_on, command.signed_on, centre.rules.contract) is Standing.IN_FORCE:
        raise _taken(before, centre)
    begins_on = renewal_begins(ends_on, command.signed_on)
    return {
        **centre.about(elder),
        "contract_id": contract_id,
        "referral_id": command.referral_id,
        "team": command.team,
        "signed_on": command.signed_on,
        "begins_on": begins_on,
        "ends_on": last_day(begins_on, centre.rules.contract),
    }


def _taken(stored: StoredContract | None, centre: Centre) -> Conflict:
    if stored is None:
        return Conflict("signed_elsewhere")
    return Conflict(
        "signed_already",
        by=stored.recorded_by,
        at=stored.recorded_at,
        team=stored.team,
        ends_on=stored.ends_on,
        renew_days=centre.rules.contract.renew_within_days,
    )
