"""What is not set up: our own fault in a real house, nowhere in the demo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webcare_pwa.cli.contact_gateways import contact_gateways
from webcare_pwa.ports import ContactJob, Delivered, OurFault, Outcome
from webcare_pwa.settings import Settings


def answer(settings: Settings, kind: str) -> Outcome:
    woken: list[bool] = []
    contacts = contact_gateways(settings, lambda: woken.append(True))
    try:
        contacts.submit(ContactJob(7, kind, "+31612345601", {}, "Testoproep", "Proef", "https://dienst.example/c/x", "1234"))
        ((number, outcome),) = contacts.finished()
        assert (number, contacts.finished()) == (7, [])
        return outcome
    finally:
        contacts.close()


@pytest.mark.parametrize("kind", ["sms", "telegram", "mail"])
def test_a_kind_that_is_not_set_up(settings: Settings, kind: str) -> None:
    assert isinstance(answer(settings, kind), OurFault)


@pytest.mark.parametrize("kind", ["sms", "voice", "mail"])
def test_in_the_demo_it_goes_nowhere(settings: Settings, kind: str) -> None:
    assert isinstance(answer(replace(settings, demo=True), kind), Delivered)
