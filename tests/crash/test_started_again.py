"""What people have done with the demonstration does not keep it from starting again."""

from deploy.cli.demo.files import enrolment_id, places
from deploy.local.stack import Stack
from tests.story.office import Office


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
