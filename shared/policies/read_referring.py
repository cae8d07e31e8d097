"""Reading the sections about referrals: ladders and kinds."""

from itertools import pairwise

from shared.domain.codes import Urgency
from shared.domain.justice.codes import Step
from shared.domain.justice.rules import ExternalLimit
from shared.domain.kinds import EndsBy
from shared.policies.read_conditions import read_condition
from shared.policies.read_handling import read_effects
from shared.policies.read_places import read_routes
from shared.policies.reader import Reader
from shared.policies.referring import (
    ClockSpec,
    ElderWord,
    Opening,
    ReferralKind,
    RungRule,
    Variant,
)

WHOLE = 100
NO_CLOCK = ClockSpec(limit=None, reminders=(), ladder="", source="")


def read_ladders(root: Reader) -> dict[str, tuple[RungRule, ...]]:
    """The section [ladders]: each a list of rungs, told one after the other until somebody claims."""
    return {reader.code: _rungs(reader) for reader in root.entries("ladders")}


def read_kinds(root: Reader) -> tuple[ReferralKind, ...]:
    """The section [kinds]."""
    return tuple(_kind(reader) for reader in root.entries("kinds"))


def _rungs(reader: Reader) -> tuple[RungRule, ...]:
    return tuple(
        RungRule(after=row.limit("after"), whom=row.text("whom"), action=row.text("action"))
        for row in reader.rows("rungs")
    )


def _kind(reader: Reader) -> ReferralKind:
    return ReferralKind(
        code=reader.code,
        opened=reader.one_of("opened", Opening, Opening.BY_HAND),
        urgency=reader.one_of("urgency", Urgency, Urgency.ROUTINE),
        ends_by=reader.one_of("ends_by", EndsBy, EndsBy.OUTCOME),
        needs_confirmation=reader.flag("needs_confirmation", default=False),
        is_drill=reader.flag("is_drill", default=False),
        elders_word=reader.one_of("elders_word", ElderWord, ElderWord.ELDER),
        accept=_clock(reader.child("accept")) or NO_CLOCK,
        complete=_clock(reader.child("complete")) or NO_CLOCK,
        variants=tuple(_variant(row) for row in reader.rows("variants")),
        routes=read_routes(reader, "routes"),
        outcomes=reader.texts("outcomes"),
        decline_reasons=reader.texts("decline_reasons", ()),
        emergency_numbers=reader.texts("emergency_numbers", ()),
        external=tuple(read_external(each) for each in reader.entries("external")),
        restricted_to=reader.texts("restricted_to", ()),
        source=reader.source,
        handling=reader.text("handling"),
        view=reader.text("view"),
        effects=read_effects(reader),
        word_basis=reader.text("word_basis", ""),
        needs_receipt=reader.flag("needs_receipt", default=False),
        support_outcomes=reader.texts("support_outcomes", ()),
        feedback=reader.texts("feedback", ()),
        shields_reporter=reader.flag("shields_reporter", default=False),
    )


def _variant(row: Reader) -> Variant:
    return Variant(
        when=read_condition(row, "when"),
        accept=_clock(row.child("accept")),
        complete=_clock(row.child("complete")),
    )


def _clock(reader: Reader) -> ClockSpec | None:
    if not reader.table:
        return None
    return ClockSpec(
        limit=reader.limit("limit"),
        reminders=_reminders(reader),
        ladder=reader.text("ladder", ""),
        source=reader.source,
    )


def _reminders(reader: Reader) -> tuple[int, ...]:
    percentages = reader.integers("reminders", ())
    is_rising = all(earlier < later for earlier, later in pairwise((0, *percentages, WHOLE)))
    if not is_rising:
        reader.report("reminders", "wrong_type", key="reminders", expected="percentages")
        return ()
    return percentages


def read_external(reader: Reader) -> ExternalLimit:
    """A limit of somebody else, with the step from which it runs and those that meet it."""
    return ExternalLimit(
        code=reader.code,
        body=reader.text("body"),
        limit=reader.limit("limit"),
        source=reader.source,
        starts=reader.one_of("starts", Step) if reader.has("starts") else None,
        met_by=reader.some_of("met_by", Step, ()),
    )
