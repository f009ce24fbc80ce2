"""What goes wrong in a simulated night beside people: kills, frozen and absent workers, outages, clocks that are set, a rota
that changes in the middle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.builders import World
from tests.simulation.acts import Acts
from tests.simulation.facts import Facts
from tests.simulation.invariants import Invariants
from tests.simulation.people import HABITS, People
from tests.simulation.services import MOODS, Services
from tests.simulation.timeline import Timeline
from tests.simulation.workers import Workers

DUTY = ("Samira", "Tom", "Pieter")


class Mishaps:
    """Plans the mishaps of a night."""

    def __init__(
        self, world: World, facts: Facts, acts: Acts, timeline: Timeline, chance: Random, services: Services,
        workers: Workers, people: People, invariants: Invariants,
    ) -> None:
        self.world, self._facts, self._acts, self._timeline, self._chance = world, facts, acts, timeline, chance
        self._services, self._workers, self._people, self._invariants = services, workers, people, invariants

    def begin(self, length: float) -> None:
        """Plan what goes wrong tonight within so many seconds."""
        chance = self._chance
        self._workers.kill_chance = chance.choice((0.0, 0.02, 0.08, 0.2))
        self._acts.kill_chance = chance.choice((0.0, 0.0, 0.05))
        self._plan(0.25, length, self._outage)
        self._plan(0.4, length, self._mood)
        self._plan(0.4, length, self._freeze)
        self._plan(0.08, length, self._reboot)
        self._plan(0.12, length, self._set_clock)
        self._plan(0.3, length, self._habit)
        self._plan(0.05, length, self._remove_phone)
        for _ in range(2):
            self._plan(0.3, length, self._move_shift)
        self._plan(0.1, length, self._withdraw)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._workers.kill_chance = self._acts.kill_chance = 0.0
        self._services.outage = False
        self._services.moods = dict.fromkeys(self._services.moods, "good")

    def _plan(self, probability: float, length: float, mishap: Callable[[], None]) -> None:
        if self._chance.random() < probability:
            self._timeline.after(self._chance.uniform(0, length), "", mishap)

    def _outage(self) -> None:
        self._timeline.note("all push services and providers are down")
        self._services.outage = True
        self._timeline.after(self._chance.choice((20, 90, 600)), "they are back",
                             lambda: setattr(self._services, "outage", False))

    def _mood(self) -> None:
        if self._services.moods:
            address, mood = self._chance.choice(sorted(self._services.moods)), self._chance.choice(MOODS)
            self._timeline.note(f"{address} is {mood} from now on")
            self._services.moods[address] = mood

    def _freeze(self) -> None:
        self._workers.freeze(self._chance.choice((3, 20, 100)))

    def _reboot(self) -> None:
        for process in list(self._workers.alive):
            self._workers.kill(process)

    def _set_clock(self) -> None:
        by = timedelta(hours=self._chance.choice((-1, 1)))
        self._timeline.jump(by)
        self._timeline.note(f"the clock is set by {by}")
        if by > timedelta():
            self._invariants.standstill.append((self._timeline.moment, by))

    def _habit(self) -> None:
        name = self._chance.choice(DUTY)
        habit = self._people.habits[self.world.people[name]] = self._chance.choice(HABITS)
        self._timeline.note(f"{name} {habit} from now on")

    def _remove_phone(self) -> None:
        person = self.world.people[self._chance.choice(DUTY)]
        for device in self._facts.of("devices", "person_id", person)[:1]:
            self._timeline.note(f"phone {device.id} is removed")
            self._acts.remove_device(device.id, person)

    def _move_shift(self) -> None:
        code, name = self._chance.choice(("first_line", "backup")), self._chance.choice((*DUTY, "Olga"))
        begins, length = self._chance.choice((0, 0, 10, 45)), self._chance.choice((20, 120, 600))
        self._timeline.note(f"{code} to {name} in {begins} minutes for {length}")
        self._acts.move_shift(self.world.lines[code], self.world.people[name], begins, length, self.world.people["Carla"])

    def _withdraw(self) -> None:
        self._timeline.note("the last move is withdrawn")
        self._acts.withdraw(self.world.people["Carla"])
