"""Who may ask whether somebody is in the register: the database itself refuses, by grant."""

import psycopg
import pytest

from shared.platform.logins import Login
from shared.platform.settings import Settings

REFUSED = pytest.raises(psycopg.errors.InsufficientPrivilege)
OTHERS = sorted(set(Login) - {Login.OWNER, Login.PUBLIC_SECURITY})


@pytest.mark.parametrize("login", sorted({*OTHERS} - {Login.CARE_REGISTER}))
def test_only_the_station_may_ask_whether_a_number_is_in_the_register(
    settings: Settings, login: Login
) -> None:
    with psycopg.connect(settings.database_url(login)) as connection, REFUSED:
        connection.execute("SELECT care_register.enrolled_as('x'::bytea)")
