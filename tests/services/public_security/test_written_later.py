"""What is put on record has happened, and not so long ago that the year must be a slip."""

from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.services.public_security.conftest import Station
from tests.services.public_security.test_records import claimed


@pytest.mark.parametrize("called_at", ["1900-01-01T00:00", "2025-11-16T10:00"])
def test_a_call_of_another_year_is_a_slip_and_comes_back(station: Station, called_at: str) -> None:
    """A check began in 1900, and was late by a hundred years."""
    browser, referral_id = claimed(station, f"check-{called_at}", "welfare_check")
    record = {"record_id": str(uuid4()), "referral_id": str(referral_id), "called_at": called_at}
    refused = browser.post("/police/checks/new", record, on="/police/checks/new")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "接报时间须在366天以内，请核对年份" in refused.text
    assert called_at in refused.text
