"""What people type about themselves, as tables of cases; and nothing they can type breaks it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_pwa.rules import contact_details as contact


@pytest.mark.parametrize(("typed", "meant"), [
    ("1234AB", "1234AB"),
    ("1234 ab", "1234AB"),
    (" 1234\u00a0AB ", "1234AB"),
    ("1234-AB", "1234AB"),
    ("0123AB", ""),
    ("1234SS", ""),
    ("1234SA", ""),
    ("1234", ""),
    ("12345AB", ""),
    ("1234ABC", ""),
    ("１２３４AB", ""),
    ("", ""),
    ("Waterveen", ""),
])
def test_postcode(typed: str, meant: str) -> None:
    assert contact.postcode(typed) == meant


@pytest.mark.parametrize(("typed", "number", "suffix"), [
    ("88", 88, ""),
    ("88-2", 88, "2"),
    ("88a", 88, "A"),
    ("12 bis", 12, "BIS"),
    ("nr 5", 5, ""),
    ("88, 2e verdieping", 88, "2E"),
    ("0", None, ""),
    ("-3", None, ""),
    ("123456", None, ""),
    ("tien", None, ""),
    ("", None, ""),
])
def test_house_number(typed: str, number: int | None, suffix: str) -> None:
    assert contact.house_number(typed) == (number, suffix)


@pytest.mark.parametrize(("typed", "meant"), [
    ("0612345678", "06 12345678"),
    ("06-12 34 56 78", "06 12345678"),
    ("+31 6 12345678", "06 12345678"),
    ("0031612345678", "06 12345678"),
    ("030 123 45 67", "030 123 4567"),
    ("+49 30 901820", "+49 30 901820"),
    ("06123", ""),
    ("112", ""),
    ("geen", ""),
    ("", ""),
    ("9" * 300, ""),
])
def test_phone(typed: str, meant: str) -> None:
    assert contact.phone(typed) == meant


@pytest.mark.parametrize(("typed", "kept"), [
    ("06-1234567", "06-1234567"),
    ("bel 0612345", "0612345"),
    ("06123", ""),
    ("\u0000123456", "123456"),
    ("1" * 80, "1" * 30),
])
def test_a_number_that_looks_wrong_is_kept_if_it_can_be_dialled(typed: str, kept: str) -> None:
    assert contact.phone_as_typed(typed) == kept


@pytest.mark.parametrize(("typed", "meant"), [
    ("m.jansen@huurder.example", "m.jansen@huurder.example"),
    (" a+b@sub.voorbeeld.nl ", "a+b@sub.voorbeeld.nl"),
    ("jansen@huurder", ""),
    ("jansen", ""),
    ("a@b.nl, c@d.nl", ""),
    ("a@b..nl", ""),
    ("a b@c.nl", ""),
    ("a@b.nl\nBcc: c@d.nl", ""),
    ("x" * 250 + "@b.nl", ""),
])
def test_email(typed: str, meant: str) -> None:
    assert contact.email(typed) == meant


@pytest.mark.parametrize(("typed", "said"), [
    ("1234ab 88", ("1234AB", "", 88, "")),
    ("1234 AB, 88-2", ("1234AB", "", 88, "2")),
    ("1234ab", ("1234AB", "", None, "")),
    ("populierenlaan 88", ("", "populierenlaan", 88, "")),
    ("Populierenlaan 88a", ("", "populierenlaan", 88, "A")),
    ("Plein 1944 12", ("", "plein1944", 12, "")),
    ("'t Hof 3", ("", "thof", 3, "")),
    ("Coöperatiehof", ("", "cooperatiehof", None, "")),
    ("popul", ("", "popul", None, "")),
    ("", ("", "", None, "")),
])
def test_one_search_box(typed: str, said: tuple[str, str, int | None, str]) -> None:
    assert contact.address_words(typed) == said


@pytest.mark.parametrize(("typed", "kept"), [
    ("lek\u0000kage", "lekkage"),
    ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),
    ("half \ud83d", "half ?"),
    ("🔥 مرحبا", "🔥 مرحبا"),
    ("  ruimte  ", "ruimte"),
    ("\u001b[31mrood", "[31mrood"),
])
def test_clean(typed: str, kept: str) -> None:
    assert contact.clean(typed) == kept


def test_shortened_says_whether_it_cut() -> None:
    assert contact.shortened("x" * 10_000) == ("x" * 10_000, False)
    assert contact.shortened("x" * 10_001) == ("x" * 10_000, True)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_whatever_is_typed_comes_out_in_its_own_shape_or_empty(typed: str) -> None:
    assert re.fullmatch(r"|[1-9][0-9]{3}[A-Z]{2}", contact.postcode(typed))
    number, suffix = contact.house_number(typed)
    assert number is None or 1 <= number <= 99_999
    assert re.fullmatch(r"[A-Z0-9]{0,10}", suffix)
    assert re.fullmatch(r"|\+?[0-9 ()-]{4,40}", contact.phone(typed))
    assert len(contact.phone_as_typed(typed)) <= 30
    assert "\n" not in contact.email(typed)
    assert re.fullmatch(r"[a-z0-9]*", contact.address_words(typed)[1])


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_clean_text_fits_every_database_and_stays_clean(typed: str) -> None:
    kept = contact.clean(typed)
    kept.encode("utf-8")
    assert "\0" not in kept
    assert contact.clean(kept) == kept


@given(st.from_regex(r"[1-9][0-9]{3} ?[A-RT-Za-rt-z]{2}", fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_reading_a_postcode_twice_changes_nothing(typed: str) -> None:
    assert contact.postcode(contact.postcode(typed)) == contact.postcode(typed) != ""
