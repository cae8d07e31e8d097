"""The inboxes of a small town behind one address, served by this process: what needs no workers."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.inbox.town import Town

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Silent(WSGIRequestHandler):
    """Serves without a line per request: the application writes its own."""

    def log(self, *_: object, **__: object) -> None:
        """Nothing."""


class Served:
    """The town's departments behind one address, as the dispatcher serves them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._apps: dict[str, Flask] = {
            "justice": town.app("justice"),
            "police": town.app("public_security"),
            "department": town.app("department"),
        }
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Silent)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def enter(self, page: Page, login: str, path: str) -> Page:
        """Somebody opens a page, signed in."""
        page.context.add_cookies([{"name": "tf_sid", "value": self.town.sign_in(login), "url": self.origin}])
        page.goto(self.origin + path)
        return page

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        first = environ["PATH_INFO"].split("/")[1]
        return self._apps.get(first, self._apps["department"])(environ, start_response)
