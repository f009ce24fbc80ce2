"""Verdicts on later messages: thanks, danger, an owner or none, closed or open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa.rulebook import load
from webcare_pwa.rules.addition import judge_addition
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.triage import Judgement, judge
from webcare_pwa.rules.urgency import RANK

RULEBOOK = load()


def night(category: str, text: str) -> Judgement:
    return judge(ReportFacts(category=category, texts=(text,)), office_open=False, month=11, rulebook=RULEBOOK)


def added(
    text: str, *, category: str = "lift_defect", owned: bool = False, closed: bool = False, office_open: bool = False
) -> Judgement:
    facts = ReportFacts(category=category)
    return judge_addition(text, facts, owned=owned, closed=closed, office_open=office_open, month=11, rulebook=RULEBOOK)


@pytest.mark.parametrize(
    "text", ["dank u wel", "Bedankt!", "top, thanks 👍🏽", "Hartelijk dank voor de snelle hulp 🙏", "teşekkürler"]
)
def test_nothing_but_thanks_pages_nobody(text: str) -> None:
    for closed in (False, True):
        judged = added(text, closed=closed)
        assert (judged.only_thanks, judged.urgency) == (True, "geen")
    assert night("geen_storing", text) == Judgement(
        "geen", "geen_storing", False, (RULEBOOK.sentences["thanks"],), True
    )
    assert night("lift_defect", text).urgency == "spoed"


@pytest.mark.parametrize(
    "text",
    ["", "?", "👍", "bedankt, is opgelost", "al opgelost", "bedankt?", "dank u wel maar het lekt nog", "thanks 🔥",
     "bedankt 🆘", "ok", "bedankt, nu 3 dagen"],
)  # fmt: skip
def test_more_than_thanks_is_urgent_at_night_without_owner_or_when_closed(text: str) -> None:
    for owned, closed in ((False, False), (True, True), (False, True)):
        judged = added(text, owned=owned, closed=closed)
        assert (judged.only_thanks, judged.urgency) == (False, "spoed")
    assert added(text, owned=True).urgency == "geen"
    assert added(text, owned=False, office_open=True).urgency == "werkdag"


def test_a_later_message_is_judged_by_its_words_with_and_without_owner() -> None:
    for owned in (False, True):
        judged = added("Help, er komt nu rook uit de meterkast! Bedankt", owned=owned)
        assert (judged.urgency, judged.only_thanks, judged.category) == ("noodgeval", False, "brand_rook")
    assert added("hij slaat mij", owned=True).danger_to_self
    assert added("hoe laat komt de monteur?", owned=True) == Judgement("geen", "lift_defect", False, (), False)


@settings(deadline=None)  # the machine may be busy
@given(st.text(), st.text(max_size=20), st.booleans(), st.booleans(), st.booleans())
def test_no_text_breaks_the_judgement_of_an_addition(
    text: str, category: str, owned: bool, closed: bool, office_open: bool
) -> None:
    judged = added(text, category=category, owned=owned, closed=closed, office_open=office_open)
    assert judged.urgency in RANK and judged.category in RULEBOOK.categories
