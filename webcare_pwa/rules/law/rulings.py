"""The rules by id: where they stand in the law, what they measure, and whether the norm is a least or a most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from webcare_pwa.rules.law.breach import COUNT, MINUTES

LEAST, MOST = "least", "most"


@dataclass(frozen=True)
class Ruling:
    """`norm`: with least, less than `allowed` is a breach; with most, more."""

    article: str
    unit: str
    norm: str


RULINGS: Mapping[str, Ruling] = MappingProxyType({
    "R1": Ruling("ATW 5:9(1)", COUNT, LEAST),
    "R2a": Ruling("ATW 5:9(2)a", COUNT, LEAST),
    "R2b": Ruling("ATW 5:9(2)b", COUNT, LEAST),
    "R3": Ruling("ATW 5:9(3)", MINUTES, LEAST),
    "R4": Ruling("ATW 5:9(4)", MINUTES, MOST),
    "R5": Ruling("ATW 5:9(5)", MINUTES, MOST),
    "R6a": Ruling("ATW 5:9(6)a", MINUTES, LEAST),
    "R6b": Ruling("ATW 5:9(6)b", MINUTES, MOST),
    "R8a": Ruling("ATW 5:7(2)a", MINUTES, MOST),
    "R8b": Ruling("ATW 5:7(2)b", MINUTES, MOST),
    "R8c": Ruling("ATW 5:7(2)c", MINUTES, MOST),
    "R8d": Ruling("ATW 5:7(3)", MINUTES, MOST),
    "REST_DAILY": Ruling("ATW 5:3(2)", MINUTES, LEAST),
    "REST_WEEKLY": Ruling("ATW 5:5(2)", MINUTES, LEAST),
    "BREAKS": Ruling("ATW 5:4(2)", MINUTES, LEAST),
    "REST_NIGHT": Ruling("ATW 5:8(4)", MINUTES, LEAST),
    "REST_NIGHT_SERIES": Ruling("ATW 5:8(5)", MINUTES, LEAST),
    "NIGHT_LENGTH": Ruling("ATW 5:8(1), 5:8(3)", MINUTES, MOST),
    "NIGHT_SERIES": Ruling("ATW 5:8(6)", COUNT, MOST),
    "NIGHT_COUNT_16W": Ruling("ATW 5:8(8)", COUNT, MOST),
    "NIGHT_COUNT_52W": Ruling("ATW 5:8(8)", COUNT, MOST),
    "FREE_SUNDAYS": Ruling("ATW 5:6(3)", COUNT, LEAST),
    "EXCLUDED": Ruling("ATW hoofdstuk 4", MINUTES, MOST),
    "P2_SHIFT": Ruling("ATW hoofdstuk 4", MINUTES, MOST),
    "P2_NIGHT": Ruling("ATW hoofdstuk 4", COUNT, MOST),
    "P2_4W": Ruling("ATW hoofdstuk 4", MINUTES, MOST),
    "P2_16W": Ruling("ATW hoofdstuk 4", MINUTES, MOST),
    "PUBLISH": Ruling("ATW 4:2", COUNT, LEAST),
    "SLEEP": Ruling("", MINUTES, LEAST),
})
"""R7 (5:9(7)) is no limit but how call-outs are counted, see `rules/law/calls.py`. SLEEP is good practice, not law."""
