"""Every bad file somebody may send from a phone, and what comes of the good ones."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from webcare_pwa.gateways import photos
from webcare_pwa.gateways.photos import read_photo
from webcare_pwa.ports import InboundPhoto


def picture(kind: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90 if mode in ("L", "P", "I;16") else None).save(out, kind, **more)
    return out.getvalue()


def read(raw: bytes) -> InboundPhoto | str:
    return read_photo(io.BytesIO(raw))


def with_gps(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Geheime telefoon"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 7.0)
    return picture("JPEG", exif=exif, comment=b"geheim", icc_profile=b"profiel")


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + os.urandom(500)


def zip_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("foto.jpg", b"x" * 100)
    return out.getvalue()


def png_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


def webp_bomb() -> bytes:
    """An extended WebP whose canvas is 16384 by 16384."""
    size = struct.pack("<I", 16383)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + size + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_become_small_jpegs(kind: str) -> None:
    found = read(picture(kind, (3200, 1000)))
    assert isinstance(found, InboundPhoto)
    with Image.open(io.BytesIO(found.jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 500))
    assert (found.width, found.height) == (1600, 500)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    assert isinstance(read(picture("PNG", mode=mode)), InboundPhoto)


def test_cmyk_is_read() -> None:
    assert isinstance(read(picture("JPEG", mode="CMYK")), InboundPhoto)


def test_what_is_see_through_becomes_white() -> None:
    found = read(picture("PNG", mode="RGBA"))
    assert isinstance(found, InboundPhoto)
    with Image.open(io.BytesIO(found.jpeg)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_nothing_but_pixels_is_left_and_up_is_up() -> None:
    found = read(with_gps())
    assert isinstance(found, InboundPhoto)
    assert (found.width, found.height) == (300, 400)
    assert b"Exif" not in found.jpeg
    assert b"geheim" not in found.jpeg.lower()
    assert b"profiel" not in found.jpeg
    with Image.open(io.BytesIO(found.jpeg)) as image:
        assert not dict(image.getexif())
        assert not {"exif", "icc_profile", "comment", "xmp"} & image.info.keys()


@pytest.mark.parametrize("raw", [
    pytest.param(heic(), id="heic"),
    pytest.param(zip_file(), id="zip named jpg"),
    pytest.param(b"", id="empty"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
    pytest.param(picture("GIF"), id="gif"),
    pytest.param(picture("BMP"), id="bmp"),
    pytest.param(b"%PDF-1.7\n" + b"x" * 100, id="pdf"),
    pytest.param(b"\xff\xd8\xff", id="three bytes of jpeg"),
])
def test_what_is_no_photo_is_said_to_be_none(raw: bytes) -> None:
    assert read(raw) == photos.WRONG_KIND


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_that_arrived_half(kind: str) -> None:
    noisy = io.BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(noisy, kind)
    assert read(noisy.getvalue()[: len(noisy.getvalue()) // 2]) == photos.BROKEN


def test_half_a_webp_is_refused() -> None:
    raw = picture("WEBP", (300, 300))
    assert read(raw[: len(raw) // 2]) in (photos.BROKEN, photos.WRONG_KIND)


def test_a_bomb_is_not_unpacked() -> None:
    assert read(png_bomb()) == photos.TOO_MANY_PIXELS
    assert read(webp_bomb()) in (photos.TOO_MANY_PIXELS, photos.BROKEN, photos.WRONG_KIND)


def test_forty_megapixels_is_the_limit() -> None:
    assert read(png_bomb(8000, 5001)) == photos.TOO_MANY_PIXELS
    assert read(png_bomb(8000, 5000)) == photos.BROKEN  # it is looked at; these pixels are not there


def test_a_file_of_20_mb_is_not_read_to_the_end() -> None:
    file = io.BytesIO(picture("JPEG") + b"\0" * 20 * 1024 * 1024)
    assert read_photo(file) == photos.TOO_BIG
    assert file.tell() == photos.MAX_BYTES + 1


def test_12_mb_exactly_is_read() -> None:
    raw = picture("JPEG")
    assert isinstance(read(raw + b"\0" * (photos.MAX_BYTES - len(raw))), InboundPhoto)
