"""What the push service knows: subscriptions of browsers (or of devices of its own that decrypt), and messages to them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from tests.push_lab.encryption import b64u, public_point


@dataclass
class Subscription:
    """One push subscription. `private_key` and `auth` only for a synthetic device."""

    token: str
    channel: str
    agent: str
    app_key: str | None = None
    gone: bool = False
    private_key: ec.EllipticCurvePrivateKey | None = None
    auth: bytes = b""

    def keys(self) -> dict[str, str]:
        """As a browser's `toJSON()` gives them."""
        assert self.private_key is not None
        return {"p256dh": b64u(public_point(self.private_key)), "auth": b64u(self.auth)}


@dataclass
class Message:
    """One push message. `state`: queued, sent, acked, nacked, replaced or dropped."""

    token: str
    channel: str
    agent: str
    ttl: int
    urgency: str
    topic: str | None
    encoding: str
    body: bytes
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: str = "queued"
    ack_code: int | None = None
    plaintext: str | None = None


@dataclass
class Fault:
    """What the service does wrong. `action`: status, hang, reset, blackhole, redirect, drip, accept-then-drop."""

    action: str = "status"
    status: int = 500
    retry_after: str = ""
    location: str = ""
    match: str = ""
    times: int = 1_000_000
