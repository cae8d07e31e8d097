"""What people do in more than one test: offer a referral, look into an inbox, join an office."""

from uuid import UUID

from tests.story.office import Office, Person, in_parallel

COORDINATION, JUSTICE = "/coordination", "/justice"
PASSWORD = "fifty at 1 door"
AT_ONCE = 4


def listed(person: Person, service: str, view: str) -> list[str]:
    """The referrals of one list of somebody's inbox, as far as its first page goes."""
    shown = person.get(f"{service}/api/referrals", view=view, limit="100")
    return [each["referral_id"] for each in shown["items"]]


def offer(person: Person, elder_id: UUID, kind: str = "legal_consultation") -> str:
    """Offer a referral as the page does; the new referral's id."""
    form = {"enrolment_id": str(elder_id), "kind": kind, "text": "想请司法所讲一讲。", "word": "agreed"}
    page = person.submit(f"{COORDINATION}/inbox/new", form)
    return page.rpartition("/")[2].partition("?")[0]


def officers(office: Office, count: int, *, prefix: str = "officer") -> list[Person]:
    """So many people of the justice office, their accounts opened by the administrator, signed in."""
    admin = office.person("jp-admin")
    logins = [f"{prefix}-{number:02}" for number in range(count)]
    rights = {"roles": ["officer"], "units": {"shanghai_jiangpu:justice_office": "member"}, "areas": []}
    in_parallel(
        [
            lambda login=login: admin.done(
                "POST",
                "/api/accounts",
                {"login": login, "name": login, "password": PASSWORD, "rights": rights},
                key=login,
            )
            for login in logins
        ],
        AT_ONCE,
    )
    return office.people(logins, PASSWORD)
