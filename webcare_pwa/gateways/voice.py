"""Telephone calls through a call API as Twilio documents it (also spoken by other providers): one POST starts a call.

The provider then asks our web process what to say, tells it which key was pressed and how the call ended
(`web/voice.py`). So what comes back here says only that the call was taken on, never that anybody heard it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.sax.saxutils import escape

import aiohttp

from webcare_pwa import links
from webcare_pwa.gateways.background import Background
from webcare_pwa.gateways.push_answers import seconds
from webcare_pwa.ports import ContactJob, Delivered, Gone, OurFault, Outcome, Refused, TryAgain
from webcare_pwa.rules.contact_details import phone_e164
from webcare_pwa.settings import Settings

DEADLINE = 10.0  # seconds for one request, all in
AT_ONCE = 8
IN_HAND = 100
RING_SECONDS = 30  # some voicemails answer later than this; one that does answer presses no key
TIMES = 3  # somebody half asleep misses the first one
EVENTS = ("ringing", "answered", "completed")
OUR_ACCOUNT = (401, 402, 403, 404)  # no key, no credit, not allowed, no such account: nothing that a number could change
# Account not active or on trial, key refused, our own number not usable, that country not switched on for our account
OUR_CODES = frozenset({10001, 10002, 20003, 20005, 21210, 21212, 21213, 21215, 21219})
BAD_NUMBER = frozenset({13224, 21211, 21214, 21217})  # the provider says: this is no number that can be called


class VoiceGateway(Background[ContactJob]):
    """Starts calls in the background; see `ports.ContactGateway`."""

    def __init__(self, settings: Settings, on_finished: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        super().__init__("voice", at_once=AT_ONCE, in_hand=IN_HAND, on_finished=on_finished)

    def _connect(self) -> aiohttp.ClientSession:
        login = aiohttp.encode_basic_auth(self._settings.voice_account, self._settings.voice_token)
        return aiohttp.ClientSession(headers={"Authorization": login}, timeout=aiohttp.ClientTimeout(total=DEADLINE))

    async def _send(self, job: ContactJob) -> Outcome:
        if not self._settings.voice_token:
            return OurFault("bellen is niet ingesteld")
        number = phone_e164(job.address)
        if not number:
            return Gone("geen telefoonnummer")
        address = f"{self._settings.voice_url}/2010-04-01/Accounts/{self._settings.voice_account}/Calls.json"
        try:
            async with self._session.post(address, data=self._form(job, number), allow_redirects=False) as answer:
                return outcome_of(answer.status, await answer.read(), answer.headers.get("Retry-After"))
        except TimeoutError:
            return TryAgain(detail="geen antwoord op tijd")
        except aiohttp.ClientError as error:
            return TryAgain(detail=f"verbinding: {type(error).__name__}")

    def _form(self, job: ContactJob, number: str) -> list[tuple[str, str]]:
        if job.delivery_id < 0:  # no row that could be asked what to say or be answered: the call says its sentence and ends
            said = f"<Response><Say language=\"nl-NL\" loop=\"{TIMES}\">{escape(job.spoken)}</Say></Response>"
            return [("To", number), ("From", self._settings.voice_from), ("Twiml", said), ("Timeout", str(RING_SECONDS))]
        token = links.call_token(self._settings.secret_key, job.delivery_id)
        ours = f"{self._settings.base_url}/calls/{token}"
        return [
            ("To", number), ("From", self._settings.voice_from), ("Url", ours), ("Method", "POST"),
            ("StatusCallback", f"{ours}/status"), ("StatusCallbackMethod", "POST"),
            *(("StatusCallbackEvent", event) for event in EVENTS), ("Timeout", str(RING_SECONDS)),
        ]


def outcome_of(status: int, body: bytes, retry_after: str | None) -> Outcome:
    """What the provider's answer means. Never keeps its text: that may repeat the number."""
    told = _read(body)
    sid, code = told.get("sid"), told.get("code")
    detail = f"http {status}" + (f" code {code}" if isinstance(code, int) else "")
    if status in (200, 201):
        return Delivered(detail, vendor_id=sid[:64] if isinstance(sid, str) else "")
    if code in BAD_NUMBER:
        return Gone(detail)
    if status == 429 or status >= 500:
        return TryAgain(seconds(retry_after), detail)
    return OurFault(detail) if status in OUR_ACCOUNT or code in OUR_CODES else Refused(detail)


def _read(body: bytes) -> dict[str, object]:
    try:
        told = json.loads(body)
    except ValueError:  # an error page of something in between
        return {}
    return told if isinstance(told, dict) else {}
