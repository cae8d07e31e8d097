"""What nobody waits for is done once the answer has been sent."""

from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from shared.web.current import afterwards


def serving(*, fails: bool) -> tuple[Flask, list[str]]:
    """An application whose one route leaves something for afterwards, and what was done, in order."""
    app, done = Flask(__name__), []

    def work() -> None:
        done.append("afterwards")
        if fails:
            raise OperationalError("INSERT", {}, Exception())

    @app.get("/")
    def view() -> str:
        afterwards(work)
        done.append("answered")
        return "so"

    return app, done


def test_it_is_done_after_the_answer() -> None:
    app, done = serving(fails=False)

    answer = app.test_client().get("/")
    sent = list(done)
    answer.close()

    assert (sent, done) == (["answered"], ["answered", "afterwards"])


def test_a_database_that_fails_then_is_logged_and_takes_no_answer_back(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Where lines go depends on whether a service has set logs up in this process."""
    app, done = serving(fails=True)

    answer = app.test_client().get("/", buffered=True)

    assert (answer.status_code, answer.text, done[-1]) == (HTTPStatus.OK, "so", "afterwards")
    assert "left_undone_after_the_answer" in "".join((*capsys.readouterr(), caplog.text))
