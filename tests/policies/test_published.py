"""A published policy stays readable when its files have changed (J-06)."""

import json
from datetime import date
from pathlib import Path

import pytest

from shared.policies.book import PolicyBook
from shared.policies.bundle import NotABundleError, bundle, unbundle
from shared.policies.faults import PolicyFaults
from shared.policies.loader import load_policy
from tests.policies.plans import BOOK, ZICHUAN, files_with, place_with_text, plan

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 16)


def changed(folder: Path) -> PolicyBook:
    """The plans, with Zichuan's rewritten from a day in November on and its old file gone."""
    return PolicyBook.load(
        place_with_text(folder, ZICHUAN, "in_force_from = 2023-10-13", "in_force_from = 2026-11-16")
    )


def test_what_is_stored_reads_back_as_the_same_policy() -> None:
    policy = plan(ZICHUAN)
    again = unbundle(bundle(policy), policy.work_days)

    assert again.hash == policy.hash
    assert again.obligations == policy.obligations
    assert again.kind("mediation") == policy.kind("mediation")


def test_an_old_version_judges_its_own_days_after_its_file_is_gone(tmp_path: Path) -> None:
    old = unbundle(bundle(plan(ZICHUAN)), plan(ZICHUAN).work_days)
    book = changed(tmp_path).including((old,))

    assert book.in_force(ZICHUAN, OCTOBER).hash == old.hash
    assert book.in_force(ZICHUAN, NOVEMBER).hash != old.hash
    assert book.with_hash(old.hash) is old


def test_a_check_that_came_after_a_policy_was_published_leaves_it_readable() -> None:
    """It was sound by what was asked then; the visits of those days must be judged by it still."""
    swapped = (
        'accept = "30 minutes"\ncomplete = "60 minutes"',
        'accept = "60 minutes"\ncomplete = "30 minutes"',
    )
    files, work_days = tuple(files_with(ZICHUAN, swapped).values()), plan(ZICHUAN).work_days
    published = load_policy(files, work_days, is_published=True)

    assert unbundle(bundle(published), work_days).hash == published.hash
    with pytest.raises(PolicyFaults):
        load_policy(files, work_days)


def test_a_published_policy_never_takes_the_place_of_a_file_of_the_same_day() -> None:
    relabelled = json.loads(bundle(plan(ZICHUAN)))
    assert BOOK.including(BOOK.policies).published == ()
    assert BOOK.in_force(ZICHUAN, NOVEMBER).hash == relabelled["hash"]


def test_a_text_that_was_changed_after_it_was_stored_is_refused() -> None:
    stored = json.loads(bundle(plan(ZICHUAN)))
    stored["files"][-1]["text"] += "\n# later"

    with pytest.raises(NotABundleError):
        unbundle(json.dumps(stored), plan(ZICHUAN).work_days)
