"""The page that answers "why": every section with its clauses, and the policies of earlier days."""

from dataclasses import replace

from services.coordination.policy_page.messages import POLICY_SECTIONS
from services.coordination.publishing import publish_policy
from shared.contracts.access import Principal
from shared.platform.logins import Login
from shared.policies.book import PolicyBook
from shared.policies.faults import Faults
from shared.policies.files import parse_file
from shared.policies.model import Policy
from tests.inbox.town import NOW, PLACE
from tests.services.coordination.conftest import Street


def test_every_section_of_the_policy_is_on_the_page(street: Street) -> None:
    page = street.opens("lawyer").get("/coordination/policy").text

    assert [title for title in POLICY_SECTIONS.values() if f"<h2>{title}</h2>" not in page] == []
    assert "上海市居民委员会工作条例（2020） 第二十七条" in page
    assert "重点人群，或重点关爱对象每天另加1次" in page
    assert "放假安排公布至 2026-12-31" in page


def test_an_earlier_version_is_read_as_it_was_and_says_so(street: Street) -> None:
    """J-06: a policy whose file has changed since stays readable by its hash."""
    policy = street.book.in_force(PLACE, NOW.date())
    texts = [
        (name, text.replace('name = "社区服务办"', 'name = "社区旧服务办"')) for name, text in policy.texts
    ]
    old = _reread(replace(policy, texts=tuple(texts)))
    who = Principal(account_id=street.elder, jurisdiction_id=PLACE)
    with street.database(Login.COORDINATION).begin(who, NOW) as work:
        assert publish_policy(old, work)
    browser = street.opens("lawyer")

    assert f"version={old.hash}" in browser.get("/coordination/policy").text
    page = browser.get(f"/coordination/policy?version={old.hash}").text
    assert "社区旧服务办" in page
    assert "不是现行方案" in page
    assert browser.get("/coordination/policy?version=unknown").status_code == 404


def _reread(policy: Policy) -> Policy:
    """The policy of these texts, with its own hash."""
    faults = Faults()
    files = {file.stem: file for name, text in policy.texts if (file := parse_file(name, text, faults))}
    return PolicyBook.of_files(files, policy.work_days).in_force(PLACE, NOW.date())
