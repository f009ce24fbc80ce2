"""The duty of a simulated night. What each does with a page follows from the seed: answers, refuses, sleeps, taps half asleep,
loses the phone, hands on."""

from __future__ import annotations

from random import Random

from tests.simulation import duty, oracle
from tests.simulation.acts import Acts
from tests.simulation.facts import Facts, Row
from tests.simulation.timeline import Timeline

HABITS = ("answers",) * 5 + ("refuses", "sleeps", "half_asleep", "half_asleep", "lost")


class People:
    """`habits`: person id -> what he is like tonight."""

    def __init__(self, facts: Facts, acts: Acts, timeline: Timeline, chance: Random) -> None:
        self._facts, self._acts, self._timeline, self._chance = facts, acts, timeline, chance
        self.habits: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._busy: set[tuple[int, int]] = set()  # who is at work on what
        self._taps = 0

    def begin(self, names: dict[str, int]) -> None:
        """The night's habits."""
        self._names = {person: name for name, person in names.items()}
        self.habits = {person: self._chance.choice(HABITS) for person in names.values()}
        for person in (names["Samira"], names["Tom"], names["Pieter"], names["Carla"]):
            self._timeline.note(f"{self._names[person]} {self.habits[person]}")

    def page_arrived(self, address: str, delivery_id: int) -> None:
        """A phone or contact got something. The newest row about it is read, as a phone asks the server."""
        self._facts.refresh()
        page = self._facts["deliveries"][delivery_id]
        alert = self._facts["alerts"][page.alert_id]
        habit = self.habits[alert.person_id]
        if habit == "lost":
            return
        if page.device_id is not None and self._chance.random() < 0.9:  # a missing receipt means unknown
            self._acts.show(delivery_id, page.device_id)
        if habit == "sleeps" and self._chance.random() < 0.85:
            return
        if alert.kind in ("rehearsal", "sound") and page.device_id is not None and self._chance.random() < 0.7:
            delay = self._chance.choice((5, 60, 600))
            self._timeline.after(delay, f"{self._names[alert.person_id]} confirms",
                                 lambda: self._acts.confirm(alert.id, page.device_id))
        for incident in self._incidents(page, alert):
            self._react(alert, incident, page, habit)

    def _incidents(self, page: Row, alert: Row) -> list[int]:
        """The page's incident; of a bundle those it speaks for."""
        spoken = [self._facts["alerts"][each.alert_id] for each in self._facts.of("deliveries", "bundle_id", page.id)]
        return sorted({each.incident_id for each in (alert, *spoken) if each.incident_id})

    def _react(self, alert: Row, incident: int, page: Row, habit: str) -> None:
        person, name, delay = alert.person_id, self._names[alert.person_id], self._chance.choice((4, 15, 40, 90, 240))
        if alert.kind == "transfer":
            self._answer_transfer(int(alert.key.split(":")[1]), person, delay)
        elif alert.kind in ("reminder", "addition", "returned"):
            self._timeline.after(delay, f"{name} opens incident {incident}", lambda: self._acts.look(incident, person))
            if self._chance.random() < 0.5:
                self._timeline.after(delay + 40, f"{name} notes", lambda: self._acts.note(incident, person, self._token()))
        elif alert.kind == "step":
            self._step(person, incident, page, habit, delay)

    def _step(self, person: int, incident: int, page: Row, habit: str, delay: float) -> None:
        name, via, token = self._names[person], "notification", f"page-{page.id}-{incident}"
        if page.contact_method_id is not None:
            via = "contact"
            self._timeline.after(delay, "", lambda: self._acts.prove(page.id, page.contact_method_id))
        elif habit != "half_asleep" and self._chance.random() < 0.5:
            via = "screen"
        if habit == "refuses" or (habit == "answers" and self._chance.random() < 0.1):
            for again in (0, 0.3):
                self._timeline.after(delay + again, f"{name} refuses incident {incident}",
                                     lambda: self._acts.refuse(incident, person, token))
            return
        work = None if habit == "half_asleep" else lambda: self._work(person, incident)
        self._timeline.after(delay, f"{name} takes incident {incident} by {via}",
                             lambda: self._acts.take(incident, person, via, token, work))
        if habit == "half_asleep" or self._chance.random() < 0.2:
            self._timeline.after(delay + 0.3, f"{name} taps again",
                                 lambda: self._acts.take(incident, person, via, token))
        if habit == "half_asleep" and self._chance.random() < 0.3:
            self.habits[person] = "answers"

    def _work(self, person: int, incident: int) -> None:
        """What who took it does about it, the first time."""
        if (person, incident) in self._busy:
            return
        self._busy.add((person, incident))
        chance, name = self._chance, self._names[person]
        organisation = self._facts["incidents"][incident].organisation_id
        self._timeline.after(chance.uniform(5, 170), f"{name} opens incident {incident}",
                             lambda: self._acts.look(incident, person))
        if chance.random() < 0.4:
            promised = chance.choice((0, 20, 60))
            self._timeline.after(chance.uniform(60, 900), f"{name} notes on incident {incident}",
                                 lambda: self._acts.note(incident, person, self._token(), promised))
        if chance.random() < 0.3:
            self._timeline.after(chance.uniform(60, 900), f"{name} answers the tenant of incident {incident}",
                                 lambda: self._acts.answer(incident, person, organisation, self._token()))
        if chance.random() < 0.15:
            to = chance.choice([each for each in sorted(duty.pool(self._facts)) if each != person])
            self._timeline.after(chance.uniform(60, 900), f"{name} hands incident {incident} to {self._names[to]}",
                                 lambda: self._acts.hand_on(incident, person, to, self._token()))
        if chance.random() < 0.1:
            level = chance.choice(oracle.LEVELS)
            self._timeline.after(chance.uniform(60, 900), f"{name} sets incident {incident} to {level}",
                                 lambda: self._acts.judge(incident, person, level))
        if chance.random() < 0.8:
            self._timeline.after(chance.uniform(120, 2200), f"{name} closes incident {incident}",
                                 lambda: self._close(person, incident))

    def _close(self, person: int, incident: int) -> None:
        self._acts.close(incident, person, self._token())
        if self._chance.random() < 0.1:
            other = self._chance.choice(sorted(duty.pool(self._facts)))
            self._timeline.after(self._chance.uniform(10, 600), f"{self._names[other]} reopens incident {incident}",
                                 lambda: self._acts.reopen(incident, other, self._token()))

    def _answer_transfer(self, transfer_id: int, person: int, delay: float) -> None:
        said = self._chance.choice((True, True, False, None))
        if said is not None:
            what = f"{self._names[person]} {'accepts' if said else 'declines'} transfer {transfer_id}"
            self._timeline.after(delay, what, lambda: self._acts.accept(transfer_id, person, said))

    def _token(self) -> str:
        self._taps += 1
        return f"tap-{self._taps}"
