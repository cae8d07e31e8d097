"""Which signs hold (J-77): of each, the newest reading on record decides, in whatever order they came in."""

from services.health.handlers.centre import Centre
from services.health.handlers.readings import readings_of
from services.health.handlers.referring import work_at_hand
from services.health.repository import follow_ups
from services.health.repository.elders import KeptElder
from services.health.repository.follow_ups import StoredFollowUp
from shared.domain.health.codes import SignHandling
from shared.domain.health.vitals import Sign, judged_signs, signs_of


def settle_signs(elder: KeptElder, centre: Centre) -> None:
    """Let each sign be as the newest standing reading that speaks of it says; after a record and a void."""
    session, said = centre.work.session, _said(elder, centre)
    for each in follow_ups.open_signs(session, elder.enrolment_id):
        by, _ = said.get(each.code, (None, None))
        if by is None or by.follow_up_id != each.follow_up_id:
            on = by.done_on if by else centre.today
            follow_ups.end_sign(session, each, by=by.follow_up_id if by else each.follow_up_id, on=on)
    at_hand = {each.kind: each.referral_id for each in work_at_hand(elder.enrolment_id, centre)}
    for by, sign in said.values():
        if sign is not None:
            handling = {
                "handling": SignHandling.REFERRED if sign.kind in at_hand else SignHandling.TO_REFER,
                "referral_id": at_hand.get(sign.kind),
            }
            follow_ups.hold_sign(session, centre.about(elder) | _noted(by, sign) | handling)


def _noted(by: StoredFollowUp, sign: Sign) -> dict[str, object]:
    return {
        "follow_up_id": by.follow_up_id,
        "code": sign.code,
        "is_urgent": sign.is_urgent,
        "noted_on": by.done_on,
        "ended_on": None,
        "ended_by": None,
    }


def _said(elder: KeptElder, centre: Centre) -> dict[str, tuple[StoredFollowUp, Sign | None]]:
    """Who speaks last of each sign, and what was found; of two at one instant who found something."""
    key, thresholds = centre.key_of(elder), centre.rules.thresholds
    found: list[tuple[StoredFollowUp, dict[str, Sign | None]]] = []
    for each in follow_ups.measured(centre.work.session, elder.enrolment_id):
        readings = readings_of(each, key)
        signs = {sign.code: sign for sign in signs_of(readings, thresholds)}
        found.append((each, {code: signs.get(code) for code in judged_signs(readings, thresholds)}))
    found.sort(key=lambda one: (one[0].done_on, one[0].recorded_at, any(one[1].values())))
    return {code: (each, sign) for each, spoken in found for code, sign in spoken.items()}
