"""A link is a promise: whatever a page offers somebody opens for them (whoever may not is offered none)."""

import html
import re
from collections import Counter, deque

import httpx
import pytest

from tests.story.office import Office, Person

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LEAVING = "/sign-out"

FEWEST_PAGES, MOST_PAGES, ALIKE = 5, 60, 3
"""Everybody has some pages; of those that differ in an id alone a few are looked at."""

ONE_OF_EACH = (
    "jp-visitor1",
    "jp-cadre1",
    "jp-clerk",
    "jp-coordinator",
    "jp-director",
    "jp-duty",
    "jp-justice-lead",
    "jp-health",
    "jp-health-lead",
    "jp-police-lead",
    "jp-grid",
    "jp-auditor",
    "jp-operator",
    "jp-admin",
    "zc-district2",
    "zc-leading",
)


@pytest.mark.parametrize("login", ONE_OF_EACH)
def test_every_link_that_is_offered_opens(office: Office, login: str) -> None:
    opened, dead = walk(office.person(login))

    assert dead == []
    assert len(opened) >= FEWEST_PAGES


def walk(person: Person) -> tuple[list[str], list[str]]:
    """The pages that opened, and the links that did not, breadth first from the front page.

    What somebody else's work has just taken away is offered no more when it is asked for again.
    """
    waiting, seen, alike = deque([("/", "/")]), {"/"}, Counter[str]()
    opened: list[str] = []
    dead: list[str] = []
    while waiting and len(opened) < MOST_PAGES:
        page, offered_on = waiting.popleft()
        answer = person.read(page)
        if answer.is_success:
            opened.append(page)
        elif page in links_of(person.read(offered_on)):
            dead.append(f"{answer.status_code} {page} offered on {offered_on}")
        for link in links_of(answer):
            shape = ID.sub("", link.partition("?")[0])
            if link not in seen and alike[shape] < ALIKE:
                seen.add(link)
                alike[shape] += 1
                waiting.append((link, page))
    return opened, dead


def links_of(answer: httpx.Response) -> list[str]:
    """Where a page leads to inside of Tanfang."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    found = map(html.unescape, LINK.findall(answer.text)) if is_page else ()
    return [link for link in found if link != LEAVING]
