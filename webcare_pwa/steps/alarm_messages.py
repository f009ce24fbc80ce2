"""What the alarm about the service itself says, as jobs ready to send. No place, no name, nothing of any case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from webcare_pwa import links
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.ports import ContactJob, MailJob, PushJob
from webcare_pwa.steps.pages import topic

TAG = "watcher"  # on a phone the notice that it runs again replaces the alarm
TTL_SECONDS = 4 * 3600


@dataclass(frozen=True)
class Messages:
    """All jobs of one alarm; their numbers are no ids of rows."""

    push: list[PushJob]
    contacts: list[ContactJob]
    mail: list[MailJob]


def write(whom: dict[str, Any], *, again: bool, key: str, house: House) -> Messages:
    """Messages for a call list (`steps/call_list.py`)."""
    words = WORDS["watcher"]
    title, sentence = words["title"], words["again" if again else "down"]
    body, url = f"{sentence}. {words['again_advice' if again else 'advice']}", f"{house.base_url}/nu"
    notice = {"title": title, "body": body, "tag": TAG, "lang": "nl", "navigate": url, "silent": False,
              "data": {"kind": "alarm", "url": url}}
    payload = json.dumps({"web_push": 8030, "notification": notice, "mutable": True}, ensure_ascii=False).encode()
    return Messages(
        [PushJob(place, **each, payload=payload, ttl=TTL_SECONDS, topic=topic(TAG))
         for place, each in enumerate(whom.get("push", []))],
        [ContactJob(-1 - place, **each, title=title, body=body, url=url, code="", spoken=body)
         for place, each in enumerate(whom.get("contacts", []))],
        [MailJob(place, to, f"{title}: {sentence}", f"{body}\n\n{url}", f"watcher-{links.digest(key)[:16]}-{place}", True)
         for place, to in enumerate(whom.get("mail", []))],
    )
