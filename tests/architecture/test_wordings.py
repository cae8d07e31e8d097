"""A code means one thing: with a service's own words for it, what the inbox there refuses reads wrongly."""

from importlib import import_module

import pytest

from shared.inbox.messages import WORDINGS

SAME_REFUSAL = {"health": {"elder_unknown", "not_this_unit"}, "coordination": {"notice_not_found"}}
"""What the inbox and the service both refuse, said in the words of the place."""


@pytest.mark.parametrize("service", ["coordination", "health", "justice", "public_security"])
def test_a_service_gives_no_other_meaning_to_a_code_of_its_inbox(service: str) -> None:
    own = import_module(f"services.{service}.messages").WORDINGS

    assert set(own) & set(WORDINGS) == SAME_REFUSAL.get(service, set())
