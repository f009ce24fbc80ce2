"""Cleans what people type about where they live and how to reach them: postcode, house number, phone, e-mail.

Pure. Nothing here refuses: what cannot be read comes back empty, and the caller decides to keep it as it was typed.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

TEXT_LIMIT = 10_000  # signs kept of one message's text; the raw form keeps all
_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})", re.ASCII)
_NEVER_ISSUED = frozenset({"SA", "SD", "SS"})
_HOUSE_NUMBER = re.compile(r"(?:nr\.?|no\.?)?\s*([0-9]{1,5})(?![0-9])[\s\-./,]*(.*)", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s\"<>(),;:\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_STREET_AND_NUMBER = re.compile(
    r"(.+?)[\s,]+([0-9]{1,5})(?:\s*([a-z]{1,4})|\s*-\s*([a-z0-9]{1,4}))?", re.ASCII | re.IGNORECASE
)


def clean(text: str) -> str:
    """Text that every database and screen can hold: no NUL or other control signs, no halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def shortened(text: str, limit: int = TEXT_LIMIT) -> tuple[str, bool]:
    """The first `limit` signs, and whether anything was cut off."""
    return text[:limit], len(text) > limit


def postcode(text: str) -> str:
    """1234AB, or "" when it is no Dutch postcode."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", text).upper())
    return "".join(found.groups()) if found and found[2] not in _NEVER_ISSUED else ""


def house_number(text: str) -> tuple[int | None, str]:
    """Number and suffix: "88-2" is (88, "2"), "12 bis" is (12, "BIS"). (None, "") when there is no number in front."""
    found = _HOUSE_NUMBER.fullmatch(clean(text))
    if found is None or int(found[1]) == 0:
        return None, ""
    return int(found[1]), suffix((found[2].split() or [""])[0])


def suffix(text: str) -> str:
    """The part after the house number as dwellings carry it: upper case, letters and digits only, at most 10."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())[:10]


def phone(text: str) -> str:
    """A number as people in the Netherlands dial and read it ("06 12345678", "+49 30 901820"), or "" when it is none."""
    number = _number(text)
    if number is None:
        return ""
    style = phonenumbers.PhoneNumberFormat
    kind = style.NATIONAL if number.country_code == 31 else style.INTERNATIONAL
    return phonenumbers.format_number(number, kind)


def phone_e164(text: str) -> str:
    """A number as machines dial it ("+31612345678"), or "" when it is none."""
    number = _number(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if number else ""


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text[:60], "NL")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def phone_as_typed(text: str) -> str:
    """What was typed, when somebody could still try to dial it (at least six digits); else ""."""
    typed = re.sub(r"[^0-9+() \-]", "", clean(text))[:30].strip()
    return typed if sum(sign.isdigit() for sign in typed) >= 6 else ""


def email(text: str) -> str:
    """An address that looks deliverable, or ""."""
    typed = clean(text)
    return typed if len(typed) <= 254 and _EMAIL.fullmatch(typed) and ".." not in typed else ""


def street_key(street: str) -> str:
    """Letters and digits only, lower case, no accents: what streets are searched by."""
    plain = unicodedata.normalize("NFKD", street).casefold()  # in this order: ℠ is "SM" only after it was taken apart
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def address_words(text: str) -> tuple[str, str, int | None, str]:
    """(postcode, street key, house number, suffix) out of one search box. "1234AB 88a" and "Populierenlaan 88" both work."""
    typed = clean(text)[:120]
    code = postcode(re.sub(r"\s", "", typed)[:6])
    if code:
        rest = re.sub(r"^\s*[0-9]{4}\s*[a-zA-Z]{2}", "", typed)
        return code, "", *house_number(rest.strip(" ,"))
    found = _STREET_AND_NUMBER.fullmatch(typed)
    if found is None:
        return "", street_key(typed), None, ""
    return "", street_key(found[1]), int(found[2]), suffix(found[3] or found[4] or "")
