"""The push gateway over TLS to a thousand devices, beside what the library offers; then the same through claim and settle."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from py_vapid import Vapid02
from pywebpush import webpush, webpush_async
from sqlalchemy import func, select

from bench import keys, lab, product, tls
from bench.table import Row, times
from webcare_pwa import vapid
from webcare_pwa.clock import real_now
from webcare_pwa.gateways.webpush import WebPushGateway
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.ports import Delivered, PushJob
from webcare_pwa.settings import from_environ
from webcare_pwa.steps import alerting
from webcare_pwa.wake import poke, socket_path

DEVICES = 1000
PLAIN = 30  # devices of the plain loop; it is slow and its rate does not depend on their number
ROUNDS = 3
AT_ONCE = 32
PAYLOAD = b'{"web_push": 8030, "x": "' + b"x" * 270 + b'"}'
SUBJECT = "mailto:beheer@corporatie.example"


@dataclass
class Field:
    """What all of them send with and to."""

    folder: Path
    sink: lab.Sink
    bundle: Path
    devices: list[dict[str, Any]]

    @property
    def key_file(self) -> Path:
        """The VAPID key."""
        return self.folder / "vapid.pem"


def measure(folder: Path) -> Iterator[Row]:
    """Messages a second: medians of three rounds, in turn."""
    bundle, server = tls.make(folder)
    os.environ.update(SSL_CERT_FILE=str(bundle), REQUESTS_CA_BUNDLE=str(bundle))
    vapid.create(folder / "vapid.pem")
    with lab.sink(folder, tls=server) as sink:
        field = Field(folder, sink, bundle, [keys.subscription(f"{sink.origin}/d/{each}") for each in range(DEVICES)])
        rounds = [(_gateway(field), _library_async(field), _plain_loop(field)) for _ in range(ROUNDS)]
        ours, library, plain = (median(column) for column in zip(*rounds, strict=True))
        yield Row("push", f"gateway alone, {DEVICES} devices, TLS; webpush_async", f"{library:.0f}/s", f"{ours:.0f}/s",
                  times(ours / library), ">= 1x", ours >= library)
        yield Row("push", f"the same; plain webpush() loop ({PLAIN} devices)", f"{plain:.1f}/s", f"{ours:.0f}/s",
                  times(ours / plain), ">= 70x", ours >= 70 * plain)
        for kind in lab.kinds():
            rate = _through_the_database(kind, field)
            yield Row("push", f"{kind}: through claim and settle; gateway alone", f"{ours:.0f}/s", f"{rate:.0f}/s",
                      times(rate / ours), ">= 0.5x", rate >= ours / 2)


def _gateway(field: Field) -> float:
    environ = {
        **os.environ, "WEBCARE_SECRET_KEY": "bench-" * 8, "WEBCARE_BASE_URL": "http://127.0.0.1",
        "WEBCARE_VAPID_SUBJECT": SUBJECT, "WEBCARE_VAPID_KEY_PATH": str(field.key_file),
        "WEBCARE_PUSH_HOSTS": field.sink.origin,
    }
    gateway = WebPushGateway(from_environ(environ))
    jobs = [
        PushJob(number, each["endpoint"], each["keys"]["p256dh"], each["keys"]["auth"], PAYLOAD, 1800, "t" * 32)
        for number, each in enumerate(field.devices)
    ]
    began, done = time.monotonic(), 0
    while done < DEVICES:
        for job in [jobs.pop() for _ in range(min(gateway.free, len(jobs)))]:
            gateway.submit(job)
        time.sleep(0.002)
        outcomes = gateway.finished()
        if wrong := [outcome for _, outcome in outcomes if not isinstance(outcome, Delivered)]:
            raise RuntimeError(f"the gateway failed: {wrong[0]}")
        done += len(outcomes)
    rate = DEVICES / (time.monotonic() - began)
    gateway.close()
    return rate


def _library_async(field: Field) -> float:
    return asyncio.run(_all_async(field))


async def _all_async(field: Field) -> float:
    key, waiting = Vapid02.from_file(str(field.key_file)), iter(field.devices)
    connector = aiohttp.TCPConnector(limit=AT_ONCE, ssl=ssl.create_default_context(cafile=str(field.bundle)))

    async def task(session: aiohttp.ClientSession) -> None:
        for device in waiting:
            await webpush_async(device, PAYLOAD, vapid_private_key=key, vapid_claims={"sub": SUBJECT}, ttl=1800,
                                aiohttp_session=session)

    async with aiohttp.ClientSession(connector=connector) as session:
        began = time.monotonic()
        await asyncio.gather(*(task(session) for _ in range(AT_ONCE)))
        return DEVICES / (time.monotonic() - began)


def _plain_loop(field: Field) -> float:
    began = time.monotonic()
    for device in field.devices[:PLAIN]:
        webpush(device, PAYLOAD, vapid_private_key=str(field.key_file), vapid_claims={"sub": SUBJECT}, ttl=1800, timeout=10)
    return PLAIN / (time.monotonic() - began)


def _through_the_database(kind: str, field: Field) -> float:
    """A test page to each device, committed at once with the worker idle; until the last row is settled."""
    with product.installed(kind, field.folder, field.sink.origin, web=False, devices=DEVICES // 2) as its:
        time.sleep(1.0)
        with its.database.write() as session:
            for device in session.scalars(select(Device)).all():
                alerting.page_device(session, device, key=f"bench:{device.id}", now=real_now())
        began = time.monotonic()
        poke(socket_path(Path(its.environ["WEBCARE_DATA_DIR"])))
        if not lab.until(lambda: _settled(its) == DEVICES, 60, pause=0.02):
            raise RuntimeError(f"only {_settled(its)} of {DEVICES} pages were settled")
        return DEVICES / (time.monotonic() - began)


def _settled(its: product.Product) -> int:
    with its.database.read() as session:
        return session.scalar(select(func.count(Delivery.id)).where(Delivery.outcome == "accepted")) or 0
