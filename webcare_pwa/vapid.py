"""Our key pair towards the push services (VAPID): made once, read by the web process for the public half only.

A subscription is bound to the key it was made with, so the key is never overwritten. No push library here: the web
process may not load one.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from webcare_pwa.settings import Settings


def public_key(settings: Settings) -> str:
    """The applicationServerKey that browsers subscribe with (base64url), or "" when no key was made yet."""
    path = settings.vapid_private_key_file
    return _b64(_point(path, path.stat().st_mtime_ns)) if path.is_file() else ""


def key_id(settings: Settings) -> str:
    """16 hex signs that name the key, or "" when there is none; stored with each device."""
    return identify(public_key(settings))


def identify(public: str) -> str:
    """The id of a public key as browsers give it (base64url, with or without padding)."""
    return hashlib.sha256(public.rstrip("=").encode()).hexdigest()[:16] if public else ""


def create(path: Path) -> bool:
    """Make the key file, readable by its owner alone. False when there was one already; that one stays."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return True


@lru_cache(maxsize=4)
def _point(path: Path, _changed: int) -> bytes:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError(f"{path} holds no P-256 private key")
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
