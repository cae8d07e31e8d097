"""Offering: the elder's word, the words, and the process, all or nothing."""

from tests.inbox.town import JUSTICE, Town


def test_an_offer_reaches_the_unit_that_the_policy_names(town: Town) -> None:
    """S1:L94: legal help is the judicial office's."""
    referral_id = town.offered("first")

    assert town.judge.states[referral_id].unit_id == JUSTICE
