"""What a request tells about its device, kept coarse: enough to recognise one's own sign-ins, no more."""

from ipaddress import ip_address, ip_network

from flask import request

from services.identity.messages import BROWSER_FAMILIES, ON_A_DESK, ON_A_PHONE, UNKNOWN_BROWSER

_PREFIX_LENGTHS = {4: 24, 6: 48}
_PHONES = ("Mobile", "Android", "HarmonyOS")


def address() -> str:
    """The whole address, for the throttle alone."""
    return request.remote_addr or ""


def address_prefix() -> str:
    """The network that the device is in."""
    try:
        parsed = ip_address(address())
    except ValueError:
        return ""
    return str(ip_network((parsed, _PREFIX_LENGTHS[parsed.version]), strict=False))


def family() -> str:
    """The browser's name and whether it is a phone, in Chinese words."""
    agent = request.headers.get("User-Agent", "")
    name = next((words for mark, words in BROWSER_FAMILIES if mark in agent), UNKNOWN_BROWSER)
    place = ON_A_PHONE if any(mark in agent for mark in _PHONES) else ON_A_DESK
    return f"{name} · {place}"
