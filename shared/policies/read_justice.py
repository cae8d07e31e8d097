"""Reading the section [justice]: what a judicial office (司法所) works by."""

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.justice.codes import Step
from shared.domain.justice.courses import LADDER
from shared.domain.justice.rules import AidMatter, DutyStage, JusticeRules
from shared.policies.limits import MOST_MONTHS
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
        order_months=order.span("months", most=MOST_MONTHS),
        order_limits=tuple(read_external(each) for each in order.entries("external")),
        duty_stages=_stages(reader.child("family_duty")),
        assess_months=reader.child("family_duty").span("assess_months", most=MOST_MONTHS),
    )


def _matter(reader: Reader) -> AidMatter:
    return AidMatter(
        code=reader.code,
        no_means_test=reader.flag("no_means_test", default=False),
        source=reader.source,
    )


def _stages(reader: Reader) -> tuple[DutyStage, ...]:
    """How long each stage may take; the law, which comes last, takes as long as it takes."""
    timed = tuple(DutyStage(step=step, within=_days(reader, step)) for step in LADDER[:-1])
    return (*timed, DutyStage(step=LADDER[-1], within=None))


def _days(reader: Reader, step: Step) -> Limit:
    within = reader.limit(step)
    if within.unit not in IN_DAYS:
        reader.report(step, "bad_limit", key=step, value=reader.text(step))
    return within
