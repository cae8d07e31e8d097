"""One referral: what each reader sees of the elder, the ladder and the people who were told."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shared.contracts.access import Role
from shared.domain.errors import Invalid
from shared.domain.referral.moves import Move
from shared.domain.referral.state import ClockName
from shared.inbox.acts import Act
from shared.inbox.codes import Consent
from shared.inbox.handlers import perform
from shared.inbox.reader import Reader
from shared.inbox.reading import ReferralPage, read_referral, units_to_appoint
from shared.notices.channels import Busy, Message, Sent
from shared.notices.sending import Sender
from shared.notices.waiting import WaitingNotices
from shared.platform.logins import Login
from shared.process.notices import ChannelCode
from tests.inbox.town import AREA, CITY, COMMITTEE, JUSTICE, NOW, SERVICE_OFFICE, Town
from tests.web.browsing import json_of

SELF_GOVERNANCE = "shanghai_jiangpu:self_governance_office"


def page_for(town: Town, login: str, referral_id: UUID) -> ReferralPage:
    """What somebody reads of a referral."""
    reader = Reader(person=town.people[login], now=town.clock.now(), book=town.book)
    with town.database(Login.DEPARTMENT).begin(reader.person, reader.now) as work:
        return read_referral(work.session, town.desk(), referral_id, reader)


def does(town: Town, login: str, move: Move, referral_id: UUID, *, text: str = "", code: str = "") -> None:
    act = Act(
        person=town.people[login],
        move=move,
        referral_id=referral_id,
        at=town.clock.now(),
        key=uuid4().hex,
        text=text,
        code=code,
    )
    perform(town.desk(), act)


def test_a_climbed_rung_names_who_was_told_to_the_coordinator_alone(town: Town) -> None:
    """Each rung with who was told and when they confirmed; a notice is its addressee's business otherwise."""
    referral_id = town.offered("climbs")
    town.clock.at = NOW + timedelta(days=1, hours=1)
    town.judge.pass_time(referral_id, town.clock.now())

    for_coordinator = page_for(town, "coordinator", referral_id).rungs
    for_officer = page_for(town, "lawyer", referral_id).rungs

    told = {person.name for rung in for_coordinator for person in rung.told}
    assert told == {"周敏"}
    assert {person.name for rung in for_officer for person in rung.told} == set()
    assert [rung.number for rung in for_officer] == [rung.number for rung in for_coordinator]


def test_a_program_reads_each_rung_with_who_was_told_and_when(town: Town) -> None:
    """Issue 2, item 2: each rung exactly once, with who was told, by which channel, and when."""
    referral_id = town.offered("climbs for a program")
    town.clock.at = NOW + timedelta(days=1, hours=1)
    town.judge.pass_time(referral_id, town.clock.now())

    rungs, unnamed = (
        json_of(town.browser(login).get(f"/department/api/referrals/{referral_id}"))["rungs"]
        for login in ("coordinator", "lawyer")
    )

    assert len({(each["clock"], each["number"]) for each in rungs}) == len(rungs) > 0
    told = [person for each in rungs for person in each["told"]]
    assert {(person["name"], person["acknowledged_at"]) for person in told} == {("周敏", None)}
    assert [each["told"] for each in unnamed] == [[]] * len(rungs)


def test_a_rung_says_by_which_channel_each_person_was_told_and_when(town: Town) -> None:
    """Domain §0.2-6: 送达 / 已读 / 确认, each with its time; a channel that fails says so."""
    referral_id = town.offered("told by channel")
    town.clock.at = NOW + timedelta(days=1, hours=1)
    town.judge.pass_time(referral_id, town.clock.now())
    waiting = WaitingNotices(town.database(Login.RELAY))
    for after in (1, 2, 10, 20, 60):
        town.clock.at = NOW + timedelta(days=1, hours=1, minutes=after)
        sender = Sender(waiting, [_NoProvider()], book=town.book, clock=town.clock, most_tries=2)
        while sender.send_next():
            pass
    browser = town.browser("coordinator")
    browser.get("/department/inbox/notices")
    told = [who for rung in page_for(town, "coordinator", referral_id).rungs for who in rung.told]

    assert {reached.channel: reached.is_delivered for reached in told[0].reached} == {
        ChannelCode.IN_APP: True,
        ChannelCode.SMS: False,
    }
    assert (told[0].read_at, told[0].acknowledged_at) == (town.clock.now(), None)
    page = browser.get(f"/department/inbox/{referral_id}").text
    assert "系统内 11月19日 周四 11:01 送达" in page
    assert "未送达（试了 2 次）" in page
    assert "已读" in page


class _NoProvider:
    """A telephone company that is never there."""

    code = ChannelCode.SMS

    def send(self, message: Message) -> Sent:
        raise Busy(str(message.key))


def test_a_page_says_what_comes_next_unless_somebody_acts(town: Town) -> None:
    referral_id = town.offered("coming")

    coming = page_for(town, "lawyer", referral_id).coming

    assert [(rung.clock, rung.number) for rung in coming] == [
        (ClockName.ACCEPT, 1),
        (ClockName.COMPLETE, 1),
    ]


def test_a_chase_shows_its_ladder_and_no_clock_that_nobody_could_keep(town: Town) -> None:
    """A limit of nothing only starts the ladder (domain §0.2-2)."""
    referral_id = town.chased()

    page = page_for(town, "coordinator", referral_id)

    assert ClockName.ACCEPT not in {clock.name for clock in page.item.clocks}
    assert not page.item.is_late
    assert page.coming
    assert Move.COMPLETE not in page.item.moves


def test_a_note_on_a_chase_gets_a_file_of_its_own(town: Town) -> None:
    """Nobody asked in words: the first note makes the file, and nobody's word was needed."""
    town.joins("office", "冯洁", Role.OFFICER, unit=SERVICE_OFFICE)
    referral_id = town.chased()

    does(town, "office", Move.NOTE, referral_id, text="电话打不通，下午上门")
    page = page_for(town, "coordinator", referral_id)

    assert [line.text for line in page.ledger if line.text] == ["电话打不通，下午上门"]
    assert (page.file.asked, page.file.word.consent) == ("", Consent.NOT_NEEDED)


def test_a_repairer_learns_the_door_and_no_given_name(town: Town) -> None:
    """最小必要 (个人信息保护法 art. 6): each kind of work shows what it needs of the elder."""
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    repair, advice = town.offered("door", kind="home_repair"), town.offered("whole-name")
    does(town, "builder", Move.ACCEPT, repair)
    does(town, "lawyer", Move.ACCEPT, advice)

    for_builder, for_lawyer = page_for(town, "builder", repair).card, page_for(town, "lawyer", advice).card
    for_visitor = page_for(town, "visitor", repair).card
    does(town, "visitor", Move.WITHDRAW, repair, code="mistake")

    assert for_builder is not None
    assert for_lawyer is not None
    assert for_visitor is not None
    assert (for_builder.name, for_builder.age) == ("张阿姨", None)
    assert for_builder.address == "长阳路123弄5号601室"
    assert (for_lawyer.name, for_lawyer.age) == ("张桂花", 86)
    assert for_visitor.name == "张桂花"


def test_after_the_end_the_elder_is_out_of_sight_of_the_unit_that_helped(town: Town) -> None:
    """协同单位最小可见: while the work is open, and no longer."""
    referral_id = town.offered("over", kind="home_repair")
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    does(town, "builder", Move.ACCEPT, referral_id)
    during = page_for(town, "builder", referral_id).card
    does(town, "builder", Move.COMPLETE, referral_id, code="repaired")
    does(town, "visitor", Move.CONFIRM, referral_id)

    assert during is not None
    assert page_for(town, "builder", referral_id).card is None


def units_for(town: Town, login: str, referral_id: UUID) -> list[str]:
    reader = Reader(person=town.people[login], now=town.clock.now(), book=town.book)
    page = page_for(town, login, referral_id)
    with town.database(Login.DEPARTMENT).begin(reader.person, reader.now) as work:
        return [unit for unit, _ in units_to_appoint(work.session, page, reader)]


def test_work_for_a_committee_goes_through_the_office_that_stands_between(town: Town) -> None:
    """X-13, 上海市居民委员会工作条例 art. 27: every department could ask any committee to support it."""
    referral_id, own_id = town.offered("units"), town.offered("own", kind="contact_details")
    town.joins("selfgov", "孔主任", Role.OFFICER, unit=SELF_GOVERNANCE)
    does(town, "selfgov", Move.ACCEPT, own_id)
    named = units_for(town, "coordinator", referral_id)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    asked = units_for(town, "lawyer", referral_id)
    with pytest.raises(Invalid, match="goes_through_another") as refused:
        does(town, "lawyer", Move.ASK_SUPPORT, referral_id, code=COMMITTEE, text="请陪同上门")

    assert JUSTICE not in named
    assert {SERVICE_OFFICE, SELF_GOVERNANCE} <= set(named) & set(asked)
    assert not [unit for unit in (*named, *asked) if "committee-" in unit]
    assert refused.value.params["through"] == "社区自治办"
    assert "committee-" in units_for(town, "selfgov", own_id)[-1]


def test_a_colleagues_work_is_sent_back_by_who_leads_the_unit_alone(town: Town) -> None:
    referral_id = town.offered("colleague")
    town.joins("lead", "赵所长", Role.UNIT_LEAD, unit=JUSTICE)
    does(town, "lawyer", Move.ACCEPT, referral_id)

    assert Move.DECLINE in page_for(town, "lawyer", referral_id).item.moves
    assert Move.DECLINE not in page_for(town, "second", referral_id).item.moves
    assert Move.DECLINE in page_for(town, "lead", referral_id).item.moves


def test_what_only_a_person_can_do_after_the_end_stands_on_the_page_of_who_asked_with_where_it_is_done(
    town: Town,
) -> None:
    """Issue 4: what completion does is data; a new visitor is chosen by who answers for the round."""
    town.joins("cadre", "朱居干", Role.CADRE, unit=COMMITTEE, areas=(AREA,))
    referral_id = town.offered("another visitor", kind="visitor_change")
    does(town, "coordinator", Move.ACCEPT, referral_id)
    assert "还要办" not in town.browser("cadre").get(f"/department/inbox/{referral_id}").text
    does(town, "coordinator", Move.COMPLETE, referral_id, text="已谈妥", code="visitor_changed")

    to_assignment = f"/visits/elders/{town.elder}/assignment"
    for_cadre = town.browser("cadre").get(f"/department/inbox/{referral_id}").text
    for_visitor = town.browser("visitor").get(f"/department/inbox/{referral_id}").text
    for_others = town.browser("coordinator").get(f"/department/inbox/{referral_id}").text
    assert "还要办" in for_cadre
    assert f'href="{to_assignment}"' in for_cadre
    assert "由本单位的村（居）干部、统筹员或负责人办理" in for_visitor
    assert to_assignment not in for_visitor
    assert "还要办" not in for_others


def test_an_end_that_leaves_nothing_to_do_asks_for_nothing(town: Town) -> None:
    """The visitor stays: nobody is sent to change one."""
    referral_id = town.offered("the same visitor", kind="visitor_change")
    does(town, "coordinator", Move.ACCEPT, referral_id)
    does(town, "coordinator", Move.COMPLETE, referral_id, text="沟通后不换", code="visitor_kept")

    assert page_for(town, "visitor", referral_id).left_to_do == ()
