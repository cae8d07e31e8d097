"""What a page must have for people who cannot see it well, read from its HTML."""

from collections import Counter
from html.parser import HTMLParser

_FIELDS = {"input", "select", "textarea"}
_WITHOUT_LABEL = {"hidden", "submit", "button"}
_VOID = {"input", "meta", "link", "br", "img", "hr"}


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page; an empty list is what a test wants."""
    page = _Page()
    page.feed(html)
    return page.faults()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._counted: Counter[str] = Counter()
        self._ids: Counter[str] = Counter()
        self._labelled: set[str] = set()
        self._fields: list[tuple[str, bool]] = []
        self._found: list[str] = []
        self._open: list[str] = []
        self._silent_button: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {name: value or "" for name, value in attrs}
        self._counted[tag] += 1
        self._check_policy(tag, given)
        if "id" in given:
            self._ids[given["id"]] += 1
        if tag == "html" and given.get("lang") != "zh-CN":
            self._found.append("the page does not say that it is Chinese")
        if tag == "label" and "for" in given:
            self._labelled.add(given["for"])
        if tag in _FIELDS and given.get("type") not in _WITHOUT_LABEL:
            self._fields.append((given.get("id", ""), "label" in self._open))
        if tag == "img" and "alt" not in given:
            self._found.append("a picture without words")
        if tag == "button" and not given.get("aria-label"):
            self._silent_button = given.get("class", "?")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave one element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "button" and self._silent_button is not None:
            self._found.append(f"a button without words: {self._silent_button}")
            self._silent_button = None

    def handle_data(self, data: str) -> None:
        """Words."""
        if data.strip():
            self._silent_button = None

    def faults(self) -> list[str]:
        """What was found."""
        if self._counted["h1"] != 1:
            self._found.append(f"{self._counted['h1']} first headings")
        if self._counted["main"] != 1:
            self._found.append(f"{self._counted['main']} main parts")
        self._found += [
            f"the id {name} is there {times} times" for name, times in self._ids.items() if times > 1
        ]
        self._found += [
            f"the field {name or '?'} has no label"
            for name, inside in self._fields
            if not inside and name not in self._labelled
        ]
        return self._found

    def _check_policy(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style" or "style" in given:
            self._found.append(f"a style inside the page: {tag}")
        if (tag == "script" and "src" not in given) or any(name.startswith("on") for name in given):
            self._found.append(f"a script inside the page: {tag}")
