"""The outside of a self-test, in a thread of its own: posts the report as a tenant's system would, and is the phone that gets
the page. It listens on this machine only and answers as a push service: 201, then it decrypts the payload, and posts the
receipts over HTTP as the app on a phone does.

The device in the database has an address that exists nowhere; each worker's push gateway sends what goes there to the phone in
its own process. The phone's keys follow from the secret key, so that with several workers any of them can play it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import threading
from typing import Any

import aiohttp
import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webcare_pwa import logs

DEADLINE = 30.0  # seconds for one request
TRIES, PAUSE = 25, 2.0  # seconds between two; less than a hop may take
ENDPOINT = "http://selftest.invalid/phone"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
RECEIPTS = ("received", "shown")


class SelfTestPhone:
    """`phone` is what a browser gives when it registers; `address` is where this process gets what is pushed to it."""

    def __init__(self, base: str, token: str) -> None:
        self._base, self._token = base, token
        seed = hmac.new(token.encode(), b"phone", hashlib.sha512).digest()
        self._key, self._auth = ec.derive_private_key(int.from_bytes(seed[:48]) % (ORDER - 1) + 1, ec.SECP256R1()), seed[48:]
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="selftest", daemon=True)
        self._thread.start()
        self._session, self._runner, self.address = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    @property
    def phone(self) -> dict[str, str]:
        """Endpoint and keys."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": ENDPOINT, "p256dh": _b64(point), "auth": _b64(self._auth)}

    def report(self, external_id: str) -> None:
        """Start posting the report; what comes of it shows in the rows."""
        self._loop.call_soon_threadsafe(self._do, self._report(external_id))

    def close(self) -> None:
        """Stop; a test under way fails by its time."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    async def _open(self) -> tuple[aiohttp.ClientSession, web.AppRunner, str]:
        app = web.Application()
        app.router.add_post("/phone", self._push)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DEADLINE))
        return session, runner, f"http://127.0.0.1:{runner.addresses[0][1]}/phone"

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    def _do(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def _report(self, external_id: str) -> None:
        body = {"external_id": external_id, "text": "Zelftest", "category": "lekkage_ernstig"}
        await self._until_taken("/api/v1/reports", body, {"Authorization": f"Bearer {self._token}"})

    async def _push(self, request: web.Request) -> web.Response:
        body = await request.read()
        self._do(self._show(body))
        return web.Response(status=201)

    async def _show(self, body: bytes) -> None:
        try:
            page = json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=self._auth))
            address = page["notification"]["data"]["receipts"]
        except Exception:  # noqa: BLE001  whatever is wrong with a page, it was not shown; the hop fails by its time
            logs.trouble("selftest.unreadable_page")
            return
        for kind in RECEIPTS:
            await self._until_taken(address, {"kind": kind}, {})

    async def _until_taken(self, path: str, body: dict[str, str], headers: dict[str, str]) -> None:
        """Both are harmless when they come twice. A web process that is just starting is no fault."""
        wrong = ""
        for _ in range(TRIES):
            wrong = await self._post(path, body, headers)
            if not wrong:
                return
            await asyncio.sleep(PAUSE)
        logs.trouble("selftest.not_taken", what="report" if path.startswith("/api") else "receipt", wrong=wrong)

    async def _post(self, path: str, body: dict[str, str], headers: dict[str, str]) -> str:
        try:
            async with self._session.post(self._base + path, json=body, headers=headers, allow_redirects=False) as answer:
                return "" if answer.status in (200, 202) else f"http {answer.status}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return type(error).__name__


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
