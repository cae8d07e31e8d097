"""How a notice leaves the house: one interface, and the ways behind it that the settings switch on.

The key of a message goes with it, as header `Idempotency-Key` and in the body, so that a provider, or a
gateway in front of one that does not look at keys, recognises a message that is sent a second time.
"""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol
from uuid import UUID

from shared.contracts import places
from shared.platform.http import HttpAnswer, HttpClient, UnreachableError
from shared.platform.settings import Settings
from shared.process.notices import ChannelCode

OURS_TO_MEND = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
"""Our token is wrong, not the message: it waits until somebody has set it right."""

DONE = 0
TRY_LATER = frozenset({-1, 45009})
"""What 企业微信 answers when it is busy (-1) or has had too many messages in a minute (45009)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One text for one person. `key` is the same however often it is sent; the number shows in no log."""

    key: UUID
    text: str
    phone: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The provider has taken it; `detail` is its code."""

    detail: str


class Undeliverable(Exception):
    """This message will never arrive on this channel; the text is a code."""


class Busy(Exception):
    """Nobody knows whether it arrived, or it was put off: sending it again may help. The text is a code."""


class Channel(Protocol):
    """One way to tell a person something."""

    code: ChannelCode

    def send(self, message: Message) -> Sent:
        """Hand the message over. Raises Undeliverable or Busy."""
        ...


class InApp:
    """站内通知: the notice is delivered by being there, on the person's own page."""

    code = ChannelCode.IN_APP

    def send(self, message: Message) -> Sent:
        """Nothing to send."""
        del message
        return Sent(detail="shown")


class Webhook:
    """A group's robot of 企业微信 or 政务微信, which calls the person by their mobile number."""

    code = ChannelCode.WEBHOOK

    def __init__(self, url: str, http: HttpClient, *, link: str) -> None:
        """Post to the robot's address, which is a secret: whoever has it may speak."""
        self._url = url
        self._http = http
        self._link = link

    def send(self, message: Message) -> Sent:
        """Post the text; the robot says in `errcode` what came of it."""
        called = [_phone_of(message)]
        text = {"content": f"{message.text} {self._link}", "mentioned_mobile_list": called}
        body = {"msgtype": "text", "text": text, "id": str(message.key)}
        answer = _post(self._http, self._url, message, body)
        code = _error_code(answer)
        if code in TRY_LATER:
            raise Busy(f"errcode_{code}")
        if code != DONE:
            raise Undeliverable(f"errcode_{code}")
        return Sent(detail=f"errcode_{code}")


class Sms:
    """短信: a provider's HTTP port, or the gateway in front of it."""

    code = ChannelCode.SMS

    def __init__(self, url: str, http: HttpClient, *, link: str, token: str) -> None:
        """Post to the port with our bearer token."""
        self._url = url
        self._http = http
        self._link = link
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(self, message: Message) -> Sent:
        """Post number and text; any 2xx means taken."""
        text = f"{message.text} {self._link}"
        body = {"phone": _phone_of(message), "text": text, "id": str(message.key)}
        answer = _post(self._http, self._url, message, body, **self._headers)
        return Sent(detail=f"http_{answer.status}")


def outside_channels(settings: Settings, http: HttpClient) -> tuple[Channel, ...]:
    """The ways out of the house that the settings name; none is in order: notices are read on the pages."""
    found: list[Channel] = []
    link = f"{settings.public_origin}{places.home()}"
    if settings.webhook_url:
        found.append(Webhook(settings.webhook_url, http, link=link))
    if settings.sms_url:
        found.append(Sms(settings.sms_url, http, link=link, token=settings.sms_token))
    return tuple(found)


def _phone_of(message: Message) -> str:
    if not message.phone:
        raise Undeliverable("no_phone")
    return message.phone


def _post(http: HttpClient, url: str, message: Message, body: object, **headers: str) -> HttpAnswer:
    try:
        answer = http.post_json(url, body, headers={**headers, "Idempotency-Key": str(message.key)})
    except UnreachableError as error:
        raise Busy("unreachable") from error
    if answer.accepted:
        return answer
    if answer.retryable or answer.status in OURS_TO_MEND:
        raise Busy(f"http_{answer.status}")
    raise Undeliverable(f"http_{answer.status}")


def _error_code(answer: HttpAnswer) -> int:
    """The robot's `errcode`; anything else than its JSON comes from something in between, not from it."""
    try:
        said: Any = json.loads(answer.text)
        return int(said["errcode"])
    except (ValueError, TypeError, KeyError) as error:
        raise Busy("not_understood") from error
