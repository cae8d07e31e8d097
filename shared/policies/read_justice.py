"""Reading the section [justice]: what a judicial office (司法所) works by."""

from shared.domain.calendars import LimitUnit
from shared.domain.justice.codes import Step
from shared.domain.justice.courses import LADDER
from shared.domain.justice.rules import AidMatter, DutyStage, JusticeRules
from shared.policies.read_referring import read_external
from shared.policies.reader import Reader

IN_DAYS = frozenset({LimitUnit.DAYS, LimitUnit.WORKING_DAYS})


def read_justice(root: Reader) -> JusticeRules:
    """The section [justice]."""
    reader = root.child("justice")
    order = reader.child("protection_order")
    return JusticeRules(
        aid_matters=tuple(_matter(each) for each in reader.entries("aid_matters")),
        papers=reader.child("papers").texts("items"),
        early_start_days=reader.child("early_start").integer("days"),
        order_months=order.integer("months"),
        order_limits=tuple(read_external(each) for each in order.entries("external")),
        duty_stages=_stages(reader.child("family_duty")),
    )


def _matter(reader: Reader) -> AidMatter:
    return AidMatter(
        code=reader.code,
        no_means_test=reader.flag("no_means_test", default=False),
        source=reader.source,
    )


def _stages(reader: Reader) -> tuple[DutyStage, ...]:
    """The ladder, each stage once and in its order: nothing may be climbed before what comes before it."""
    stages = tuple(_stage(row) for row in reader.rows("stages"))
    written = tuple(stage.step for stage in stages)
    if written != LADDER:
        reader.report("stages", "bad_stages", key="stages")
        return ()
    return stages


def _stage(row: Reader) -> DutyStage:
    within = row.limit("within") if row.has("within") else None
    if within and within.unit not in IN_DAYS:
        row.report("within", "bad_limit", key="within", value=row.text("within"))
        within = None
    return DutyStage(step=row.one_of("step", Step), within=within, source=row.source)
