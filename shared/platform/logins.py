"""Who logs in to PostgreSQL: one role per service, one for the workflows, one for the relay, one owner."""

from enum import StrEnum


class Login(StrEnum):
    """A process's login; the value is its name in settings (`TANFANG_DATABASE_PASSWORD_VISITS`)."""

    OWNER = "owner"
    IDENTITY = "identity"
    CARE_REGISTER = "care_register"
    VISITS = "visits"
    COORDINATION = "coordination"
    JUSTICE = "justice"
    HEALTH = "health"
    PUBLIC_SECURITY = "public_security"
    DEPARTMENT = "department"
    WORKER = "worker"
    RELAY = "relay"

    @property
    def role_name(self) -> str:
        """The role in PostgreSQL."""
        return f"tf_{self.value}"
