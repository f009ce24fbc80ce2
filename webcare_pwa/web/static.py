"""Static files: packed with gzip once per process, and every stylesheet joined into `css/app.css`, so that a screen
costs one request for its looks. Addresses carry a hash of the content, so answers may be kept for a year."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.security import safe_join

SHEET = "css/app.css"
FIRST = ("tokens.css", "base.css")  # the other stylesheets may lean on these
TEXT = {".css", ".js", ".svg", ".webmanifest", ".json", ".txt"}


@dataclass(frozen=True)
class Packed:
    """A text file ready to send, plain and packed. `version` is a hash of the content."""

    plain: bytes
    packed: bytes
    version: str
    mimetype: str


def install(app: Flask) -> None:
    """Serve static files through `_serve`, and put `v=<hash>` in their addresses."""
    app.view_functions["static"] = lambda filename: _serve(app, filename)

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = version(Path(str(app.static_folder)), str(values["filename"]))


def version(folder: Path, name: str) -> str:
    """Hash of the content of a static file; "0" when there is no such file."""
    if Path(name).suffix in TEXT:
        text = _packed(folder, name)
        return text.version if text else "0"
    return _binary_version(folder / name)


def _serve(app: Flask, filename: str) -> Response:
    text = _packed(Path(str(app.static_folder)), filename) if Path(filename).suffix in TEXT else None
    if text is None:
        return app.send_static_file(filename)
    wants_packed = bool(request.accept_encodings["gzip"])
    response = Response(text.packed if wants_packed else text.plain, mimetype=text.mimetype)
    if wants_packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(text.version + ("-gzip" if wants_packed else ""))
    response.cache_control.public = True
    response.cache_control.max_age = app.get_send_file_max_age(filename)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def _packed(folder: Path, name: str) -> Packed | None:
    content = _sheets(folder / "css") if name == SHEET else _content(folder, name)
    if content is None:
        return None
    mimetype = mimetypes.guess_type(name)[0] or "text/plain"
    return Packed(content, gzip.compress(content, 9, mtime=0), sha256(content).hexdigest()[:10], mimetype)


def _content(folder: Path, name: str) -> bytes | None:
    path = safe_join(str(folder), name)
    return Path(path).read_bytes() if path and Path(path).is_file() else None


def _sheets(folder: Path) -> bytes:
    names = [*FIRST, *sorted(path.name for path in folder.glob("*.css") if path.name not in FIRST)]
    return b"\n".join((folder / name).read_bytes() for name in names)


@lru_cache(maxsize=256)
def _binary_version(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"
