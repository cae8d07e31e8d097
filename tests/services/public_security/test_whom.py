"""Whom a record of the station is about: enough to tell two apart, and nothing of the register."""

from uuid import uuid4

from tests.services.public_security.conftest import Station
from tests.services.public_security.test_records import RECORDS, claimed, started_check
from tests.web.accessible import faults


def test_a_record_says_whom_it_is_about_and_the_list_tells_records_apart(station: Station) -> None:
    """By its referral a masked name, as the referral shows it; by a typed number no more than its end."""
    browser, referral_id = claimed(station, "about somebody", "welfare_check")
    referred = started_check(browser, referral_id)
    _, number = station.enrolled("赵保密")
    typed = {"record_id": str(uuid4()), "called_at": "2026-11-18T09:50", "id_number": number}
    by_number = browser.post("/police/checks/new", typed, on=RECORDS).headers["Location"]

    listed = browser.get(RECORDS)
    assert "<dt>老人</dt><dd>张**</dd>" in browser.get(referred).text
    assert f"<dt>老人</dt><dd>身份证尾号 {number[-4:]}</dd>" in browser.get(by_number).text
    assert "<p>张**</p>" in listed.text
    assert f"<p>身份证尾号 {number[-4:]}</p>" in listed.text
    for hidden in ("张桂花", "赵", number):
        assert hidden not in listed.text
    assert faults(listed.text) == []
