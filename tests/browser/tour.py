"""`make tour`: the README's pictures, taken anew from a fresh demonstration."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from deploy.local.stack import Ports, Stack
from tests.browser.conftest import CHROMIUM, MISSING, QUIET, SIZES, sign_in
from tests.browser.people import enrolment_of

FOLDER = Path(__file__).parents[2] / "deploy" / "local" / "tour"
LARGEST_BYTES = 150_000
"""A picture above this does not belong into git."""

SHAPES: dict[str, ViewportSize] = {**SIZES, "desk": {"width": 1280, "height": 720}}
"""A desk is shown a little lower than it is tested: the fullest page then stays well below the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: who looks at which page, on what, after having done what."""

    name: str
    login: str
    path: str
    size: str
    before: Callable[[Page], None] = lambda _page: None


def main() -> None:
    """Start a fresh demonstration, take the pictures, stop it."""
    if not CHROMIUM.exists():
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder) / "state", Ports.free())
        try:
            for step in stack.steps():
                click.echo(f"  {step.title}")
                step.do()
            _take(stack.origin)
        finally:
            stack.stop()


def _take(origin: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for picture in PICTURES:
            path = _photograph(browser, picture, origin)
            click.echo(f"  {path.name}  {path.stat().st_size // 1000} kB")
            assert path.stat().st_size <= LARGEST_BYTES, f"{path.name} is too large for git"
        browser.close()


def _photograph(browser: Browser, picture: Picture, origin: str) -> Path:
    context = browser.new_context(viewport=SHAPES[picture.size], locale="zh-CN")
    page = context.new_page()
    page.goto(f"{origin}{picture.path}")
    sign_in(page, picture.login)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("登录")
    picture.before(page)
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def _record_a_call(page: Page) -> None:
    page.get_by_role("link", name="电话里说上话").click()
    page.get_by_role("button", name="均无变化，保存").click()
    expect(page.get_by_role("status")).to_be_visible()


def _open_the_first_chase(page: Page) -> None:
    page.get_by_role("link", name="催办 · 批示").first.click()
    page.locator(".limits").evaluate("ladder => ladder.scrollIntoView()")


PICTURES = (
    Picture(name="round", login="zc-visitor2", path="/visits/", size="phone"),
    Picture(
        name="verdict",
        login="zc-visitor2",
        path=f"/visits/elders/{enrolment_of('葛素宝')}/contact",
        size="phone",
        before=_record_a_call,
    ),
    Picture(name="board", login="jp-coordinator", path="/coordination/", size="desk"),
    Picture(
        name="chase", login="jp-coordinator", path="/coordination/", size="desk", before=_open_the_first_chase
    ),
    Picture(
        name="elder",
        login="zc-coordinator",
        path=f"/coordination/elders/{enrolment_of('谢雅国')}",
        size="desk",
    ),
    Picture(name="inbox", login="jp-justice", path="/justice/inbox", size="desk"),
)
"""At most six, in the order of the README."""

if __name__ == "__main__":
    main()
