"""What the office has open and what it ended: every record of it, page by page."""

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from services.justice.app import OWN_WORK
from services.justice.handlers.listing import SHOWN
from services.justice.handlers.sealing import CLIENT
from services.justice.models import Record
from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.persistence.base import table_of
from shared.platform.logins import Login
from shared.platform.privacy import place_of
from tests.inbox.town import NOW
from tests.services.justice.office import RECORDS, Office
from tests.web.accessible import faults
from tests.web.browsing import json_of


def test_the_pages_of_what_has_ended_show_each_record_once_and_none_is_left_out(office: Office) -> None:
    """What lay behind the thirtieth could be found by nobody any more."""
    _, record_id = office.begun("ended", RecordKind.CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.ADVISED, text="已答复。", detail="advised")
    many = 2 * SHOWN + 3
    with office.town.database(Login.JUSTICE).begin(office.town.people["lawyer"], NOW) as work:
        table = table_of(Record)
        row = dict(
            work.session.execute(table.select().where(table.c.record_id == record_id)).mappings().one()
        )
        for number in range(many):
            ended = {"stage": Stage.ENDED, "ended_at": NOW - timedelta(minutes=number // 2)}
            copy = {**row, **ended, "record_id": UUID(int=number), "referral_id": UUID(int=number)}
            work.session.execute(table.insert().values({**copy, **named(office, UUID(int=number))}))

    shown = list(walked(office, f"{RECORDS}?ended=1"))

    assert len(shown) == len(set(shown)) >= many


def test_the_pages_of_what_is_open_go_on_to_the_end_by_what_runs_out_first(office: Office) -> None:
    """The list ended at 200, and what lay behind was found by nobody."""
    _, record_id = office.begun("open list", RecordKind.MEDIATION, referral="mediation")
    many = SHOWN + 3
    with office.town.database(Login.JUSTICE).begin(office.town.people["lawyer"], NOW) as work:
        table = table_of(Record)
        row = dict(
            work.session.execute(table.select().where(table.c.record_id == record_id)).mappings().one()
        )
        for number in range(1000, 1000 + many):
            copy = {**row, "record_id": UUID(int=number), "referral_id": UUID(int=number)}
            work.session.execute(table.insert().values({**copy, **named(office, UUID(int=number))}))
    client, token = office.town.app("justice", own=OWN_WORK).test_client(), office.town.sign_in("lawyer")
    asked = {"Authorization": f"Bearer {token}"}

    pages, listed, further = list(walked(office, RECORDS)), list[str](), "?limit=20"
    while further:
        answer = json_of(client.get(f"/justice/api/records{further}", headers=asked))
        listed += [item["record_id"] for item in answer["items"]]
        further = f"?limit=20&after={answer['next']}" if answer["next"] else ""

    assert pages[0] == str(record_id)
    assert len(pages) == len(set(pages)) > many
    assert listed == pages
    assert office.browser().get(f"{RECORDS}?after=x").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.get("/justice/api/records?after=WyJhIiwiYiJd", headers=asked).status_code == (
        HTTPStatus.UNPROCESSABLE_ENTITY
    )


def walked(office: Office, address: str) -> Iterator[str]:
    """Every record of a list, in order, as somebody finds it who goes on to the last page."""
    while address:
        page = office.browser().get(address).text
        assert faults(page) == []
        yield from re.findall(r'id="r-([0-9a-f-]{36})"', page)
        further = re.search(r'href="([^"]+after=[^"]+)">下一页', page)
        address = further[1].replace("&amp;", "&") if further else ""


def named(office: Office, record_id: UUID) -> dict[str, object]:
    """The client of a record, under a key of its own."""
    wrapped = office.town.vault.new_key()
    sealed = office.town.vault.open(wrapped).seal("张桂花", place_of(CLIENT, record_id))
    return {"key_id": wrapped.key_id, "wrapped_key": wrapped.wrapped, "client_sealed": sealed}
