"""The tenants of a simulated night: what they report, when, and what they tell later."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any

from tests.builders import World
from tests.simulation.acts import Acts
from tests.simulation.facts import Facts
from tests.simulation.invariants import Invariants
from tests.simulation.timeline import Timeline
from webcare_pwa.ports import Inbound

REPORTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("", {"category": "deur_niet_afsluitbaar", "answers": {}}),
    ("Het water komt door het plafond.", {"category": "lekkage_ernstig"}),
    ("Er sist iets bij de gasmeter.", {"category": "gaslucht"}),
    ("Er is brand in de keuken!", {}),
    ("Kraan druppelt een beetje.", {"category": "lekkage_klein", "answers": {"leak_held": "held"}}),
    ("De buren maken weer lawaai", {"category": "overlast"}),
    ("???", {"category": "bestaat_niet"}),
    ("Wij zitten zonder stroom", {"category": "stroomstoring"}),
)
ADDITIONS = ("Bedankt!", "Wanneer komt er iemand?", "Het wordt erger, ik ruik nu gas", "Het water staat nu in de gang")


class Tenants:
    """Plans the reports of a night."""

    def __init__(
        self, world: World, facts: Facts, acts: Acts, timeline: Timeline, chance: Random, invariants: Invariants,
    ) -> None:
        self._world, self._facts, self._acts, self._timeline = world, facts, acts, timeline
        self._chance, self._invariants = chance, invariants

    def begin(self, length: float) -> int:
        """Plan tonight's reports within so many seconds; returns how many. Now and then many at once."""
        number = self._chance.choice((0, 1, 1, 1, 1, 2, 2, 3, 5))
        window = length
        if self._chance.random() < 0.03:
            number, window = self._chance.randint(8, 12), 120
        for report in range(number):
            text, facts = self._chance.choice(REPORTS)
            if self._chance.random() < 0.6:
                facts = {**facts, "email": "huurder@post.example"}
            self._timeline.after(self._chance.uniform(0, window), "", partial(self._post, f"r{report}", text, facts))
        return number

    def _post(self, key: str, text: str, facts: dict[str, Any]) -> None:
        organisation = self._chance.choice((self._world.waterveen, self._world.waterveen, self._world.linde))
        self._timeline.note(f"report {key}: {facts.get('category', text)}")
        inbound = Inbound(organisation, "api", key, text or key, text, facts)
        self._acts.receive(inbound, lambda: self._accepted(key))
        if self._chance.random() < 0.15:
            self._timeline.after(0.5, f"report {key} is posted again", lambda: self._acts.receive(inbound, lambda: None))
        if self._chance.random() < 0.3:
            self._timeline.after(self._chance.uniform(20, 4000), "", lambda: self._tell_more(key))

    def _accepted(self, external_id: str) -> None:
        self._invariants.posted.setdefault(external_id, self._timeline.moment)

    def _tell_more(self, key: str) -> None:
        self._facts.refresh()
        report = next((each.id for each in self._facts["reports"].values() if each.external_id == key), None)
        if report is not None:
            text, external_id = self._chance.choice(ADDITIONS), f"{key}-more"
            self._timeline.note(f"report {key}: {text}")
            self._acts.add(report, external_id, text, lambda: self._accepted(external_id))
