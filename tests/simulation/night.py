"""One simulated night, from its seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.simulation import due, oracle, world
from tests.simulation.acts import Acts
from tests.simulation.invariants import Invariants, Violation
from tests.simulation.kills import Executioner
from tests.simulation.mishaps import Mishaps
from tests.simulation.people import People
from tests.simulation.services import MOODS, Services
from tests.simulation.tenants import Tenants
from tests.simulation.timeline import Timeline
from tests.simulation.workers import Workers
from tests.simulation.world import Town
from webcare_pwa.clock import AMSTERDAM

SUMMER_TIME = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26))  # nights on which it changes
TO_LAST_STEP = 25 * 60.0  # seconds; longer than any policy takes to its last step
EVENTS = 5000  # more than any night has: then it runs in circles
LEAST = timedelta(milliseconds=1)  # a lease ends after its moment, not at it


class Night:
    """Builds a night and plays it."""

    def __init__(self, town: Town, seed: int) -> None:
        chance = Random(seed)
        self._start = _start(chance)
        self.timeline = clock = Timeline(self._start)
        self._facts, executioner = town.facts, Executioner()
        self._length = chance.choice((1200.0, 3600.0, 3600.0, 7200.0, 14400.0))
        self._last_clockwork = self._start
        self._blind_since: datetime | None = None
        town.reset()
        with town.database.write() as session:
            addresses = world.prepare(session, town.world, chance, self._start)
        town.facts.start()
        acts = Acts(town.database, clock, chance, executioner)
        self._people = People(town.facts, acts, clock, chance)
        self._services = Services(clock, chance, self._people.page_arrived)
        self._services.moods = {each: chance.choice(MOODS) for each in addresses}
        self._watch = (executioner, town.database.engine)
        self._workers = Workers(town.database, clock, self._services, executioner, chance, several=chance.random() < 0.7)
        town.facts.refresh()
        self._services.took.update(town.facts["deliveries"])  # the tests of contacts
        self._invariants = Invariants(town.facts, clock, self._services, self._workers)
        self._mishaps = Mishaps(town.world, self._facts, acts, clock, chance, self._services, self._workers, self._people,
                                self._invariants)
        self._tenants = Tenants(town.world, self._facts, acts, clock, chance, self._invariants)

    def play(self) -> int:
        """From evening to morning; returns the number of reports. Raises `Violation`."""
        executioner, engine = self._watch
        executioner.watch(engine)
        try:
            return self._play()
        finally:
            executioner.unwatch(engine)

    def _play(self) -> int:
        self._people.begin(self._mishaps.world.people)
        self._mishaps.begin(self._length)
        reports = self._tenants.begin(self._length)
        self.timeline.after(self._length, "all is well again", self._mishaps.heal)
        for _ in range(EVENTS):
            if not self._go_on():
                self._invariants.at_the_end()
                return reports
        raise Violation("the night does not end")

    def _go_on(self) -> bool:
        """Jump to the next moment at which anything happens; False when the night is over."""
        if self._elapsed >= self._length and (self._is_quiet() or self._elapsed >= self._length + TO_LAST_STEP):
            return False
        waits = [each for each in (self.timeline.next_in, self._work_in()) if each is not None]
        if not waits:
            return False
        self.timeline.advance(min(waits))
        while self.timeline.run_next():
            self._look()
        self._note_blindness()
        if self._work_in() == 0:
            self._tick()
        return True

    def _look(self) -> None:
        if self._facts.refresh():
            self._invariants.after_event()

    def _tick(self) -> None:
        tick = self._workers.tick()
        if tick is None:
            self._look()
            self._note_blindness()
            return
        self._facts.refresh()
        if tick.clockwork:  # a standstill ends with this tick: what it did late, and what follows from that, is judged with it
            self._last_clockwork = self.timeline.moment
            self._note_sight()
        self._invariants.after_tick(tick.submitted, tick.clockwork)
        self._invariants.after_event()

    # --- what comes next ---------------------------------------------------------------------------------------------

    def _work_in(self) -> float | None:
        """Seconds until a worker has something to do; None when there is nothing, or no worker."""
        ready = self._workers.ready_in()
        if ready is None:
            return None
        if self._workers.answered() or any(each.judged_at is None for each in self._facts["messages"].values()):
            return 0.0
        now = self.timeline.moment
        waits = [(at - now).total_seconds() for at in self._sends()]
        waits += [max(ready, (at - now).total_seconds()) for at, _ in due.moments(self._facts, now)]
        last = min(self._last_clockwork, now)
        waits += [max(ready, (at - now).total_seconds()) for at in due.wakeups(self._facts, now) if at > last]
        return max(0.0, min(waits)) if waits else None

    def _sends(self) -> Iterator[datetime]:
        """When pages and mails that are in nobody's hands may be taken, on the business clock."""
        now, ahead = self.timeline.moment, self.timeline.moment - self.timeline.real
        for name, is_held in (("deliveries", self._workers.holds), ("mails", self._workers.holds_mail)):
            for row in self._facts[name].values():
                if row.outcome is None and not is_held(row.id):
                    set_back = name == "deliveries" and row.created_at > now + oracle.SET_BACK and not row.attempts
                    at = now if set_back else row.due_at
                    yield max(at, row.claimed_until + ahead + LEAST) if row.claimed_until else at

    def _is_quiet(self) -> bool:
        """Is every round that runs at its last step, with nothing left to send now?"""
        for row in oracle.running(self._facts):
            steps = self._facts.of("escalations", "round_id", row.id)
            if not steps or steps[-1].position != len(row.policy) - 1:
                return False
        return all(each.outcome or each.due_at > self.timeline.moment for each in self._facts["deliveries"].values())

    # --- standing still ----------------------------------------------------------------------------------------------

    def _note_blindness(self) -> None:
        if self._blind_since is None and (self._workers.blind or self._workers.just_killed):
            self._blind_since = self.timeline.moment

    def _note_sight(self) -> None:
        if self._blind_since is not None:
            length = max(timedelta(), self.timeline.moment - self._blind_since)
            self._invariants.standstill.append((self.timeline.moment, length + timedelta(seconds=1)))
        self._blind_since, self._workers.just_killed = None, False

    @property
    def _elapsed(self) -> float:
        return (self.timeline.real - self._start).total_seconds()


def _start(chance: Random) -> datetime:
    """Any evening or night; often one that the clock or the office changes in."""
    kind = chance.random()
    if kind < 0.2:
        day, at = chance.choice(SUMMER_TIME), chance.choice((time(0, 30), time(1, 40), time(1, 59), time(2, 20)))
    else:
        day = date(2026, 6, 1) + timedelta(days=chance.randint(0, 600))
        evening = (time(16, 10), time(16, 50), time(7), time(6, 45)) if kind < 0.4 else (
            time(19), time(21, 50), time(22, 40), time(0, 20), time(2, 10), time(4), time(5, 30))
        at = chance.choice(evening)
    start = datetime.combine(day, at, AMSTERDAM).astimezone(UTC)
    return start + timedelta(seconds=chance.randint(0, 900))
