"""The browser's half of RFC 8291 and the push service's half of RFC 8292, written apart from the code under test."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webcare_pwa.clock import real_now

DAY = 24 * 3600


class VapidRefused(Exception):
    """The Authorization header does not pass; carries the status a service answers with."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def b64u(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64u(text: str) -> bytes:
    text = text.strip().rstrip("=")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def decrypt(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """A single-record aes128gcm body, as a browser reads it. Raises ValueError or InvalidTag for anything else."""
    salt, record_size, id_length = body[:16], struct.unpack(">I", body[16:20])[0], body[20]
    sender, cipher = body[21 : 21 + id_length], body[21 + id_length :]
    if id_length != 65 or record_size < 18 or len(cipher) > record_size:
        raise ValueError("not a single-record Web Push message")
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    secret = _hkdf(auth, shared, b"WebPush: info\0" + public_point(key) + sender, 32)
    content_key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(content_key).decrypt(nonce, cipher, None).rstrip(b"\0")
    if plain[-1:] != b"\x02":
        raise ValueError("bad padding")
    return plain[:-1]


def check_vapid(header: str | None, audience: str, expected_key: str | None) -> None:
    """Check an Authorization header the way public services do. Raises `VapidRefused`."""
    if not header:
        raise VapidRefused(401, "no Authorization")
    claims, key = _signed_claims(header)
    expires = claims.get("exp")
    now = real_now().timestamp()
    if claims.get("aud") != audience:
        raise VapidRefused(403, f"aud {claims.get('aud')!r} is not {audience!r}")
    if not isinstance(expires, int) or not now < expires <= now + DAY + 60:
        raise VapidRefused(403, "expired, or more than 24 hours ahead")
    if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        raise VapidRefused(403, "sub must be mailto: or https:")
    if expected_key and unb64u(expected_key) != key:
        raise VapidRefused(403, "another key than the one given at subscribe()")


def _signed_claims(header: str) -> tuple[dict[str, Any], bytes]:
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme.lower() != "vapid" or {"t", "k"} - parts.keys():
        raise VapidRefused(401, "no VAPID token")
    head, claims, signature = parts["t"].split(".")
    key, raw = unb64u(parts["k"]), unb64u(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise VapidRefused(403, "bad signature") from error
    return json.loads(unb64u(claims)), key


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
