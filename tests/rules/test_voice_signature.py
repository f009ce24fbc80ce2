"""The signature is the provider's: its own published example, and nothing that differs from it."""

from __future__ import annotations

import pytest

from webcare_pwa.rules.voice_signature import is_genuine, signature

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("From", "+14158675309"), ("To", "+18005551212"),
        ("Caller", "+14158675309")]
PUBLISHED = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_published_example() -> None:
    assert signature("12345", URL, FORM) == PUBLISHED
    assert is_genuine("12345", URL, reversed(FORM), PUBLISHED)


def test_the_port_may_be_signed_or_not() -> None:
    assert is_genuine("12345", URL.replace(".com", ".com:8443"), FORM, PUBLISHED)


@pytest.mark.parametrize(("token", "url", "form", "given"), [
    ("12346", URL, FORM, PUBLISHED), ("12345", URL + "3", FORM, PUBLISHED), ("12345", URL, FORM[1:], PUBLISHED),
    ("12345", URL, [*FORM, ("Extra", "1")], PUBLISHED), ("12345", URL, FORM, ""), ("12345", URL, FORM, "é"),
])  # fmt: skip
def test_anything_else_is_not(token: str, url: str, form: list[tuple[str, str]], given: str) -> None:
    assert not is_genuine(token, url, form, given)
