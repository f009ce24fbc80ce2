"""Signed links and tokens. Nothing secret is stored: each is made from the server's key when needed and compared in
constant time. Raise a row's version to revoke what was given out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

PAGE_TOKEN_SECONDS = 60 * 60


def new_token() -> str:
    """A random secret of 256 bits for a link or API token; store only `digest` of it."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a random secret: SHA-256 in hex. No salt is needed for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def selftest_secret(secret_key: str) -> str:
    """The API token of the self-test: made from the key, so that web and worker need to keep nothing."""
    mac = hmac.new(secret_key.encode(), b"selftest", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def case_token(secret_key: str, report_id: int, link_version: int) -> str:
    """The secret part of a tenant's link to his own case page."""
    mac = hmac.new(secret_key.encode(), f"case:{report_id}:{link_version}".encode(), hashlib.sha256).digest()
    return f"{report_id}-{base64.urlsafe_b64encode(mac[:18]).decode()}"


def case_report_id(token: str) -> int | None:
    """Which report a case token claims to be about; check it with `same` before believing it."""
    number = token.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else None


def same(one: str, other: str) -> bool:
    """Constant-time comparison."""
    return hmac.compare_digest(one.encode(), other.encode())


def page_token(secret_key: str, delivery_id: int, device_id: int) -> str:
    """The token inside a page: bound to delivery and device. It lets a phone report receipts and answer that alert."""
    return URLSafeTimedSerializer(secret_key, salt="page").dumps([delivery_id, device_id])


def contact_token(secret_key: str, delivery_id: int, contact_method_id: int) -> str:
    """The token in a message by a contact method, with the same rights and the same hour as a page's."""
    return URLSafeTimedSerializer(secret_key, salt="contact").dumps([delivery_id, contact_method_id])


def read_contact_token(secret_key: str, token: str) -> tuple[int, int] | None:
    """(delivery id, contact method id), or None when forged or older than an hour."""
    return _read(secret_key, "contact", token)


def contact_code(secret_key: str, delivery_id: int, contact_method_id: int) -> str:
    """Four digits in a message: typing them proves that it came, and nothing else."""
    mac = hmac.new(secret_key.encode(), f"code:{delivery_id}:{contact_method_id}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac[:4]) % 10_000:04}"


def read_page_token(secret_key: str, token: str) -> tuple[int, int] | None:
    """(delivery id, device id), or None when forged or older than an hour."""
    return _read(secret_key, "page", token)


def _read(secret_key: str, salt: str, token: str) -> tuple[int, int] | None:
    try:
        delivery_id, address_id = URLSafeTimedSerializer(secret_key, salt=salt).loads(token, max_age=PAGE_TOKEN_SECONDS)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(delivery_id), int(address_id)


def call_token(secret_key: str, delivery_id: int) -> str:
    """The token in the addresses of one telephone call: it lets who answers that call take or refuse what it is about."""
    return URLSafeTimedSerializer(secret_key, salt="call").dumps(delivery_id)


def read_call_token(secret_key: str, token: str) -> int | None:
    """The delivery of a call, or None when forged or older than an hour."""
    try:
        return int(URLSafeTimedSerializer(secret_key, salt="call").loads(token, max_age=PAGE_TOKEN_SECONDS))
    except (BadSignature, ValueError, TypeError):
        return None
