"""`tanfang reconcile` says which work nobody runs any more: nobody could claim it, and nothing said so."""

from deploy.cli.reconcile import lost_referrals
from shared.contracts.names import referral_id
from shared.domain.referral.state import ReferralState
from shared.platform.logins import Login
from tests.process.conftest import OFFERED, PLACE, Village


def test_an_open_referral_without_a_process_is_counted(village: Village, modification: ReferralState) -> None:
    database = village.database(Login.WORKER)
    asked: list[str] = []

    def runs(workflow_id: str) -> bool:
        asked.append(workflow_id)
        return workflow_id != referral_id(modification.referral_id)

    assert lost_referrals(database, OFFERED, runs) == {PLACE: (modification.referral_id,)}
    assert lost_referrals(database, OFFERED, lambda _: True) == {}
    assert referral_id(modification.referral_id) in asked
