"""One mail as it goes over the line: its headers, its addresses, its bytes. Nothing that was typed can become a header."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from webcare_pwa.clock import real_now
from webcare_pwa.ports import MailJob

_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[^\s<>@,;:\"()\[\]\\]+")


def compose(job: MailJob, to: str, sender: str) -> EmailMessage:
    """The message with its headers. Automatic ones say so (RFC 3834), so that no other robot answers them."""
    domain = envelope(sender).rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = _one_line(job.subject)
    message["Date"] = real_now()
    message["Message-ID"] = _message_id(job.message_id, domain)
    if job.in_reply_to:
        message["In-Reply-To"] = message["References"] = _message_id(job.in_reply_to, domain)
    if job.automatic:
        message["Auto-Submitted"] = "auto-replied" if job.in_reply_to else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(job.body, charset="utf-8", cte="quoted-printable")
    return message


def payload(message: EmailMessage) -> bytes:
    """As it goes over the line: dots doubled, closed with the lone dot."""
    lines = message.as_bytes(policy=SMTP)
    closed = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return closed.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def ascii_address(text: str) -> str | None:
    """The address with its domain in ASCII; None when it is no address that SMTP can carry."""
    local, _, domain = text.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    return address if address.isascii() and _ADDRESS.fullmatch(address) else None


def envelope(sender: str) -> str:
    """The bare address of a sender that may carry a name."""
    return parseaddr(sender)[1]


def _message_id(own: str, domain: str) -> str:
    return f"<{re.sub('[^A-Za-z0-9-]', '', own) or '0'}@{domain}>"


def _one_line(text: str) -> str:
    """Without line ends and other control signs: nothing typed can become a header."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())
