"""A real Chromium for the browser tests, and what every page of ours must keep in it."""

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    StorageState,
    ViewportSize,
    expect,
    sync_playwright,
)

from deploy.local.stack import Stack
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD
from shared.platform.settings import Settings
from tests.browser.served import Served
from tests.inbox.town import Town

CHROMIUM = Path("/usr/bin/chromium")
MISSING = "no Chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
    "zoomed": {"width": 640, "height": 400},
}
"""A desk, a phone, and the desk at 200 %: the same screen, half as many CSS pixels each way (WCAG 1.4.4)."""

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SIGNING_IN = "登录 · 探访"
PAGE_SECONDS = 10
"""How long a page may take on a busy machine before a test gives up."""

_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TOO_SMALL = """[...document.querySelectorAll('button, .button, .input, .choice, nav a')]
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < least - 0.5)
    .map(one => one.textContent.trim() || one.name)"""
_LOOK_AT_EVERY_PAGE = f"""addEventListener('load', () => {{
    const least = 44, sideways = {_SIDEWAYS}, small = {_TOO_SMALL};
    if (sideways > 0) console.error(`${{location.pathname}} must be pushed sideways by ${{sideways}} px`);
    if (small.length) console.error(`${{location.pathname}} has targets under 44 px: ${{small}}`);
}})"""

OpenPage = Callable[..., Page]
AtWork = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_runtest_setup() -> None:
    """Without a Chromium nothing is started for these tests, and one line says why for all."""
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for this folder. It is gone before the next: no other loop may run in its thread."""
    expect.set_options(timeout=PAGE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages for different people: `open_page("phone")`, `open_page("desk", script=False)`.

    At the end no page may have met a violation of its content security policy or an error of a script, been
    wider than its screen, or had a target that a thumb hardly hits (MIIT 2021 适老化: 44 px).
    """
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        # A refusal that a page shows on purpose is also an error line of the network; that one is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def opened(size: str, *, script: bool = True, state: StorageState | None = None) -> Page:
        context = chromium.new_context(
            viewport=SIZES[size], locale="zh-CN", java_script_enabled=script, storage_state=state
        )
        contexts.append(context)
        context.set_default_timeout(PAGE_SECONDS * 1000)
        context.add_init_script(_LOOK_AT_EVERY_PAGE)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[Served]:
    """The town, served on a port of its own."""
    town = Town(settings)
    running = Served(town)
    yield running
    running.stop()
    town.close()


@pytest.fixture(scope="package")
def sessions() -> dict[str, StorageState]:
    """What the browser keeps of whoever has signed in on the stack: to sign in costs more than most pages."""
    return {}


@pytest.fixture
def at_work(open_page: OpenPage, stack: Stack, sessions: dict[str, StorageState]) -> AtWork:
    """Somebody of the demonstration, signed in: `at_work("zc-visitor2", "/visits/", "phone")`.

    One session serves all tests; `anew` signs in once more, as from another device.
    """

    def opened(login: str, path: str, size: str = "desk", *, anew: bool = False) -> Page:
        page = open_page(size, state=None if anew else sessions.get(login))
        page.goto(f"{stack.origin}{path}")
        if page.title() == SIGNING_IN:
            sign_in(page, login)
            expect(page).not_to_have_title(SIGNING_IN)
            sessions[login] = page.context.storage_state()
        return page

    return opened


def sign_in(page: Page, login: str, password: str = DEMONSTRATION_PASSWORD) -> None:
    """Fill in and send the sign-in page that is open."""
    page.get_by_label("账号", exact=True).fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def reload_until(page: Page, seen: Locator, tries: int = PAGE_SECONDS) -> None:
    """What a process shows follows the fact a moment later: look again until it is there."""
    for _ in range(tries):
        try:
            expect(seen).to_be_visible(timeout=1000)
        except AssertionError:
            page.reload()
        else:
            return
    expect(seen).to_be_visible()


def axe_finds(page: Page) -> list[str]:
    """What axe-core has against the page that is open: rule, help and where; nothing is what a test wants."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']} at {[node['target'] for node in each['nodes']]}"
        for each in found["violations"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page must be pushed sideways to be read; 0 is right."""
    return int(page.evaluate(_SIDEWAYS))


def too_small(page: Page, least: int) -> list[str]:
    """What one can press but hardly hit: targets lower than `least` pixels."""
    return list(page.evaluate(f"least => {_TOO_SMALL}", least))
