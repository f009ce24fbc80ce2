"""The ways in which a person may be reached beside push: what each asks, and what a usable answer is. Pure.

What belongs to the installation (the SMS provider, the token of a bot) is a setting; a person gives only what is his own.
An address of his own choice (a ntfy server, a webhook) is https, and is resolved again when it is sent to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from webcare_pwa.rules import contact_details

PHONE, NTFY, PUSHOVER, TELEGRAM, TEAMS, MAIL, SMS = "voice", "ntfy", "pushover", "telegram", "teams", "mail", "sms"
NTFY_CLOUD = "https://ntfy.sh"
TEAMS_HOSTS = (".logic.azure.com", ".api.powerplatform.com")
MOST = 8  # of one person

_TOPIC = re.compile(r"[A-Za-z0-9_-]{8,64}")  # a short one would be guessed: who knows the topic reads along
_USER_KEY = re.compile(r"[A-Za-z0-9]{30}")
_CHAT = re.compile(r"-?[0-9]{5,20}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_TEAMS_PATH = re.compile(
    r"(?:/powerautomate/automations/direct(?:/cu/[0-9]+)?)?/workflows/[\w-]+/triggers/manual/paths/invoke/?", re.ASCII
)


@dataclass(frozen=True)
class Kind:
    """One kind. `fields` are the names of what its form asks; `secret` tells whether its address opens anything to who
    reads it, so that it is shown only in part."""

    code: str
    fields: tuple[str, ...]
    secret: bool = False


KINDS: dict[str, Kind] = {each.code: each for each in (
    Kind(PHONE, ("number",)), Kind(SMS, ("number",)), Kind(NTFY, ("topic", "server"), secret=True),
    Kind(PUSHOVER, ("user_key",), secret=True), Kind(TELEGRAM, ("chat_id",)), Kind(TEAMS, ("webhook",), secret=True),
    Kind(MAIL, ("email",)),
)}  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What came of a form: `address` and `values` to keep, or the names of the fields that cannot be used."""

    address: str = ""
    values: Mapping[str, str] | None = None
    wrong: frozenset[str] = frozenset()


def check(kind: str, typed: Mapping[str, str]) -> Checked:
    """Read the form of a kind. Raises KeyError for a kind that does not exist."""
    given = {name: " ".join(typed.get(name, "").split()) for name in KINDS[kind].fields}
    found = {name: _READ[name](text) for name, text in given.items()}
    wrong = frozenset(name for name, value in found.items() if value is None)
    if wrong:
        return Checked(wrong=wrong)
    values = {name: value for name, value in found.items() if value is not None}
    address = values[KINDS[kind].fields[0]]
    return Checked(address=address, values=values)


def masked(kind: str, address: str) -> str:
    """What the owner recognises an address by: telephone and mail whole, of anything secret the last four signs."""
    if kind in (PHONE, SMS):
        return contact_details.phone(address) or address
    if kind == TEAMS:
        return urlsplit(address).hostname or ""
    return f"…{address[-4:]}" if KINDS[kind].secret else address


def _server(text: str) -> str | None:
    """The origin of a ntfy server; nothing given is the public one."""
    parts = _https(text or NTFY_CLOUD)
    if parts is None or urlsplit(parts).path.strip("/") or urlsplit(parts).query:
        return None
    return f"https://{urlsplit(parts).netloc.lower()}"


def _webhook(text: str) -> str | None:
    found = _https(text)
    parts = urlsplit(found or "")
    known = any((parts.hostname or "").endswith(host) for host in TEAMS_HOSTS)
    return found if known and _TEAMS_PATH.fullmatch(parts.path) and "sig=" in parts.query else None


def _https(text: str) -> str | None:
    """An https address by name, without a login in it; never a bare number, which only points inside or nowhere."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    fine = parts.scheme == "https" and parts.username is None and (port is None or port > 0) and len(text) <= 1000
    return text if fine and _HOST.fullmatch(parts.hostname or "") and not parts.fragment else None


def _matching(pattern: re.Pattern[str], text: str) -> str | None:
    return text if pattern.fullmatch(text) else None


_READ: dict[str, Callable[[str], str | None]] = {
    "number": lambda text: contact_details.phone_e164(text) or None,
    "topic": lambda text: _matching(_TOPIC, text),
    "server": _server,
    "user_key": lambda text: _matching(_USER_KEY, text),
    "chat_id": lambda text: _matching(_CHAT, text),
    "webhook": _webhook,
    "email": lambda text: contact_details.email(text) or None,
}
