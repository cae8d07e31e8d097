"""Offering: the elder's word, the words of the request, and the process, all or nothing."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from shared.contracts import names
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.files import read_file
from shared.inbox.offering import Offer, leave_unwanted, offer
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from tests.inbox.town import COMMITTEE, HEALTH, JUSTICE, NOW, RELAY, Town

AGREED = GivenWord(consent=Consent.AGREED)
SECRET = "老人想把房子留给外甥女"


def an_offer(town: Town, **changes: Any) -> Offer:
    """A legal question of the town's elder."""
    base = Offer(
        business_id=uuid4().hex,
        kind="legal_consultation",
        enrolment_id=town.elder,
        requesting_unit_id=COMMITTEE,
        text=SECRET,
        word=AGREED,
    )
    return replace(base, **changes)


def offered(town: Town, asked: Offer, *, by: str = "visitor") -> UUID:
    with town.database(Login.VISITS).begin(town.people[by], NOW) as work:
        return offer(work, asked, book=town.book, vault=town.vault)


def starts_of(town: Town, referral_id: UUID) -> int:
    with town.database(Login.RELAY).begin(RELAY, NOW) as work:
        found = text("SELECT count(*) FROM kit.outbox WHERE key = :key")
        return int(work.session.execute(found, {"key": f"referral/{referral_id}"}).scalar_one())


def test_an_offer_reaches_the_unit_that_the_policy_names(town: Town) -> None:
    """S1:L94 legal help is the judicial office's, S1:L98 follow-up the health centre's."""
    legal, medical = town.offered("route-1"), town.offered("route-2", kind="family_doctor_follow_up")

    assert town.judge.states[legal].unit_id == JUSTICE
    assert town.judge.states[medical].unit_id == HEALTH
    assert town.judge.states[legal].requesting_unit_id == COMMITTEE


def test_the_same_offer_again_is_the_same_referral(town: Town) -> None:
    asked = an_offer(town)

    first, second = offered(town, asked), offered(town, asked)

    assert first == second
    assert starts_of(town, first) == 1


def test_the_same_business_id_of_another_unit_is_another_referral(town: Town) -> None:
    asked = an_offer(town)
    town.joins("cadre_elsewhere", "孙丽", *town.people["visitor"].roles, unit=HEALTH, areas=("310110008",))

    assert offered(town, asked) != offered(
        town, replace(asked, requesting_unit_id=HEALTH), by="cadre_elsewhere"
    )


def test_what_is_asked_is_stored_sealed_and_read_by_parties_alone(town: Town) -> None:
    """Words live in `referral_file`, encrypted; a workflow carries none of them."""
    referral_id = offered(town, an_offer(town))
    town.deliver()
    with town.database(Login.JUSTICE).begin(town.people["lawyer"], NOW) as work:
        seen = read_file(work.session, referral_id, vault=town.vault)
    with town.database(Login.HEALTH).begin(town.people["doctor"], NOW) as work:
        hidden = read_file(work.session, referral_id, vault=town.vault)
    with town.database(Login.OWNER).engine.connect() as owner:
        stored = owner.execute(text("SELECT asked_sealed FROM referral_file.file")).scalars().all()
        messages = owner.execute(text("SELECT payload::text FROM kit.outbox")).scalars().all()

    assert seen.asked == SECRET
    assert hidden.asked == ""
    assert not any(SECRET.encode() in bytes(words) for words in stored)
    assert not any(SECRET in payload for payload in messages)


def test_the_worker_reads_headings_and_no_words(town: Town) -> None:
    offered(town, an_offer(town))

    with town.database(Login.WORKER).begin(RELAY, NOW) as work:
        assert work.session.execute(text("SELECT count(kind) FROM referral_file.file")).scalar_one() > 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            work.session.execute(text("SELECT asked_sealed FROM referral_file.file"))


def test_nothing_in_the_file_can_be_changed(town: Town) -> None:
    with (
        town.database(Login.VISITS).begin(town.people["visitor"], NOW) as work,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        work.session.execute(text("UPDATE referral_file.file SET kind = 'mediation'"))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (GivenWord(consent=Consent.NOT_NEEDED), "word_needed"),
        (GivenWord(consent=Consent.BY_PROXY, who="儿子王某"), "proxy_needs_name_and_reason"),
        (GivenWord(consent=Consent.BY_PROXY, why="失智"), "proxy_needs_name_and_reason"),
    ],
)
def test_an_offer_needs_the_elders_word(town: Town, word: GivenWord, code: str) -> None:
    """Domain §0.2-8: 本人同意, or 代为同意 with who and why, or a clause."""
    with pytest.raises(Invalid) as refused:
        offered(town, an_offer(town, word=word))

    assert refused.value.code == code


@pytest.mark.parametrize(
    "word",
    [
        GivenWord(consent=Consent.BY_PROXY, who="儿子王某", why="失智，由赡养人决定"),
        GivenWord(consent=Consent.NOT_NEEDED, clause="老年人权益保障法"),
    ],
)
def test_a_proxy_or_a_clause_stands_in_for_the_elders_word_and_is_kept(town: Town, word: GivenWord) -> None:
    referral_id = offered(town, an_offer(town, word=word))

    with town.database(Login.VISITS).begin(town.people["visitor"], NOW) as work:
        assert read_file(work.session, referral_id, vault=town.vault).word == word


def test_an_emergency_needs_nobodys_word(town: Town) -> None:
    """Domain §0.2-8, -9: 无需同意 by the kind itself."""
    word = GivenWord(consent=Consent.NOT_NEEDED)

    referral_id = offered(town, an_offer(town, kind="welfare_check", word=word))

    assert starts_of(town, referral_id) == 1


@pytest.mark.parametrize("kind", ["chase", "not_seen", "no_such_kind"])
def test_a_kind_that_only_a_process_opens_is_refused(town: Town, kind: str) -> None:
    with pytest.raises(Invalid) as refused:
        offered(town, an_offer(town, kind=kind))

    assert refused.value.code == "unknown_kind"


def test_nobody_offers_for_an_elder_outside_the_own_territory(town: Town) -> None:
    with pytest.raises(NotFound):
        offered(town, an_offer(town, requesting_unit_id=JUSTICE), by="lawyer")


def test_nobody_offers_in_the_name_of_a_unit_not_their_own(town: Town) -> None:
    with pytest.raises(Forbidden):
        offered(town, an_offer(town, requesting_unit_id=JUSTICE))


def test_a_refused_need_is_kept_to_be_asked_again_and_opens_nothing(town: Town) -> None:
    """Domain §0.2-8: 本人不同意 -> 暂不需要."""
    with town.database(Login.VISITS).begin(town.people["visitor"], NOW) as work:
        leave_unwanted(work, enrolment_id=town.elder, kind="mediation", unit_id=COMMITTEE, book=town.book)

    with town.database(Login.RELAY).begin(RELAY, NOW) as work:
        told = select(Outbox.payload).where(Outbox.name == names.AFTERMATH)
        [asked] = work.session.scalars(told).all()
    assert (asked["effect"], asked["enrolment_id"], asked["kind"]) == (
        "ask_again_later",
        str(town.elder),
        "mediation",
    )


def test_nothing_is_begun_for_who_has_left_the_register_but_what_is_urgent(town: Town) -> None:
    """Somebody who died or moved away needs no repair at home; violence is reported all the same."""
    gone = town.enrol("李阿毛", "长阳路123弄5号602室")
    leaving = text(
        "UPDATE care_register.enrolment SET status = 'left', left_at = :at, removal_reason = 'died'"
        " WHERE enrolment_id = :enrolment_id"
    )
    with town.database(Login.OWNER).engine.begin() as owner:
        owner.execute(leaving, {"at": NOW, "enrolment_id": gone})

    with pytest.raises(Conflict, match="elder_has_left") as refused:
        offered(town, an_offer(town, enrolment_id=gone, kind="home_repair"))
    assert refused.value.params == {"left_at": NOW, "why": "去世"}
    assert offered(town, an_offer(town, enrolment_id=gone, kind="severe_hazard"))
