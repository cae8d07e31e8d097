"""What people have done with the demonstration does not keep it from starting again."""

from collections.abc import Iterator

import pytest

from deploy.cli.demo.files import enrolment_id, places
from deploy.local.stack import Ports, Stack
from tests.story.office import Office, account


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One of its own: nobody else's elder dies, and nobody else is locked out."""
    running = Stack(tmp_path_factory.mktemp("again"), Ports.free(), testing=True)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def office(stack: Stack) -> Iterator[Office]:
    """Everybody who works with that stack."""
    opened = Office(stack)
    yield opened
    opened.close()


def test_who_was_locked_out_or_got_other_rights_stays_so(stack: Stack, office: Office) -> None:
    """The demonstration gave each of its accounts back what it began with, at every start."""
    admin, account_id = office.person("zc-admin"), account("zc-visitor1")
    rights = {"roles": ["auditor"], "units": {}, "areas": ["370302115"]}
    admin.done("PUT", f"/api/accounts/{account_id}/rights", rights)
    admin.done("PUT", f"/api/accounts/{account_id}/lock")

    stack.command("demo-load-locked", "demo", "load")

    stands = admin.get(f"/api/accounts/{account_id}")
    assert (stands["active"], stands["roles"]) == (False, ["auditor"])
    assert stands["units"] == []


def test_the_demonstration_loads_again_after_an_elder_has_left(stack: Stack, office: Office) -> None:
    """`make run` loads it at every start: once somebody had confirmed a death, nothing started any more."""
    zichuan = next(each for each in places() if each.jurisdiction_id == "zibo_zichuan")
    gone = enrolment_id(zichuan.referrals[0]["elder"])
    entry = f"/register/api/entries/{gone}/removal"
    office.person("zc-clerk").done("POST", entry, {"reason": "died", "note": "派出所告知"})
    office.person("zc-coordinator").done("POST", f"{entry}/decision", {"is_confirmed": True})

    stack.command("demo-load-again", "demo", "load")

    left = office.one("SELECT status FROM care_register.enrolment WHERE enrolment_id = %(id)s", id=gone)
    assert left == {"status": "left"}
