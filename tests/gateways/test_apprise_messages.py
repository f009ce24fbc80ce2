"""Messages through Apprise against servers that answer as the providers document, faults included."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from apprise.plugins.cm import NotifyCM
from apprise.plugins.messagebird import NotifyMessageBird
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.twilio import NotifyTwilio

from tests.contact_lab.provider import Provider, provider
from webcare_pwa.clock import monotonic
from webcare_pwa.gateways.apprise_messages import THREADS, AppriseMessages
from webcare_pwa.gateways.apprise_services import service
from webcare_pwa.ports import ContactJob, Delivered, Gone, OurFault, Outcome, Refused, TryAgain
from webcare_pwa.settings import Settings

URL = "https://dienst.corporatie.example/c/abc.def"
What = tuple[str, str, dict[str, str]]
SMS: What = ("sms", "+31612345601", {})
PUSHOVER: What = ("pushover", "u" * 30, {})
TELEGRAM: What = ("telegram", "-1001234567", {})


@pytest.fixture
def server() -> Iterator[Provider]:
    with provider() as here:
        yield here


@pytest.fixture
def at_provider(server: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixed addresses of the providers lead to the local server."""
    monkeypatch.setattr(NotifyTwilio, "notify_sms_url", f"{server.url}/2010-04-01/Accounts/{{sid}}/Messages.json")
    monkeypatch.setattr(NotifyMessageBird, "notify_url", f"{server.url}/messages")
    monkeypatch.setattr(NotifyCM, "notify_url", f"{server.url}/v1.0/message")
    monkeypatch.setattr(NotifyPushover, "notify_url", f"{server.url}/1/messages.json")
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"{server.url}/bot")


@pytest.fixture
def keys(tmp_path: Path) -> Settings:
    """An installation with all kinds."""
    return Settings(
        database_url="", secret_key="x" * 40, base_url="https://dienst.corporatie.example", data_dir=tmp_path,
        vapid_private_key_file=tmp_path / "k", vapid_subject="mailto:a@b.example", sms_provider="twilio",
        sms_account="AC" + "0" * 32, sms_secret="0123456789abcdef0123456789abcdef", sms_from="+31301234567",
        pushover_token="a" * 30, telegram_token="123456789:abcdefghijklmnopqrstuvwxyz123456789",
        contact_hosts=("127.0.0.1",),
    )  # fmt: skip


def send(settings: Settings, what: What, deadline: float = 10.0) -> Outcome:
    """One message, through the pool."""
    kind, address, values = what
    came = Event()
    gateway = AppriseMessages(settings, came.set, deadline=deadline)
    gateway.submit(ContactJob(7, kind, address, values, "Noodgeval: Gas", "Er wacht een oproep op u.", URL, "1234"))
    assert came.wait(20)
    ((number, outcome),) = gateway.finished()
    gateway.close()
    assert number == 7
    return outcome


def ntfy(server: Provider, host: str = "127.0.0.1") -> What:
    return ("ntfy", "dienst-x8k2", {"topic": "dienst-x8k2", "server": f"http://{host}:{urlsplit(server.url).port}"})


@pytest.mark.parametrize(("what", "path", "inside"), [
    (SMS, "/2010-04-01/Accounts/AC" + "0" * 32 + "/Messages.json", ["31612345601", "31301234567"]),
    (PUSHOVER, "/1/messages.json", ["u" * 30, '"priority": 2']),
    (TELEGRAM, "/bot123456789:abcdefghijklmnopqrstuvwxyz123456789/sendMessage", ["-1001234567"]),
])  # fmt: skip
def test_each_provider_gets_what_it_documents(
    server: Provider, at_provider: None, keys: Settings, what: What, path: str, inside: list[str]
) -> None:
    assert isinstance(send(keys, what), Delivered)
    (got,) = server.got
    assert got.path == path
    told = got.body + str(parse_qs(got.body))
    for part in [*inside, "oproep"]:
        assert part in told or part.replace('": 2', '": "2"') in told or ("priority" in part and "priority" in told), part
    assert "abc.def" in told


@pytest.mark.parametrize(("choice", "path"), [("messagebird", "/messages"), ("cm", "/v1.0/message")])
def test_other_sms_providers(server: Provider, at_provider: None, keys: Settings, choice: str, path: str) -> None:
    secret = {"messagebird": "a" * 25, "cm": "12345678-1234-1234-1234-123456789012"}[choice]
    outcome = send(replace(keys, sms_provider=choice, sms_secret=secret), SMS)
    assert isinstance(outcome, Delivered), outcome
    assert server.got[0].path == path and "31612345601" in server.got[0].body


def test_ntfy_rings_at_its_loudest_and_the_link_opens_on_a_tap(server: Provider, keys: Settings) -> None:
    assert send(keys, ntfy(server)) == Delivered("http 200")
    (got,) = server.got
    assert got.headers["X-Click"] == URL and got.headers["X-Priority"] == "max"
    assert '"topic": "dienst-x8k2"' in got.body and URL in got.body


# where our own key or account is refused, which says nothing of the receiver
OURS = {"sms": (401, 403, 404), "pushover": (401, 403), "telegram": (401, 404)}


@pytest.mark.parametrize(("status", "expected"), [
    (400, Refused("http 400")), (401, Refused("http 401")), (403, Refused("http 403")), (404, Gone("http 404")),
    (410, Gone("http 410")), (429, TryAgain(17.0, "http 429")), (500, TryAgain(17.0, "http 500")),
    (503, TryAgain(17.0, "http 503")),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["sms", "pushover", "telegram", "ntfy"])
def test_what_a_provider_says_no_with(
    server: Provider, at_provider: None, keys: Settings, kind: str, status: int, expected: Outcome
) -> None:
    server.status, server.headers, server.answer = status, {"Retry-After": "17"}, {"error": "no"}
    what = {"sms": SMS, "pushover": PUSHOVER, "telegram": TELEGRAM, "ntfy": ntfy(server)}[kind]
    ours = status in OURS.get(kind, ())
    assert send(keys, what) == (OurFault(f"http {status}") if ours else expected)


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_a_server_that_keeps_the_line_is_cut_off_at_the_deadline(server: Provider, keys: Settings, how: str) -> None:
    setattr(server, how, True)
    server.answer = {"id": "x" * 400}
    began = monotonic()
    assert send(keys, ntfy(server), deadline=0.6) == TryAgain(detail="geen antwoord op tijd")
    assert monotonic() - began < 3


def test_nobody_at_the_other_end_is_tried_again(server: Provider, keys: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        there = ("ntfy", "dienst-x8k2", {"server": f"http://127.0.0.1:{closed.getsockname()[1]}"})
        assert send(keys, there) == TryAgain(detail="geen verbinding")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "100.64.0.1"])
def test_an_address_inside_is_refused(server: Provider, keys: Settings, host: str) -> None:
    assert send(replace(keys, contact_hosts=()), ntfy(server, host)) == Refused("het adres is niet openbaar")
    assert server.got == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "::1", "fd00::1", "fe80::1%eth0", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_refused_even_beside_a_public_address(
    server: Provider, keys: Settings, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _names("93.184.216.34", inside))
    found = send(replace(keys, contact_hosts=()), ntfy(server, "ntfy.corporatie.example"))
    assert found == Refused("het adres is niet openbaar")
    assert server.got == []


def test_the_address_that_was_checked_is_the_one_that_is_used(
    server: Provider, keys: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked for once, so it cannot change its mind between the look and the call."""
    asked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", _names("127.0.0.1", asked=asked))
    trusting = replace(keys, contact_hosts=("ntfy.corporatie.example",))
    assert send(trusting, ntfy(server, "ntfy.corporatie.example")) == Delivered("http 200")
    assert asked == ["ntfy.corporatie.example", "127.0.0.1"]  # the second is the number itself, which needs no asking


def test_a_redirect_is_not_followed(server: Provider, keys: Settings) -> None:
    server.status, server.headers = 302, {"Location": f"{server.url}/elsewhere"}
    assert send(keys, ntfy(server)) == Refused("http 302")
    assert len(server.got) == 1


def test_a_proxy_of_the_environment_does_not_resolve_for_us(
    server: Provider, keys: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert send(keys, ntfy(server)) == Delivered("http 200")


def test_a_kind_without_its_key_is_our_own_fault(keys: Settings) -> None:
    assert isinstance(send(replace(keys, sms_provider=""), SMS), OurFault)
    assert isinstance(send(replace(keys, pushover_token=""), PUSHOVER), OurFault)


def test_a_webhook_of_teams_becomes_its_parts(keys: Settings) -> None:
    webhook = "https://prod-1.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?api-version=1&sig=Ab-1"
    made = service(ContactJob(1, "teams", webhook, {"webhook": webhook}, "", "", URL, ""), keys)
    assert made is not None
    found = made[1]
    assert (found["host"], found["port"], found["workflow"], found["signature"], found["power_automate"]) == (
        "prod-1.westeurope.logic.azure.com", 443, "0a1b", "Ab-1", False,
    )


def test_no_more_in_hand_than_there_are_threads(server: Provider, keys: Settings) -> None:
    server.hang = True
    gateway = AppriseMessages(keys)
    for number in range(THREADS):
        assert gateway.free == THREADS - number
        gateway.submit(ContactJob(number, *ntfy(server), "t", "b", URL, "1234"))
    assert gateway.free == 0
    server.over.set()
    gateway.close()
    assert len(gateway.finished()) == THREADS


def _names(*addresses: str, asked: list[str] | None = None) -> object:
    """A resolver of our own."""
    def look_up(host: str, port: int, *args: object, **more: object) -> list[tuple[object, ...]]:
        if asked is not None:
            asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    return look_up
