"""What people do in a simulated night, each through the same step as the screen, the notification or the message's page uses.

A web process may be killed in the middle as well; then the act is repeated with the same token, as a phone or browser does.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sqlalchemy.orm import Session

from tests.simulation.kills import Executioner, Killed
from tests.simulation.timeline import Timeline
from tests.steps.engine import HOUSE
from webcare_pwa.db import Database
from webcare_pwa.errors import DutyError
from webcare_pwa.models import situations
from webcare_pwa.models.rota import Override
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import (
    acknowledgement,
    bundling,
    contact_methods,
    devices,
    intake,
    planning,
    progress,
    reassessment,
    receipts,
    rehearsals,
    replies,
    transfer,
    unfinished,
)


class Acts:
    """`kill_chance`: how often the web process dies in the middle of an act."""

    def __init__(self, database: Database, timeline: Timeline, chance: Random, executioner: Executioner) -> None:
        self._database, self._timeline, self._chance, self._executioner = database, timeline, chance, executioner
        self.kill_chance = 0.0

    def do(self, act: Callable[[Session], object], then: Callable[[], None] | None = None) -> None:
        """One transaction of a web process; what may not be done now is told and changes nothing."""
        if self._chance.random() < self.kill_chance:
            self._executioner.arm(self._chance.randint(1, 12))
        try:
            with self._database.write() as session:
                act(session)
        except Killed:
            self._timeline.after(3, "... again, as the web process was killed", lambda: self.do(act, then))
            return
        except DutyError as error:
            self._timeline.note(f"not now: {error.message}")
            return
        finally:
            self._executioner.arm(0)
        if then:
            then()

    def receive(self, inbound: Inbound, then: Callable[[], None]) -> None:
        """A report comes in; `then` when it was accepted."""
        self.do(lambda session: intake.receive(session, inbound, now=self._timeline.moment), then)

    def add(self, report_id: int, external_id: str, text: str, then: Callable[[], None]) -> None:
        """The tenant tells more."""
        self.do(lambda session: intake.add(session, report_id, external_id=external_id, raw=text, text=text, facts={},
                                           now=self._timeline.moment), then)

    def show(self, delivery_id: int, device_id: int, kind: str = "shown") -> None:
        """The phone reports."""
        self.do(lambda session: receipts.receipt(session, delivery_id, device_id, kind, now=self._timeline.moment))

    def prove(self, delivery_id: int, method_id: int) -> None:
        """The link in a message is opened and answered."""
        def act(session: Session) -> None:
            row = contact_methods.message(session, delivery_id, method_id)
            if row is not None:
                contact_methods.prove(row, now=self._timeline.moment)
                bundling.share_receipt(session, row)

        self.do(act)

    def confirm(self, alert_id: int, device_id: int) -> None:
        """A rehearsal is answered with a tap."""
        self.do(lambda session: rehearsals.confirm(session, alert_id, device_id=device_id, now=self._timeline.moment))

    def take(self, incident: int, person: int, via: str, token: str, then: Callable[[], None] | None = None) -> None:
        """Ik pak het op."""
        self.do(lambda session: acknowledgement.acknowledge(
            session, incident, by=person, via=via, token=token, now=self._timeline.moment), then)

    def refuse(self, incident: int, person: int, token: str) -> None:
        """Kan niet."""
        self.do(lambda session: acknowledgement.refuse(session, incident, by=person, token=token, now=self._timeline.moment))

    def look(self, incident: int, person: int) -> None:
        """He opens the incident's page."""
        self.do(lambda session: unfinished.record_opening(session, incident, person, now=self._timeline.moment))

    def note(self, incident: int, person: int, token: str, promised_in: float = 0) -> None:
        """He called somebody, who comes in so many minutes."""
        promised = self._timeline.in_minutes(promised_in) if promised_in else None
        kind = "contractor_eta_recorded" if promised else "note"
        self.do(lambda session: progress.record(session, incident, kind, by=person, note="Gebeld.", promised_at=promised,
                                                token=token, now=self._timeline.moment))

    def answer(self, incident: int, person: int, organisation: int, token: str) -> None:
        """He writes to the tenant."""
        def act(session: Session) -> None:
            now = self._timeline.moment
            case = situations.load(session, incident, frozenset({organisation}), now=now, rulebook=HOUSE.rulebook)
            replies.queue(session, case, template="", text_nl="De monteur komt.", text_en="", by=person, kind=replies.FREE,
                          token=token, now=now, house=HOUSE)

        self.do(act)

    def close(self, incident: int, person: int, token: str) -> None:
        self.do(lambda session: progress.close(session, incident, "solved", by=person, note="Klaar.", token=token,
                                               now=self._timeline.moment))

    def reopen(self, incident: int, person: int, token: str) -> None:
        self.do(lambda session: reassessment.reopen(session, incident, by=person, token=token, now=self._timeline.moment,
                                                    house=HOUSE))

    def judge(self, incident: int, person: int, urgency: str) -> None:
        """Somebody sets another urgency."""
        self.do(lambda session: reassessment.change_urgency(session, incident, urgency, by=person, reason="Bekeken.",
                                                            now=self._timeline.moment, house=HOUSE))

    def hand_on(self, incident: int, person: int, to: int, token: str) -> None:
        self.do(lambda session: transfer.hand_on(session, incident, by=person, to=to, note="", token=token,
                                                 now=self._timeline.moment))

    def accept(self, transfer_id: int, person: int, yes: bool) -> None:
        self.do(lambda session: transfer.answer(session, transfer_id, by=person, accept=yes, now=self._timeline.moment))

    def move_shift(self, line: int, person: int, minutes: float, length: float, by: int) -> None:
        """A stretch of a line, from so many minutes from now, for so many minutes, goes to somebody."""
        start, end = self._timeline.in_minutes(minutes), self._timeline.in_minutes(minutes + length)
        self.do(lambda session: planning.move_shift(session, line, person, start, end, by=by, now=self._timeline.moment))

    def withdraw(self, by: int) -> None:
        """The last such stretch is taken back."""
        def act(session: Session) -> None:
            last = session.query(Override).order_by(Override.id.desc()).first()
            if last is not None:
                planning.withdraw(session, last.id, by=by, now=self._timeline.moment)

        self.do(act)

    def remove_device(self, device_id: int, person: int) -> None:
        self.do(lambda session: devices.remove(session, device_id, by=person, now=self._timeline.moment))
