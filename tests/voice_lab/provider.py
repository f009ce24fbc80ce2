"""A call provider on a local port: takes calls as Twilio documents, asks our web process over HTTP what to say, presses a
key, and posts how the call went, all signed. Tests script what happens per number."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from xml.etree import ElementTree

from aiohttp import ClientSession, encode_basic_auth, web

from tests.push_lab.waiting import wait_for
from webcare_pwa.rules.voice_signature import signature

ACCOUNT, TOKEN, FROM = "AC" + "0" * 32, "een-token-van-de-provider", "+31301234567"


@dataclass
class Line:
    """What happens when a number is called: `ends` is the final status; who answers presses `keys` one after the other."""

    ends: str = "completed"
    keys: str = ""


@dataclass
class Call:
    """One call, as far as it came. `heard` is every sentence, `answers` the raw TwiML."""

    sid: str
    form: dict[str, str]
    events: list[str]
    heard: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    over: bool = False


@dataclass(frozen=True)
class Fault:
    """An error as the call API words it; without a code what something in between says. Answered anew each time: an
    answer object can be sent once only."""

    status: int = 500
    code: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    hangs: bool = False

    def answer(self) -> web.Response:
        if not self.code:
            return web.Response(status=self.status, text="<html>oops</html>", headers=dict(self.headers))
        told = {"code": self.code, "message": "The number +31612345678 was refused.", "status": self.status,
                "more_info": f"https://www.twilio.com/docs/errors/{self.code}"}
        return web.json_response(told, status=self.status, headers=dict(self.headers))


class Provider:
    """`with Provider() as provider: provider.base, provider.lines["+31..."] = Line(...), provider.calls`."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.calls: list[Call] = []
        self.faults: list[Fault] = []  # the next answers
        self.requests = 0
        self._numbers = itertools.count(1)
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._runner, port = asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(10)
        self.base = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()

    def ended(self, number: int) -> Call:
        """The call of that number, once it is over."""
        wait_for(lambda: len(self.calls) >= number and self.calls[number - 1].over, f"call {number} to end")
        return self.calls[number - 1]

    async def _start(self) -> tuple[web.AppRunner, int]:
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Calls.json", self._create)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        self._session, self._closing = ClientSession(), asyncio.Event()
        return runner, site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]

    async def _stop(self) -> None:
        self._closing.set()
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._session.close()
        await self._runner.cleanup()

    async def _create(self, request: web.Request) -> web.Response:
        self.requests += 1
        if self.faults:
            fault = self.faults.pop(0)
            if fault.hangs:
                await self._closing.wait()
            return fault.answer()
        if request.headers.get("Authorization") != encode_basic_auth(ACCOUNT, TOKEN):
            return Fault(401, 20003).answer()
        posted = await request.post()
        form = {name: str(value) for name, value in posted.items()}
        if form["To"] not in self.lines:
            return Fault(400, 21211).answer()
        assert form["From"] == FROM and int(form["Timeout"]) <= 60
        assert form["Url"].startswith("http") if "Twiml" not in form else "Url" not in form
        call = Call(f"CA{next(self._numbers):032}", form, [str(each) for each in posted.getall("StatusCallbackEvent", [])])
        self.calls.append(call)
        task = self.loop.create_task(self._run(call, self.lines[form["To"]]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return web.json_response({"sid": call.sid, "status": "queued", "to": form["To"]}, status=201)

    async def _run(self, call: Call, line: Line) -> None:
        if "Twiml" in call.form:  # what to say came with the order
            call.heard += [each.text or "" for each in ElementTree.fromstring(call.form["Twiml"]).iter("Say")]  # noqa: S314
            call.over = True
            return
        await self._tell(call, "ringing")
        if line.ends == "completed":
            await self._tell(call, "in-progress")
            await self._talk(call, line)
        await self._tell(call, line.ends)
        call.over = True

    async def _talk(self, call: Call, line: Line) -> None:
        """Read what we are told to say. A key interrupts it; without one the gather runs out and what follows is read."""
        address, more = call.form["Url"], {"CallStatus": "in-progress"}
        keys = iter(line.keys)
        while True:
            answer = await self.post(address, call, more)
            call.answers.append(answer)
            document = ElementTree.fromstring(answer)  # noqa: S314  our own answer
            assert document.tag == "Response"
            key, gather = next(keys, ""), document.find("Gather")
            for part in document:
                for sentence in part.iter("Say"):
                    assert sentence.get("language") == "nl-NL"
                    call.heard.append(sentence.text or "")
                if part is gather and key:
                    break
            if gather is None or not key:
                return
            assert gather.get("numDigits") == "1" and gather.get("method") == "POST"
            address, more = str(gather.get("action")), {"CallStatus": "in-progress", "Digits": key}

    async def _tell(self, call: Call, status: str) -> None:
        event = {"ringing": "ringing", "in-progress": "answered"}.get(status, "completed")
        if event in call.events:
            await self.post(call.form["StatusCallback"], call, {"CallStatus": status})

    async def post(self, address: str, call: Call, more: dict[str, str], token: str = TOKEN) -> str:
        form = {"CallSid": call.sid, "AccountSid": ACCOUNT, "From": FROM, "To": call.form["To"], "ApiVersion": "2010-04-01",
                "Direction": "outbound-api", **more}
        signed = {"X-Twilio-Signature": signature(token, address, form.items())}
        async with self._session.post(address, data=form, headers=signed) as answer:
            text = await answer.text()
            assert answer.status < 300, (answer.status, text)
            return text
