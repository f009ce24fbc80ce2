"""The photos of an uploaded form: those that can be used, and a sentence for each that cannot."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from flask import Request

from webcare_pwa import labels
from webcare_pwa.gateways.photos import read_photo
from webcare_pwa.ports import InboundPhoto

MAX_PHOTOS = 4


@dataclass(frozen=True)
class Pictures:
    """Photos that passed, and a sentence for each that did not."""

    photos: tuple[InboundPhoto, ...]
    refusals: tuple[str, ...]


def read_pictures(request: Request) -> Pictures:
    """Check and shrink the uploaded photos. Done before any transaction: it takes a while."""
    files = [each for each in request.files.getlist("photo") if each.filename]
    results = [read_photo(each.stream) for each in files[:MAX_PHOTOS]]
    for each in chain.from_iterable(request.files.listvalues()):
        each.close()
    refusals = [each for each in results if isinstance(each, str)]
    if len(files) > MAX_PHOTOS:
        refusals.append(labels.word("too_many_photos", "warning"))
    return Pictures(tuple(each for each in results if isinstance(each, InboundPhoto)), tuple(refusals))
