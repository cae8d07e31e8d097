"""Who reads a mandatory report, and who may know whose it was (X-11), as a table."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from shared.domain.referral.shielding import Eyes, is_unfounded, knows_reporter, reads_report

ONE, OTHER = uuid4(), uuid4()

STRANGER = Eyes(
    is_reporter=False,
    receives=False,
    is_asking=False,
    leads=False,
    is_at_doors=False,
    is_police=False,
    is_above=False,
)
RECEIVER = replace(STRANGER, receives=True)
COLLEAGUE = replace(STRANGER, is_asking=True)
FINDER = replace(COLLEAGUE, is_reporter=True, is_at_doors=True)


@pytest.mark.parametrize(
    ("eyes", "reads", "knows"),
    [
        (STRANGER, False, False),
        (replace(STRANGER, leads=True), False, False),
        (replace(STRANGER, is_police=True), False, False),
        (RECEIVER, True, False),
        (replace(RECEIVER, leads=True), True, True),
        (replace(RECEIVER, is_police=True), True, True),
        (replace(RECEIVER, is_at_doors=True), False, False),
        (COLLEAGUE, False, False),
        (replace(COLLEAGUE, is_at_doors=True), False, False),
        (replace(COLLEAGUE, leads=True), True, False),
        (replace(STRANGER, is_above=True), False, False),
        (replace(STRANGER, is_above=True, leads=True), True, False),
        (FINDER, False, True),
        (replace(FINDER, receives=True), False, True),
    ],
)
def test_who_reads_a_report_and_who_knows_whose_it_was(eyes: Eyes, reads: bool, knows: bool) -> None:  # noqa: FBT001
    assert (reads_report(eyes), knows_reporter(eyes)) == (reads, knows)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ([], False),
        ([(ONE, "a")], False),
        ([(ONE, "a"), (ONE, "b")], False),
        ([(ONE, "a"), (OTHER, "a")], False),
        ([(ONE, "a"), (OTHER, "b")], True),
    ],
)
def test_a_report_was_none_only_by_two_persons_of_two_units(
    said: list[tuple[UUID, str]], *, is_so: bool
) -> None:
    assert is_unfounded(said) is is_so
