"""Every table of Tanfang: importing this module fills `Base.metadata`; a new `models` is listed here."""

from sqlalchemy import MetaData

from services.care_register.models import changes, elders, enrolments, rosters
from services.coordination import models as coordination
from services.health import models as health
from services.identity import models as identity
from services.justice import models as justice
from services.public_security import models as public_security
from services.visits import models as visits
from shared.inbox import tables as referral_file
from shared.persistence import tables as kit
from shared.persistence.base import Base
from shared.process import notices
from shared.process import tables as process

TABLES = (
    changes,
    coordination,
    elders,
    enrolments,
    health,
    identity,
    justice,
    kit,
    notices,
    process,
    public_security,
    referral_file,
    rosters,
    visits,
)
"""The modules that hold tables; the list is what keeps the imports above from looking unused."""


def metadata() -> MetaData:
    """All tables of all schemas."""
    return Base.metadata


def schemas() -> list[str]:
    """The schemas, in the order of their names."""
    return sorted({table.schema for table in metadata().tables.values() if table.schema})
