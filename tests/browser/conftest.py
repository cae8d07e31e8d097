"""A real Chromium for the browser tests, and what every page of ours must keep in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages for different people: `open_page("phone")`, `open_page("desk", script=False)`.

    At the end no page may have met a violation of its content security policy or an error of a script.
    """
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        # A refusal that a page shows on purpose is also an error line of the network; that one is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def opened(size: str, *, script: bool = True) -> Page:
        context = chromium.new_context(viewport=_SIZES[size], locale="zh-CN", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def sideways(page: Page) -> int:
    """By how many pixels the page must be pushed sideways to be read; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def too_small(page: Page, least: int) -> list[str]:
    """What one can press but hardly hit: targets lower than `least` pixels."""
    script = """least => [...document.querySelectorAll('button, .button, .input, .choice, nav a')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < least - 0.5)
        .map(one => one.textContent.trim() || one.name)"""
    return list(page.evaluate(script, least))
