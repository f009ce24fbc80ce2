"""Plays the nights of the book through the real steps, each at its own past moment, in the order of time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.clock import real_now
from webcare_pwa.demo.book import Calendar
from webcare_pwa.demo.town import Town
from webcare_pwa.house import House
from webcare_pwa.models import situations
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.running import running_rounds
from webcare_pwa.ports import Delivered, Inbound
from webcare_pwa.steps import (
    acknowledgement,
    composing,
    delivery,
    escalation,
    handover,
    intake,
    mail,
    progress,
    receipts,
    replies,
    triage,
)  # fmt: skip

LEASE = timedelta(minutes=1)
PATIENCE = timedelta(seconds=30)  # how often the policy is looked at while somebody is being called
WORKER = "demo"
SHOWN_AFTER = timedelta(seconds=4)


@dataclass
class Player:
    """Plays one book in one transaction."""

    session: Session
    house: House
    town: Town
    calendar: Calendar
    done: int = 0

    def play(self, nights: list[dict[str, Any]]) -> None:
        """Everything that happened, oldest first."""
        events: list[tuple[datetime, int, int, dict[str, Any]]] = []
        for number, case in enumerate(nights):
            events.append((self.calendar.moment(case["at"]), number, -1, case))
            events += [(self.calendar.moment(act["at"]), number, place, act) for place, act in enumerate(case.get("then", ()))]
        incidents: dict[int, int] = {}
        before = events[0][0]
        for at, number, place, what in sorted(events, key=lambda event: event[:3]):
            self._call_until(before, at)
            if place < 0:
                incidents[number] = self._report(what, at)
            else:
                self._act(incidents[number], nights[number]["organisation"], what, at)
            before = at

    def _report(self, case: dict[str, Any], at: datetime) -> int:
        home, tenant = self.town.homes[case["home"]], case["tenant"]
        facts = {
            "category": case["category"], "answers": case["answers"], "postcode": home.postcode, "address": home.address,
            "house_number": home.house_number, "city": home.city, "dwelling_id": home.id, **tenant,
        }  # fmt: skip
        self.done += 1
        inbound = Inbound(
            organisation_id=self.town.organisations[case["organisation"]], channel=case["channel"],
            external_id=f"demo-{self.done}", raw=json.dumps({"text": case["text"], **facts}), text=case["text"],
            facts=facts, taken_by_id=self.town.people[case["taken_by"]] if "taken_by" in case else None,
        )  # fmt: skip
        report = intake.receive(self.session, inbound, now=at)
        triage.take_up_waiting(self.session, now=at, house=self.house)
        self._deliver(at)
        query = select(IncidentReport.incident_id).where(IncidentReport.report_id == report.id)
        return self.session.scalars(query).one()

    def _call_until(self, at: datetime, until: datetime) -> None:
        """Let the escalation run while somebody is being called."""
        while at + PATIENCE < until and running_rounds(self.session):
            at += PATIENCE
            escalation.escalate_overdue(self.session, now=at, house=self.house)
            self._deliver(at)

    def _deliver(self, at: datetime) -> None:
        """Every page and mail goes out and is taken by its service."""
        jobs = delivery.claim(
            self.session, worker=WORKER, limit=100, lease=LEASE, now=at, real_now=real_now(), house=self.house
        )
        delivery.settle(self.session, [(job.delivery_id, Delivered("http 201")) for job in jobs], now=at)
        letters = mail.claim(self.session, worker=WORKER, limit=100, lease=LEASE, now=at, real_now=real_now())
        for letter in letters:
            mail.settle(self.session, letter.mail_id, Delivered("250"), now=at)

    def _act(self, incident_id: int, organisation: str, act: dict[str, Any], at: datetime) -> None:
        self.done += 1
        token = f"demo-{self.done}"
        kind = next(each for each in ("shown", "acknowledge", "progress", "reply", "call", "close", "accept") if each in act)
        by = self.town.people[act.get("by") or act[kind]]
        if kind == "shown":
            self._shown(incident_id, by, at)
        elif kind == "acknowledge":
            acknowledgement.acknowledge(self.session, incident_id, by=by, via="notification", token=token, now=at)
        elif kind == "progress":
            self._progress(incident_id, act, by, token, at)
        elif kind in ("reply", "call"):
            self._reply(incident_id, organisation, act, by, token, at)
        elif kind == "close":
            progress.close(self.session, incident_id, act["close"], by=by, note=act["note"], token=token, now=at)
        else:
            handover.accept(self.session, incident_id, by=by, note="", now=at)
        self._deliver(at)

    def _shown(self, incident_id: int, person_id: int, at: datetime) -> None:
        query = select(Delivery).join(Alert).where(Alert.incident_id == incident_id, Alert.person_id == person_id)
        page = self.session.scalars(query.order_by(Delivery.id.desc())).first()
        if page is not None and page.device_id is not None:
            receipts.receipt(self.session, page.id, page.device_id, "shown", now=at + SHOWN_AFTER)

    def _progress(self, incident_id: int, act: dict[str, Any], by: int, token: str, at: datetime) -> None:
        promised = self.calendar.moment(act["promised"]) if "promised" in act else None
        progress.record(
            self.session, incident_id, act["progress"], by=by, note=act.get("note", ""), party=act.get("party", ""),
            promised_at=promised, token=token, now=at,
        )  # fmt: skip

    def _reply(self, incident_id: int, organisation: str, act: dict[str, Any], by: int, token: str, at: datetime) -> None:
        walls = frozenset({self.town.organisations[organisation]})
        case = situations.load(self.session, incident_id, walls, now=at, rulebook=self.house.rulebook)
        if "call" in act:
            replies.queue(
                self.session, case, template=act["call"], text_nl="", text_en="", by=by, kind="call", token=token, now=at,
                house=self.house,
            )  # fmt: skip
            return
        offered = composing.for_composer(self.session, case, now=at, house=self.house, by=by)
        chosen = next(each for each in offered if each.reply.id == act["reply"])
        replies.queue(
            self.session, case, template=chosen.reply.id, text_nl=chosen.text_nl,
            text_en=chosen.text_en if case.facts.language != "nl" else "", by=by, kind="quick", token=token, now=at,
            house=self.house,
        )  # fmt: skip
