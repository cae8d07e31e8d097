"""Signs of violence (家庭暴力迹象): the record is kept, and a mandatory report is on its way with it."""

from services.justice.commands import Acting
from services.justice.repository.records import KeptRecord
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.desk import Desk
from shared.inbox.onward import Onward, offer_onward
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral

REPORT = "mandatory_report"


def report_violence(work: UnitOfWork, desk: Desk, record: KeptRecord, *, acting: Acting, text: str) -> None:
    """Open the report in the office's name, in the transaction of the record (反家庭暴力法 art. 14).

    Nobody's word is needed, and the record is enough: another unit may have its referral by now. The same
    record reports once for each time that signs were seen.
    """
    row = work.session.get(Referral, record.referral_id)
    report = Onward(
        business_id=f"justice/{record.record_id}/{acting.key}",
        kind=REPORT,
        text=text.strip(),
        word=GivenWord(consent=Consent.NOT_NEEDED),
        origin_id=record.referral_id,
        unit_id=record.unit_id,
        jurisdiction_id=record.jurisdiction_id,
        area_code=row.area_code if row else record.area_code,
        subject_id=record.subject_id,
        elder_id=record.elder_id,
    )
    offer_onward(work, report, book=desk.book, vault=desk.vault)
