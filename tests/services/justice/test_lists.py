"""What the office ended: every record of it, page by page."""

import re
from datetime import timedelta
from uuid import UUID

from services.justice.handlers.reading import ENDED_SHOWN
from services.justice.handlers.sealing import CLIENT
from services.justice.models import Record
from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.persistence.base import table_of
from shared.platform.logins import Login
from shared.platform.privacy import place_of
from tests.inbox.town import NOW
from tests.services.justice.office import RECORDS, Office
from tests.web.accessible import faults


def test_the_pages_of_what_has_ended_show_each_record_once_and_none_is_left_out(office: Office) -> None:
    """What lay behind the thirtieth could be found by nobody any more."""
    _, record_id = office.begun("ended", RecordKind.CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.ADVISED, text="已答复。", detail="advised")
    many = 2 * ENDED_SHOWN + 3
    with office.town.database(Login.JUSTICE).begin(office.town.people["lawyer"], NOW) as work:
        table = table_of(Record)
        row = dict(
            work.session.execute(table.select().where(table.c.record_id == record_id)).mappings().one()
        )
        for number in range(many):
            ended = {"stage": Stage.ENDED, "ended_at": NOW - timedelta(minutes=number // 2)}
            copy = {**row, **ended, "record_id": UUID(int=number), "referral_id": UUID(int=number)}
            work.session.execute(table.insert().values({**copy, **named(office, UUID(int=number))}))

    shown, address = list[str](), f"{RECORDS}?ended=1"
    while address:
        page = office.browser().get(address).text
        assert faults(page) == []
        shown += re.findall(r'id="r-([0-9a-f-]{36})"', page)
        further = re.search(r'href="([^"]+after=[^"]+)">下一页', page)
        address = further[1].replace("&amp;", "&") if further else ""

    assert len(shown) == len(set(shown)) >= many


def named(office: Office, record_id: UUID) -> dict[str, object]:
    """The client of a record, under a key of its own."""
    wrapped = office.town.vault.new_key()
    sealed = office.town.vault.open(wrapped).seal("张桂花", place_of(CLIENT, record_id))
    return {"key_id": wrapped.key_id, "wrapped_key": wrapped.wrapped, "client_sealed": sealed}
