"""A push service on a local port: the WebSocket side for Firefox, RFC 8030 with VAPID checks for the server under test.

Runs in a thread of its own. Tests read `messages` and `requests`, and order faults.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import secrets
import threading
import uuid
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric import ec

from tests.push_lab import faulty
from tests.push_lab.encryption import VapidRefused, b64u, check_vapid, decrypt
from tests.push_lab.messages import Fault, Message, Subscription
from tests.push_lab.waiting import wait_for

LARGEST_BODY = 4096
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}\Z")
URGENCIES = ("very-low", "low", "normal", "high")

Answer = TypeVar("Answer")


class PushService:
    """`with PushService() as push: push.base, push.ws_url, push.messages`."""

    def __init__(self) -> None:
        self.subscriptions: dict[str, Subscription] = {}
        self.messages: list[Message] = []
        self.requests: list[str] = []  # token of each POST that came in
        self.faults: list[Fault] = []
        self.hold = False  # True: browsers look offline, messages wait
        self.deliver_elsewhere: Callable[[Message], None] | None = None  # the agent "gcm" has its own connection
        self._agents: dict[str, web.WebSocketResponse] = {}
        self._known_agents: set[str] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._runner, port = self._do(self._start())
        self.base = f"http://127.0.0.1:{port}"
        self.ws_url = f"ws://127.0.0.1:{port}/"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._do(self._runner.cleanup())
        self._do(_cancel_the_rest())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    # ---- what tests do
    def device(self, app_key: str | None = None) -> dict[str, Any]:
        """A device of our own that decrypts what it gets; returns its subscription as a browser's `toJSON()`."""
        made = Subscription(
            token=secrets.token_urlsafe(48), channel=str(uuid.uuid4()), agent="synthetic", app_key=app_key,
            private_key=ec.generate_private_key(ec.SECP256R1()), auth=secrets.token_bytes(16))
        self.subscriptions[made.token] = made
        return {"endpoint": self.endpoint(made), "keys": made.keys()}

    def endpoint(self, subscription: Subscription) -> str:
        return f"{self.base}/wpush/v2/{subscription.token}"

    def plaintexts(self) -> list[dict[str, Any]]:
        """What synthetic devices decrypted, in order."""
        return [json.loads(each.plaintext) for each in self.messages if each.plaintext]

    def wait_message(self, state: str = "acked") -> Message:
        return wait_for(lambda: next((each for each in self.messages if each.state == state), None), f"a message {state}")

    def release(self) -> None:
        """Browsers are back: what waited goes out."""
        self.hold = False
        for message in [each for each in self.messages if each.state == "queued"]:
            self._do(self._deliver(message))

    def forget(self) -> None:
        """The service loses all browsers: Firefox answers with `pushsubscriptionchange`."""
        self._known_agents.clear()
        for subscription in self.subscriptions.values():
            subscription.gone = subscription.gone or subscription.private_key is None
        self._do(self._hang_up())

    # ---- inside
    def _do(self, work: Awaitable[Answer]) -> Answer:
        async def run() -> Answer:
            return await work
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(30)

    async def _start(self) -> tuple[web.AppRunner, int]:
        app = web.Application()
        app.router.add_route("GET", "/", self._user_agent)
        app.router.add_route("POST", "/wpush/v2/{token}", self._push)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, int(runner.addresses[0][1])

    async def _hang_up(self) -> None:
        for socket in list(self._agents.values()):
            await socket.close(code=1001)

    async def _user_agent(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",), autoping=True)
        await socket.prepare(request)
        agent = ""
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                agent = await self._hear(socket, agent, json.loads(frame.data))
        if self._agents.get(agent) is socket:
            del self._agents[agent]
        return socket

    async def _hear(self, socket: web.WebSocketResponse, agent: str, said: dict[str, Any]) -> str:
        kind = said.get("messageType")
        if kind == "hello":
            return await self._hello(socket, said.get("uaid", ""))
        if kind == "register":
            await self._register(socket, agent, said)
        elif kind == "unregister":
            self._of_channel(said["channelID"], lambda each: setattr(each, "gone", True))
            await socket.send_json({"messageType": "unregister", "status": 200, "channelID": said["channelID"]})
        elif kind in ("ack", "nack"):
            for each in said.get("updates") or [said]:
                self._acknowledged(kind, each)
        elif kind == "broadcast_subscribe":
            await socket.send_json({"messageType": "broadcast", "broadcasts": {}})
        else:
            await socket.send_str("{}")
        return agent

    async def _hello(self, socket: web.WebSocketResponse, agent: str) -> str:
        if agent not in self._known_agents:
            agent = uuid.uuid4().hex
            self._known_agents.add(agent)
        self._agents[agent] = socket
        await socket.send_json({"messageType": "hello", "status": 200, "uaid": agent, "use_webpush": True, "broadcasts": {}})
        for message in [each for each in self.messages if each.agent == agent and each.state == "queued"]:
            await self._deliver(message)
        return agent

    async def _register(self, socket: web.WebSocketResponse, agent: str, said: dict[str, Any]) -> None:
        made = Subscription(secrets.token_urlsafe(48), said["channelID"], agent, app_key=said.get("key"))
        self.subscriptions[made.token] = made
        await socket.send_json({"messageType": "register", "channelID": made.channel, "status": 200,
                                "pushEndpoint": self.endpoint(made)})

    def _of_channel(self, channel: str, act: Callable[[Subscription], None]) -> None:
        for each in self.subscriptions.values():
            if each.channel == channel:
                act(each)

    def _acknowledged(self, kind: str, update: dict[str, Any]) -> None:
        for each in self.messages:
            if each.id == update.get("version"):
                each.state, each.ack_code = f"{kind}ed", update.get("code")

    async def _push(self, request: web.Request) -> web.StreamResponse:
        token, body = request.match_info["token"], await request.read()
        self.requests.append(token)
        fault = next((each for each in self.faults if each.match in token and each.times > 0), None)
        if fault:
            fault.times -= 1
            return await faulty.answer(fault, request, lambda: self._accept(request, token, body))
        return await self._accept(request, token, body)

    async def _accept(self, request: web.Request, token: str, body: bytes) -> web.Response:
        subscription = self.subscriptions.get(token)
        if subscription is None or subscription.gone:
            return web.Response(status=410 if subscription else 404)
        try:
            check_vapid(request.headers.get("Authorization"), self.base, subscription.app_key)
        except VapidRefused as refused:
            return web.Response(status=refused.status, text=str(refused))
        headers = request.headers
        topic, urgency, ttl = headers.get("Topic"), headers.get("Urgency", "normal"), headers.get("TTL", "")
        if len(body) > LARGEST_BODY:
            return web.Response(status=413)
        if not ttl.isdigit() or urgency not in URGENCIES or (topic is not None and not TOPIC.match(topic)):
            return web.Response(status=400)
        message = Message(token, subscription.channel, subscription.agent, int(ttl), urgency, topic,
                          headers.get("Content-Encoding", ""), body)
        self.messages.append(message)
        await self._deliver(message)
        return web.Response(status=201, headers={"Location": f"{self.base}/m/{message.id}", "TTL": ttl})

    async def _deliver(self, message: Message) -> None:
        subscription = self.subscriptions[message.token]
        if self.hold:
            return
        if subscription.private_key is not None:
            message.plaintext = decrypt(message.body, subscription.private_key, subscription.auth).decode()
            message.state, message.ack_code = "acked", 100
        elif message.agent == "gcm" and self.deliver_elsewhere:
            self.deliver_elsewhere(message)
        elif message.agent in self._agents:
            message.state = "sent"
            with contextlib.suppress(ConnectionError):
                await self._agents[message.agent].send_json({
                    "messageType": "notification", "channelID": message.channel, "version": message.id, "ttl": message.ttl,
                    "data": b64u(message.body), "headers": {"encoding": message.encoding}})


async def _cancel_the_rest() -> None:
    """Requests that a fault keeps hanging."""
    rest = asyncio.all_tasks() - {task for task in (asyncio.current_task(),) if task}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
