"""Reading the section about the health centre's work: contracts, programmes, home beds, thresholds."""

from decimal import Decimal

from shared.domain.health.codes import BedMove, ContactPost, Evidence, Vital
from shared.domain.health.rules import (
    ContractRules,
    HealthRules,
    HomeBedRules,
    Programme,
    Threshold,
    VitalRule,
)
from shared.policies.limits import MOST_MONTHS
from shared.policies.messages import LIST_MARK
from shared.policies.provenance import KEYS
from shared.policies.read_handling import read_seen
from shared.policies.reader import Reader


def read_health(root: Reader) -> HealthRules:
    """The section [health_care]."""
    reader = root.child("health_care")
    contract, evidence = reader.child("contract"), reader.child("evidence")
    return HealthRules(
        contract=ContractRules(
            months=contract.span("months", most=MOST_MONTHS),
            renew_within_days=contract.span("renew_within_days"),
        ),
        programmes=tuple(
            Programme(code=each.code, every_months=each.span("every_months", most=MOST_MONTHS))
            for each in reader.entries("programmes")
        ),
        remind_days=reader.integer("remind_days"),
        home_bed=_home_bed(reader.child("home_bed")),
        vitals=tuple(_vital(each) for each in reader.entries("vitals")),
        thresholds=tuple(_threshold(row) for row in reader.rows("thresholds")),
        evidence={
            outcome: evidence.some_of(outcome, Evidence) for outcome in evidence.table if outcome not in KEYS
        },
        contact_posts=reader.child("family_contacts").some_of("posts", ContactPost),
    )


def _home_bed(reader: Reader) -> HomeBedRules:
    seen = reader.child("seen")
    return HomeBedRules(
        first_visit=reader.limit("first_visit"),
        agreement=reader.limit("agreement"),
        round_days=reader.span("round_days"),
        review_days=reader.span("review_days"),
        visits=seen.some_of("moves", BedMove),
        seen=read_seen(seen),
    )


def _vital(reader: Reader) -> VitalRule:
    if reader.code not in set(Vital):
        reader.report("", "unknown_code", key="vitals", value=reader.code, known=LIST_MARK.join(Vital))
        return VitalRule(vital=Vital.PULSE, least=Decimal(), most=Decimal(), decimals=0)
    return VitalRule(
        vital=Vital(reader.code),
        least=reader.decimal("least"),
        most=reader.decimal("most"),
        decimals=reader.integer("decimals"),
    )


def _threshold(row: Reader) -> Threshold:
    return Threshold(
        sign=row.text("sign"),
        vital=row.one_of("vital", Vital),
        at_least=row.decimal("at_least") if row.has("at_least") else None,
        at_most=row.decimal("at_most") if row.has("at_most") else None,
        is_urgent=row.flag("urgent", default=False),
        kind=row.text("kind"),
        source=row.source,
    )
