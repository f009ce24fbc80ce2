"""Turns an uploaded file into a small JPEG without metadata, or says in Dutch why it cannot. The only module that knows
Pillow. The content decides what a file is, never its name."""

from __future__ import annotations

import io
import struct
import zlib
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from webcare_pwa.ports import InboundPhoto

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")

TOO_BIG = "De foto is te groot (meer dan 12 MB). Wij hebben de foto niet opgeslagen."
WRONG_KIND = "Dit bestand is geen foto die wij kunnen lezen (alleen JPEG, PNG of WebP). Wij hebben het niet opgeslagen."
TOO_MANY_PIXELS = "De foto heeft te veel beeldpunten. Wij hebben de foto niet opgeslagen."
BROKEN = "De foto is beschadigd of niet helemaal aangekomen. Wij hebben de foto niet opgeslagen."

Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit only warns; ours is checked below, before anything is decoded
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error, zlib.error, MemoryError)


def read_photo(file: IO[bytes]) -> InboundPhoto | str:
    """The picture, or the sentence for the person who sent it. Reads at most `MAX_BYTES` and never raises for bad content."""
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return TOO_BIG
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return TOO_MANY_PIXELS
            return _small(image)
    except UnidentifiedImageError:
        return WRONG_KIND
    except _DAMAGE:
        return BROKEN


def _small(image: Image.Image) -> InboundPhoto:
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # lets a JPEG decode at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = _on_white(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY)
    return InboundPhoto(out.getvalue(), bare.width, bare.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Only the pixels, as RGB: a new image carries no EXIF, profile, comment or thumbnail."""
    page = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        page.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
    else:
        page.paste(image.convert("RGB"))
    return page
