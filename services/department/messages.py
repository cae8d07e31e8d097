"""The words of units without a service of their own."""

OFFICE = "到司法所台账办理"
LEDGER = "司法所台账"
OFFICE_STATE = "登记咨询、转交、调解和赡养督促"
