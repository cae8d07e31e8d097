"""How long it takes to class a big district and to say what is owed to everybody in it (issue 3)."""

import time
from datetime import date
from itertools import cycle, islice, product

from shared.domain.classification import classify
from shared.domain.codes import Circumstance, Mobility
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.policies.book import PolicyBook
from shared.policies.resolve import obligations_of

ELDERS = 100_000
PLACE, VILLAGE, ON = "zibo_zichuan", "370302115201", date(2026, 11, 21)


def measure_classes() -> float:
    """Seconds of one core for a hundred thousand elders."""
    policy = PolicyBook.load().in_force(PLACE, ON)
    born = (date(year, month, 1) for year, month in cycle(product(range(1930, 1967), range(1, 13))))
    facts = [
        ElderFacts(
            birth_on=birth_on,
            circumstances=(Circumstance.LIVING_ALONE,),
            mobility=mobility,
            area_code=VILLAGE,
        )
        for birth_on, mobility in islice(zip(born, cycle([None, *Mobility]), strict=False), ELDERS)
    ]
    begun = time.process_time()
    for each in facts:
        found = classify(each, policy.classification, ON)
        obligations_of(policy, Subject(facts=each, on=ON, tier=found.tier, groups=found.groups))
    return time.process_time() - begun
