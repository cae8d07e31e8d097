"""What is asked for a printed form of the plan."""

from marshmallow import fields, validate

from shared.domain.codes import ExportPurpose
from shared.web.schemas import KitSchema


class SurveyFormSchema(KitSchema):
    """附件1: what for."""

    purpose = fields.Enum(ExportPurpose, required=True, by_value=True)


class SummaryFormSchema(SurveyFormSchema):
    """附件3: of which town, or of all of one's own."""

    town = fields.String(load_default="", validate=validate.Regexp(r"^[0-9]{9}$"))
