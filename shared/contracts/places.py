"""Links between services: one origin, one prefix each, and the few addresses that cross a border."""

from uuid import UUID

PREFIXES = {
    "identity": "",
    "care_register": "/register",
    "visits": "/visits",
    "coordination": "/coordination",
    "justice": "/justice",
    "health": "/health-centre",
    "public_security": "/police",
    "department": "/department",
}
"""Service folder -> the path it is served under, the same in compose and in `make run`."""

LEDGERS = {"justice": "/records", "health": "/work", "public_security": "/records"}
"""Service folder -> where it lists what it keeps of its own; the others keep nothing besides their inbox."""


def sign_in() -> str:
    """The sign-in page."""
    return "/sign-in"


def home() -> str:
    """Where each role finds its next step."""
    return "/"


def work() -> str:
    """Leads on to the first step of who has just signed in."""
    return "/work"


def todays_round() -> str:
    """A visitor's round of today (今日探访)."""
    return f"{PREFIXES['visits']}/"


def elder(enrolment_id: UUID) -> str:
    """One elder's page: timeline, what happens next and why."""
    return f"{PREFIXES['coordination']}/elders/{enrolment_id}"


def register_entry(enrolment_id: UUID) -> str:
    """One elder's entry in the care register (名单库)."""
    return f"{PREFIXES['care_register']}/entries/{enrolment_id}"


def record_contact(enrolment_id: UUID) -> str:
    """The form on which a contact with this elder is recorded."""
    return f"{PREFIXES['visits']}/elders/{enrolment_id}/contact"


def board() -> str:
    """The coordinator's board (今天要处理)."""
    return f"{PREFIXES['coordination']}/"


def processes() -> str:
    """Where an operator follows every referral and drill to its process (运维)."""
    return f"{PREFIXES['coordination']}/processes"


def drills() -> str:
    """Where drills (演练) are started and watched."""
    return f"{PREFIXES['coordination']}/#drills"


def roster_import() -> str:
    """Where a clerk uploads a roster."""
    return f"{PREFIXES['care_register']}/imports"


def inbox(service: str) -> str:
    """The referral inbox that a department mounts."""
    return f"{PREFIXES[service]}/inbox"


def ledger(service: str) -> str:
    """What a department keeps of its own (本单位台账); empty for one that keeps nothing."""
    return f"{PREFIXES[service]}{LEDGERS[service]}" if service in LEDGERS else ""


def referral(service: str, referral_id: UUID) -> str:
    """One referral, seen from a department's inbox."""
    return f"{inbox(service)}/{referral_id}"


def new_referral(service: str, enrolment_id: UUID) -> str:
    """The form on which this elder's need is handed to a unit (转介)."""
    return f"{inbox(service)}/new?elder={enrolment_id}"


def report_state(enrolment_id: UUID) -> str:
    """The short form for 住院, 外出 and the like."""
    return f"{PREFIXES['care_register']}/entries/{enrolment_id}/states/new"


def assign_visitor(enrolment_id: UUID) -> str:
    """Where somebody else is made this elder's visitor (换人)."""
    return f"{PREFIXES['visits']}/elders/{enrolment_id}/assignment"
