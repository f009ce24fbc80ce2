"""Whether the keys of a push subscription can carry a page: a P-256 point and a secret of 16 bytes, base64url. Pure."""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric import ec


def check(p256dh: str, auth: str) -> None:
    """Raises ValueError for keys with which nothing can be encrypted."""
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(p256dh, 65))
    _decoded(auth, 16)


def _decoded(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
    if len(raw) != length or (length == 65 and raw[0] != 4):
        raise ValueError("wrong length or not an uncompressed point")
    return raw
