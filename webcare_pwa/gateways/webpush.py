"""Web Push (RFC 8030, 8291, 8292): one vendor library for the encryption, one kept-alive pool for the sending.

`webpush()` of the library is not used: it opens a connection per push, follows redirects and by default never times out.
Here: no redirects, a deadline over the whole exchange, a VAPID token cached per push service, and every job for itself.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import aiohttp
from pywebpush import WebPusher

from webcare_pwa.gateways.background import Background
from webcare_pwa.gateways.public_addresses import PublicResolver
from webcare_pwa.gateways.push_answers import outcome_of
from webcare_pwa.gateways.vapid_tokens import VapidTokens
from webcare_pwa.ports import Outcome, PushJob, Refused, TryAgain
from webcare_pwa.rules.push_endpoints import check
from webcare_pwa.settings import Settings

DEADLINE = 10.0  # seconds for one push, all in
AT_ONCE = 48  # open sends; more wait in the loop
IN_HAND = 400  # jobs submitted and not yet finished; keeps leases short


class WebPushGateway(Background[PushJob]):
    """Sends in the background on a loop of its own; see `ports.PushGateway`. `routes`: addresses of our own making (the
    self-test's phone) and where they really go."""

    def __init__(
        self, settings: Settings, on_finished: Callable[[], None] = lambda: None, routes: Mapping[str, str] | None = None
    ) -> None:
        self._extra, self._routes = settings.push_hosts, routes or {}
        self._tokens = VapidTokens(settings.vapid_private_key_file, settings.vapid_subject)
        super().__init__("webpush", at_once=AT_ONCE, in_hand=IN_HAND, on_finished=on_finished)

    def _connect(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=AT_ONCE, keepalive_timeout=75, ssl=ssl.create_default_context(),
            resolver=PublicResolver(allowed={urlsplit(each).hostname or "" for each in self._extra}),
        )
        return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=DEADLINE))

    async def _send(self, job: PushJob) -> Outcome:
        address = self._routes.get(job.endpoint, job.endpoint)
        wrong = check(job.endpoint, self._extra)
        if wrong and job.endpoint not in self._routes:
            return Refused(wrong)
        try:
            pusher = WebPusher({"endpoint": job.endpoint, "keys": {"p256dh": job.p256dh, "auth": job.auth}})
            body = pusher.encode(job.payload)["body"]
        except Exception as error:  # noqa: BLE001  the library raises many kinds for keys that are none
            return Refused(f"sleutels onbruikbaar: {type(error).__name__}")
        headers = {
            "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(job.ttl),
            "Urgency": job.urgency, "Topic": job.topic, "Authorization": self._tokens.header(job.endpoint),
        }
        try:
            async with self._session.post(address, data=body, headers=headers, allow_redirects=False) as answer:
                return outcome_of(answer.status, answer.headers.get("Retry-After"))
        except TimeoutError:
            return TryAgain(detail="geen antwoord op tijd")
        except aiohttp.ClientError as error:
            return TryAgain(detail=f"verbinding: {type(error).__name__}")
