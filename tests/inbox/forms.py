"""What a browser without JavaScript finds in a page."""

import re

from werkzeug.test import TestResponse


def form_address(page: TestResponse, move: str) -> str:
    """Where the form of a move goes, its key included."""
    found = re.search(rf'action="([^"]*/{move}\?key=[^"]+)"', page.text)
    assert found, f"no form for {move}"
    return found[1].replace("&amp;", "&")
