"""What a referral has done outside itself: its rows written, and those to be told found."""

from typing import Protocol

from temporalio import activity

from shared.contracts.activities import PROJECT_REFERRAL
from shared.contracts.referral import Projected, ReferralProjection


class ReferralRowsPort(Protocol):
    """Where a referral's rows go."""

    def write_referral(self, projection: ReferralProjection) -> Projected:
        """Write the rows, the same ones again to no effect; answer the rungs that found nobody."""
        ...


class ReferralActivities:
    """The activities of a referral."""

    def __init__(self, rows: ReferralRowsPort) -> None:
        """Write to `rows`."""
        self._rows = rows

    @activity.defn(name=PROJECT_REFERRAL.name)
    def project_referral(self, projection: ReferralProjection) -> Projected:
        """Write what was decided, and resolve whom to tell."""
        return self._rows.write_referral(projection)
