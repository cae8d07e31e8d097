"""The board: what cannot wait today, how everybody stands, and the names behind each figure."""

import re
from html import unescape
from uuid import UUID

import pytest

from shared.contracts.access import Role
from shared.contracts.effects import RefusedEffect
from shared.domain.codes import StateKind
from shared.domain.visit_cycle.facts import Facts
from tests.builders import WEEKLY, a_contact, an_effect, at
from tests.inbox.town import JUSTICE, NOW, PLACE, SERVICE_OFFICE
from tests.services.coordination.conftest import Street
from tests.web.browsing import json_of

MONDAY_LAST = at("2026-11-09 00:00")


@pytest.fixture(scope="module")
def met(street: Street) -> UUID:
    """Seen every week, this one included."""
    enrolment_id = street.enrol("钱一", "江浦路1弄1号1室")
    seen = (a_contact(at("2026-11-10 10:00"), WEEKLY), a_contact(at("2026-11-17 10:00"), WEEKLY))
    street.begins(enrolment_id, MONDAY_LAST, Facts(contacts=seen))
    return enrolment_id


@pytest.fixture(scope="module")
def missed(street: Street) -> UUID:
    """Not seen last week: the chase is open."""
    enrolment_id = street.enrol("孙二", "江浦路22弄2号2室")
    street.begins(enrolment_id, MONDAY_LAST)
    return enrolment_id


def board(street: Street, login: str = "coordinator") -> dict[str, object]:
    found: dict[str, object] = json_of(street.opens(login).get("/coordination/api/board"))
    return found


def test_a_missed_elder_is_chased_and_counted_as_missed(street: Street, met: UUID, missed: UUID) -> None:
    """J-05: the rate of the closed week, and who is behind it."""
    found = board(street)

    assert [line["enrolment_id"] for line in found["chases"]] == [str(missed)]
    area = next(row for row in found["by_area"])
    assert (str(met) in area["tally"]["met"], str(missed) in area["tally"]["missed"]) == (True, True)
    rate = found["rates"][0]
    assert (rate["raw"], rate["unmet"]) == (0.5, [str(missed)])


def test_each_number_of_a_rate_opens_the_names_behind_it(street: Street, met: UUID, missed: UUID) -> None:
    """J-05: 10 elders, 9 valid: 90 %, and the list shows the one."""
    browser = street.opens("coordinator")
    rates = re.search(r'id="rates">.*?</table>', browser.get("/coordination/").text, re.DOTALL)
    assert rates
    opens = [unescape(each) for each in re.findall(r'href="([^"]+)"', rates.group())]
    pages = [browser.get(address).text for address in opens]

    assert [set(re.findall(r"/coordination/elders/([0-9a-f-]{36})", page)) for page in pages] == [
        {str(met)},
        {str(missed)},
    ]
    assert "：未达标</h1>" in pages[1]
    assert "截至11月15日 周日的一期" in pages[1]


def test_a_program_reads_of_one_elder_what_the_page_says(street: Street, missed: UUID) -> None:
    """Issue 2, item 6: what happens next and why, the windows, and what has happened; no name of an elder."""
    page = street.opens("coordinator").get(f"/coordination/elders/{missed}").text
    answer = street.opens("coordinator").get(f"/coordination/api/elders/{missed}")
    found = json_of(answer)

    assert found["running"].startswith("正在追访")
    assert found["steps"]
    assert all(words in page for words in (found["running"], *found["steps"]))
    assert "missed" in [window["outcome"] for window in found["windows"]]
    assert found["timeline"]
    assert all(line["words"] in page for line in found["timeline"])
    assert "孙二" not in answer.text


def test_raw_and_adjusted_rates_stand_together(street: Street, missed: UUID) -> None:
    """Domain §1.6: publishing only the adjusted rate would let people be parked in 暂停."""
    rate = board(street)["rates"][0]

    assert {"raw", "adjusted"} <= set(rate)


def test_an_elder_without_a_visitor_is_nobodys(street: Street, missed: UUID) -> None:
    """无人负责 is an alarm, not a blank."""
    assert str(missed) in board(street)["nobody"]


def test_the_names_behind_a_figure_are_masked(street: Street, missed: UUID) -> None:
    """Domain §3.5: a list shows the surname and the estate."""
    page = street.opens("coordinator").get("/coordination/names?concern=chase").text

    assert "孙*" in page
    assert "孙二" not in page
    assert "22弄2号" not in page


def test_a_list_of_names_offers_each_person_only_what_they_may_do(street: Street, missed: UUID) -> None:
    """换人 and 加访 are refused to the duty room: it is not offered them."""
    street.joins("duty", "丁值", Role.DUTY_OFFICER, unit=f"{PLACE}:duty_room", areas=("310110008",))
    asked = "/coordination/names?concern=nobody"

    offered = street.opens("coordinator").get(asked).text
    on_duty = street.opens("duty").get(asked).text

    assert f'href="/visits/elders/{missed}/assignment"' in offered
    assert "换人" not in on_duty
    assert "加访" not in on_duty
    assert "登记住院、外出" in on_duty


def test_a_coordinator_of_another_street_sees_nothing_counts_included(street: Street, met: UUID) -> None:
    """Item 8: a clerk of one town never sees another's elders."""
    found = board(street, "outsider")

    assert (found["by_area"], found["chases"], found["rates"], found["nobody"]) == ([], [], [], [])
    assert street.opens("outsider").get(f"/coordination/elders/{met}").status_code == 404


def test_the_board_names_each_concern_and_polls_without_cost(street: Street, missed: UUID) -> None:
    """The part that is fetched again answers 304 while nothing has changed."""
    browser = street.opens("coordinator")
    first = browser.get("/coordination/part")
    again = browser.get("/coordination/part", **{"If-None-Match": first.headers["ETag"]})

    assert "追访中" in browser.get("/coordination/").text
    assert again.status_code == 304


def test_a_drill_is_left_out_of_every_figure(street: Street, missed: UUID) -> None:
    """演练: marked, and left out."""
    before = board(street)
    browser = street.opens("coordinator")
    started = browser.post("/coordination/drills", on="/coordination/")
    street.deliver()

    assert started.status_code == 303
    assert "演练" in browser.get(started.headers["Location"]).text
    assert board(street)["chases"] == before["chases"]


def test_whoever_was_rung_leaves_the_list_of_those_to_telephone(street: Street, missed: UUID) -> None:
    """Domain §0.2-6: not acknowledged within 30 working minutes, the next rung rings and notes it."""
    street.clock.at = at("2026-11-19 16:00")
    browser = street.opens("coordinator")
    waiting = browser.get("/coordination/").text
    coordinator = street.people["coordinator"].account_id
    browser.post(f"/coordination/staff/{coordinator}/phoned", on="/coordination/")

    assert "已打电话告知" in waiting
    assert f"/staff/{coordinator}/phoned" not in browser.get("/coordination/").text


def test_a_flood_of_fresh_notices_hides_nobody_who_waits_for_a_call(street: Street) -> None:
    """Domain §0.2-6: whoever has not acknowledged in time is rung, however much has gone out since."""
    street.clock.at = at("2026-11-19 16:00")
    late = street.joins("late", "迟未看", Role.OFFICER, unit=SERVICE_OFFICE).account_id
    busy = street.joins("busy", "刚收到", Role.OFFICER, unit=SERVICE_OFFICE).account_id
    street.tells(late, at("2026-11-19 10:00"), at("2026-11-19 15:58"))
    street.tells(busy, *[at("2026-11-19 15:59")] * 300)

    page = street.opens("coordinator").get("/coordination/").text

    line = page.partition("迟未看")[2].partition("</tr>")[0]
    assert f"/staff/{late}/phoned" in line
    assert "2 条" in line, "one call settles both"
    assert f"/staff/{busy}/phoned" not in page


def test_an_auditor_looks_on_and_adds_nothing(street: Street, met: UUID) -> None:
    """Every route names the roles that may use it."""
    where = f"/coordination/elders/{met}"
    browser = street.opens("auditor")

    assert browser.get("/coordination/").status_code == 200
    assert browser.post(f"{where}/extra-visits", {}, on="/coordination/").status_code == 403


def test_the_elders_page_says_what_happens_next_and_agrees_with_the_process(
    street: Street, missed: UUID
) -> None:
    """「接下来」 in words, and 核对 asks the process itself."""
    where = f"/coordination/elders/{missed}"
    browser = street.opens("coordinator")
    page = browser.get(where).text
    agrees = browser.post(f"{where}/check", on=where).text
    street.goes_on_unwritten(missed)
    differs = browser.post(f"{where}/check", on=where).text

    assert "11月22日（周日）24:00 截止" in page
    assert "一致：" in agrees
    assert "不一致：" in differs


def test_an_elder_without_a_process_is_said_so(street: Street) -> None:
    """Nothing is claimed that no process has decided."""
    where = f"/coordination/elders/{street.elder}"
    page = street.opens("coordinator").post(f"{where}/check", on=where).text

    assert "还没有办理进程" in page


def test_the_policy_page_shows_each_number_with_its_clause_and_standing(street: Street) -> None:
    """Anyone may ask why: law, policy, practice, 解释 or 建议值."""
    page = street.opens("lawyer").get("/coordination/policy").text

    assert "杨江办发〔2023〕6号" in page
    assert "建议值" in page
    assert re.search("日常关爱[^<]*每周不少于2次", page)


def test_what_rules_refused_after_the_end_of_work_waits_until_somebody_has_seen_to_it(
    street: Street, met: UUID
) -> None:
    """An effect that the register refuses is read in Chinese by who can act; once seen to, it is gone.

    The duty room does not read the register, so it is offered no way there.
    """
    asked = an_effect(
        jurisdiction_id=PLACE,
        enrolment_id=met,
        at=NOW,
        unit_id=JUSTICE,
        state=StateKind.PRESUMED_DEAD,
        kind="population_change",
    )
    refused = RefusedEffect(asked=asked, reason="second_person_needed", refused_at=NOW)
    street.rows.note_refused(refused)
    street.rows.note_refused(refused)
    street.joins("duty", "丁值", Role.DUTY_OFFICER, unit=f"{PLACE}:duty_room", areas=("310110008",))
    browser = street.opens("coordinator")

    page = browser.get("/coordination/").text
    assert page.count("系统没能自动登记") == 1
    assert "办理和核实不能是同一人" in page
    assert "查看名单库" in page
    assert street.opens("outsider").get("/coordination/").text.count("系统没能自动登记") == 0
    on_duty = street.opens("duty").get("/coordination/").text
    assert ("系统没能自动登记" in on_duty, "查看名单库" in on_duty) == (True, False)
    browser.post(f"/coordination/refusals/{asked.effect_id}/settled", {})

    assert board(street)["refused"] == []
    assert "系统没能自动登记" not in browser.get("/coordination/").text
