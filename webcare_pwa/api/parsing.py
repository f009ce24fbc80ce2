"""Bytes to a JSON value, as forgiving as can be: only what cannot be parsed at all is refused."""

from __future__ import annotations

import json
from typing import Any

_LONGEST_NUMBER = 300  # Python refuses to read a whole number of more than 4300 digits; nobody means one


class Unreadable(Exception):
    """The body is no JSON; the message says where."""


def parse(body: bytes) -> tuple[str, Any, list[str]]:
    """(the text as it came, the value, warnings). Raises `Unreadable`."""
    warnings: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            warnings.append("a key stands in the body more than once; the last one counts")
        return found

    try:
        text = body.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=pairs, parse_int=_whole, parse_constant=str)
    except UnicodeDecodeError as error:
        raise Unreadable(f"The body is not UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"{error.msg} at line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise Unreadable("The body is nested too deeply.") from error
    return text, value, warnings[:1]


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits
