"""Plain types that cross the edge: what comes in from a channel, what goes out to a gateway, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class InboundPhoto:
    """A picture that passed the checks: JPEG without metadata."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Inbound:
    """One message as a channel understood it.

    `external_id` is the channel's own id of the message, or one made once per form; repeats of it are the same message.
    `raw` is exactly what arrived. `facts` has the keys of `rules/facts.py`.
    """

    organisation_id: int
    channel: str
    external_id: str
    raw: str
    text: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    photos: tuple[InboundPhoto, ...] = ()
    taken_by_id: int | None = None
    over_rate: bool = False  # this source reports faster than people do; a mark, never a reason to refuse


@dataclass(frozen=True)
class PushJob:
    """One push ready to go. `payload` is UTF-8 JSON under 2 kB; `ttl` in seconds; `topic` at most 32 base64url signs."""

    delivery_id: int
    endpoint: str
    p256dh: str
    auth: str
    payload: bytes
    ttl: int
    topic: str
    urgency: str = "high"


@dataclass(frozen=True)
class ContactJob:
    """One message by a contact method ready to go: no place and no personal data in `title` and `body`.

    `kind`, `address` and `values` are those of the contact method; `url` is the signed page on which the receiver answers,
    `code` what he may type on Toestellen instead. A telephone call speaks `spoken`. A `delivery_id` below 0 is no row:
    nothing can be answered to it (the alarm about the service itself).
    """

    delivery_id: int
    kind: str
    address: str
    values: dict[str, Any]
    title: str
    body: str
    url: str
    code: str
    spoken: str = ""


@dataclass(frozen=True)
class MailJob:
    """One mail ready to go."""

    mail_id: int
    to_address: str
    subject: str
    body: str
    message_id: str
    automatic: bool
    in_reply_to: str = ""


@dataclass(frozen=True)
class Delivered:
    """The service took it. This proves nothing about the phone. `vendor_id`: the provider's own id, when it gave one."""

    detail: str = ""
    vendor_id: str = ""


@dataclass(frozen=True)
class Gone:
    """The address does not exist any more (404, 410)."""

    detail: str = ""


@dataclass(frozen=True)
class TryAgain:
    """It may work later; `after` seconds from now at the earliest (None: our own back-off)."""

    after: float | None = None
    detail: str = ""


@dataclass(frozen=True)
class Refused:
    """It will never work like this; somebody must look."""

    detail: str = ""


@dataclass(frozen=True)
class Unknown:
    """The service had the whole message when the line broke: it may have taken it, or not."""

    detail: str = ""


@dataclass(frozen=True)
class OurFault:
    """The service refuses this installation, not the receiver: a wrong key, an account without credit, a kind that is not set
    up. Nothing of anybody's contact is proven wrong; it works again when an administrator mends it."""

    detail: str = ""


Outcome = Delivered | Gone | TryAgain | Refused | OurFault
MailOutcome = Outcome | Unknown


class PushGateway(Protocol):
    """Sends pushes in the background. `submit` returns at once; `finished` gives what came back since the last call."""

    @property
    def free(self) -> int:
        """How many more jobs may be submitted now."""

    def submit(self, job: PushJob) -> None:
        """Start sending one job."""

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes, each once."""


class ContactGateway(Protocol):
    """Sends messages by contact methods in the background, same shape as `PushGateway`."""

    @property
    def free(self) -> int:
        """How many more jobs may be submitted now."""

    def submit(self, job: ContactJob) -> None:
        """Start sending one job."""

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes, each once."""


class MailGateway(Protocol):
    """Sends mails in the background, same shape as `PushGateway`."""

    @property
    def free(self) -> int:
        """How many more jobs may be submitted now."""

    def submit(self, job: MailJob) -> None:
        """Start sending one job."""

    def finished(self) -> list[tuple[int, MailOutcome]]:
        """Mail ids with their outcomes, each once."""
