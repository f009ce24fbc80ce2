"""The signature a call provider puts under what it posts to us (X-Twilio-Signature): HMAC-SHA1 with the account's token
over the address and the sorted form. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit


def signature(token: str, url: str, form: Iterable[tuple[str, str]]) -> str:
    """What must stand in the header. A field that came twice counts once per value, as the provider's own libraries do."""
    text = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def is_genuine(token: str, url: str, form: Iterable[tuple[str, str]], given: str) -> bool:
    """Was it signed by who holds the token? With and without the port, as the provider signs either; constant time."""
    fields = list(form)
    parts = urlsplit(url)
    portless = parts._replace(netloc=parts.hostname or "").geturl()
    expected = [signature(token, each, fields) for each in (url, portless)]
    return any(hmac.compare_digest(each.encode(), given.encode()) for each in expected)
