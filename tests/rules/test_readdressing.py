"""An answer for all tenants of an outage: nobody reads what belongs to another."""

from __future__ import annotations

import pytest

from webcare_pwa.rules.readdressing import readdress

MINE = {"link": "https://d.example/c/41.abc", "adres": "Populierenlaan 88", "naam": "mevrouw Aydin", "meldnummer": "41"}
THEIRS = {"link": "https://d.example/c/52.def", "adres": "Populierenlaan 90", "naam": "de heer Bos", "meldnummer": "52"}


@pytest.mark.parametrize(("text", "other"), [
    ("Beste mevrouw Aydin, kijk op https://d.example/c/41.abc.", "Beste de heer Bos, kijk op https://d.example/c/52.def."),
    ("Wij komen naar Populierenlaan 88.", "Wij komen naar Populierenlaan 90."),
    ("Uw melding 41 loopt. Het nummer is 41.", "Uw melding 52 loopt. Het nummer is 52."),
    ("Wij zijn er over 41 minuten, om 03:41.", "Wij zijn er over 41 minuten, om 03:41."),
    ("Your report 41.", "Your report 52."),
])
def test_readdress(text: str, other: str) -> None:
    assert readdress(text, MINE, THEIRS) == other


def test_what_is_not_known_of_the_other_is_not_taken_from_the_first() -> None:
    text = "Beste mevrouw Aydin, wij komen naar Populierenlaan 88."
    assert readdress(text, MINE, {"link": THEIRS["link"]}) == "Beste bewoner, wij komen naar uw woning."


def test_a_very_short_name_stays() -> None:
    assert readdress("Bo boekt.", {"naam": "Bo"}, {"naam": "Kim"}) == "Bo boekt."
