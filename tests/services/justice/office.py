"""A lawyer at the judicial office, in a browser without JavaScript."""

import re
from dataclasses import dataclass
from uuid import UUID

from werkzeug.test import TestResponse

from services.justice.app import OWN_WORK
from shared.domain.justice.codes import RecordKind, Step
from tests.inbox.forms import form_address
from tests.inbox.town import Town
from tests.web.browsing import Browser

INBOX = "/justice/inbox"
RECORDS = "/justice/records"
TODAY = "2026-11-18"


@dataclass(frozen=True)
class Office:
    """The town, as the office meets it."""

    town: Town

    def browser(self, login: str = "lawyer") -> Browser:
        return self.town.browser(login, "justice", own=OWN_WORK)

    def claimed(self, business_id: str, kind: str = "legal_consultation", login: str = "lawyer") -> UUID:
        """A referral that the lawyer has claimed."""
        referral_id = self.town.offered(business_id, kind=kind)
        browser = self.browser(login)
        page = f"{INBOX}/{referral_id}"
        browser.post(form_address(browser.get(page), "accept"), on=page)
        return referral_id

    def opened(self, referral_id: UUID, kind: RecordKind, **fields: str) -> UUID:
        """The record that the lawyer has begun from the referral's page."""
        browser = self.browser()
        start = f"{RECORDS}/new?referral={referral_id}&kind={kind}"
        given = {RecordKind.CONSULTATION: {"channel": "phone"}, RecordKind.FORWARDING: {"matter": "abuse"}}
        fields = {**given.get(kind, {}), **fields}
        answer = browser.post(address_of(browser.get(start), "new"), fields, on=start)
        found = re.search(r"/records/([0-9a-f-]{36})", answer.location or "")
        assert found, answer.text
        return UUID(found[1])

    def begun(self, business_id: str, kind: RecordKind, *, referral: str) -> tuple[UUID, UUID]:
        """A claimed referral and its record."""
        referral_id = self.claimed(business_id, referral)
        return referral_id, self.opened(referral_id, kind)

    def given_to(self, referral_id: UUID, unit_id: str) -> None:
        """The coordinator names the unit that is to do it from now on."""
        coordinator, page = self.town.browser("coordinator"), f"/department/inbox/{referral_id}"
        coordinator.post(form_address(coordinator.get(page), "appoint"), {"unit_id": unit_id}, on=page)

    def page(self, record_id: UUID, login: str = "lawyer") -> TestResponse:
        return self.browser(login).get(f"{RECORDS}/{record_id}")

    def take(self, record_id: UUID, step: Step, *, login: str = "lawyer", **fields: object) -> TestResponse:
        """Fill in the form of a step, as the page offers it, and send it."""
        browser = self.browser(login)
        page = f"{RECORDS}/{record_id}"
        address = address_of(browser.get(page), step)
        return browser.post(address, {"on": TODAY, **fields}, on=page)

    def send(self, record_id: UUID, step: Step, *, login: str = "lawyer", **fields: object) -> TestResponse:
        """Send a step that no form offers now: an old page, or somebody who tries."""
        page = f"{RECORDS}/{record_id}"
        return self.browser(login).post(f"{page}/{step}", {"on": TODAY, **fields}, on=page)


def address_of(page: TestResponse, ends: str) -> str:
    """Where a form goes, its key included."""
    found = re.search(rf'action="([^"]*/{ends}\?[^"]*key=[^"]+)"', page.text)
    assert found, f"no form for {ends} in {page.text}"
    return found[1].replace("&amp;", "&")
