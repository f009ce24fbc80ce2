"""SMTP against a real server on this machine, also one that misbehaves."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.mail_server import MailServer, certificate, running
from webcare_pwa.clock import real_now
from webcare_pwa.gateways.mail import SmtpMail
from webcare_pwa.gateways.mail_message import compose
from webcare_pwa.ports import Delivered, MailJob, MailOutcome, Refused, TryAgain, Unknown
from webcare_pwa.settings import Settings

JOB = MailJob(mail_id=7, to_address="aydin@huurder.example", subject="Uw melding 41",
              body="Wij bellen de loodgieter.\n", message_id="abc", automatic=True)
SENDER = "Wonen Waterveen <dienst@corporatie.example>"


@contextmanager
def _gateway(settings: Settings, server: MailServer, tls: str = "none", deadline: float = 10) -> Iterator[SmtpMail]:
    with running(server), ExitStack() as stack:
        gateway = SmtpMail(
            replace(settings, mail_host="127.0.0.1", mail_port=server.port, mail_tls=tls, mail_from=SENDER),
            deadline=deadline,
        )
        stack.callback(gateway.close)
        yield gateway


def _send(
    settings: Settings, server: MailServer, job: MailJob = JOB, tls: str = "none", deadline: float = 10
) -> MailOutcome:
    with _gateway(settings, server, tls, deadline) as gateway:
        gateway.submit(job)
        gateway.close()
        [(mail_id, outcome)] = gateway.finished()
    assert mail_id == job.mail_id
    return outcome


def _received(server: MailServer) -> EmailMessage:
    [raw] = server.messages
    whole = raw.replace(b"\r\n..", b"\r\n.")
    message = email.message_from_bytes(whole, policy=email.policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def test_delivered(settings: Settings) -> None:
    server = MailServer()
    assert _send(settings, server) == Delivered("250 2.0.0")
    message = _received(server)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<abc@corporatie.example>"
    assert abs((message["Date"].datetime - real_now()).total_seconds()) < 60
    assert "Precedence" not in message and "List-Id" not in message
    assert message.get_content().replace("\r\n", "\n") == JOB.body
    assert server.recipients == ["RCPT TO:<aydin@huurder.example>"]


def test_a_colleagues_reply_is_no_automatic_mail(settings: Settings) -> None:
    server = MailServer()
    _send(settings, server, replace(JOB, automatic=False, in_reply_to="first"))
    message = _received(server)
    assert "Auto-Submitted" not in message and "X-Auto-Response-Suppress" not in message
    assert message["In-Reply-To"] == message["References"] == "<first@corporatie.example>"


def test_an_automatic_answer_to_a_message_is_auto_replied() -> None:
    assert compose(replace(JOB, in_reply_to="first"), JOB.to_address, SENDER)["Auto-Submitted"] == "auto-replied"


def test_text_survives(settings: Settings) -> None:
    body = "Eén vraag, mw. Aydın 🙂\n.\n.regel met punt vooraan\n" + "lang " * 400 + "\nعربي\n"
    server = MailServer()
    _send(settings, server, replace(JOB, body=body, subject="Uw melding 41: één vraag " * 5))
    assert _received(server).get_content().replace("\r\n", "\n") == body
    assert all(len(line) <= 998 for line in server.messages[0].split(b"\r\n"))
    assert _received(server)["Subject"] == ("Uw melding 41: één vraag " * 5).strip()


@hypothesis_settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=40))
def test_nothing_typed_becomes_a_header(subject: str, body: str, message_id: str) -> None:
    job = replace(JOB, subject=subject + "\r\nBcc: a@b.example", body=body + "\nBcc: a@b.example",
                  message_id=message_id + "\nBcc: c@d.example", in_reply_to=message_id)
    raw = compose(job, JOB.to_address, SENDER).as_bytes()
    assert "Bcc" not in email.message_from_bytes(raw, policy=email.policy.SMTP)


@pytest.mark.parametrize(
    "address", ["", "geen", "a@b@c.nl", "a@b.nl, c@d.nl", "a@b.nl\r\nBcc: x@y.nl", "<a@b.nl>", "josé@b.nl"]
)
def test_what_is_no_address_is_refused_without_a_session(settings: Settings, address: str) -> None:
    server = MailServer()
    assert _send(settings, server, replace(JOB, to_address=address)) == Refused("address cannot be used")
    assert server.sessions == 0


def test_a_domain_with_accents_is_written_in_ascii(settings: Settings) -> None:
    server = MailServer()
    assert isinstance(_send(settings, server, replace(JOB, to_address="jan@bücher.example")), Delivered)
    assert server.recipients == ["RCPT TO:<jan@xn--bcher-kva.example>"]


@pytest.mark.parametrize(("answers", "expected"), [
    ({"BANNER": "421 4.3.2 closing"}, TryAgain(detail="server: 421 4.3.2")),
    ({"BANNER": "554 no service for you"}, TryAgain(detail="server: 554")),
    ({"MAIL": "421 4.7.0 slow down"}, TryAgain(detail="421 4.7.0")),
    ({"RCPT": "450 4.2.1 greylisted aydin@huurder.example"}, TryAgain(detail="450 4.2.1")),
    ({"RCPT": "550 5.1.1 <aydin@huurder.example> unknown"}, Refused("server: 550 5.1.1")),
    ({"DATA": "451 4.3.0 later"}, TryAgain(detail="451 4.3.0")),
    ({"END": "554 5.7.1 spam"}, Refused("server: 554 5.7.1")),
    ({"END": "452 4.3.1 full"}, TryAgain(detail="452 4.3.1")),
])
def test_what_the_server_says_decides(settings: Settings, answers: dict[str, str], expected: MailOutcome) -> None:
    assert _send(settings, MailServer(answers=answers)) == expected


def test_a_line_that_breaks_before_the_message_is_tried_again(settings: Settings) -> None:
    assert isinstance(_send(settings, MailServer(fault="cut")), TryAgain)


def test_a_line_that_breaks_after_the_message_is_unknown(settings: Settings) -> None:
    server = MailServer(fault="drop")
    assert isinstance(_send(settings, server), Unknown)
    assert len(server.messages) == 1


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_a_server_that_never_answers_is_cut_at_the_deadline(settings: Settings, fault: str) -> None:
    started = real_now()
    assert isinstance(_send(settings, MailServer(fault=fault), deadline=0.4), TryAgain)
    assert (real_now() - started).total_seconds() < 8


def test_nobody_listens(settings: Settings) -> None:
    server = MailServer()
    with running(server):
        pass
    gateway = SmtpMail(
        replace(settings, mail_host="127.0.0.1", mail_port=server.port, mail_tls="none", mail_from=SENDER)
    )
    gateway.submit(JOB)
    gateway.close()
    assert isinstance(gateway.finished()[0][1], TryAgain)


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_trusted_certificate(
    settings: Settings, tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    server = MailServer(tls=context) if tls == "tls" else MailServer(starttls=context)
    assert isinstance(_send(settings, server, tls=tls), Delivered)
    assert server.was_secure == (tls == "starttls")


@pytest.mark.parametrize("tls", ["tls", "starttls"])
@pytest.mark.parametrize("name", ["127.0.0.1", "mail.example"])
def test_a_certificate_of_a_stranger_or_for_another_name_gets_nothing(
    settings: Settings, tls: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path, name)
    if name == "mail.example":  # trusted, but it is not whom we called
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    server = MailServer(tls=context) if tls == "tls" else MailServer(starttls=context)
    assert _send(settings, server, tls=tls) == TryAgain(detail="certificate of the mail server is not trusted")
    assert server.messages == []


def test_a_server_without_tls_gets_nothing(settings: Settings) -> None:
    server = MailServer()
    assert isinstance(_send(settings, server, tls="starttls"), TryAgain)
    assert server.messages == []


def test_without_a_mail_host_nothing_is_taken(settings: Settings) -> None:
    gateway = SmtpMail(settings)
    assert gateway.free == 0
    gateway.close()


def test_free_counts_what_is_under_way_and_wake_is_called(settings: Settings) -> None:
    woken = threading.Event()
    with running(MailServer()) as server:
        gateway = SmtpMail(
            replace(settings, mail_host="127.0.0.1", mail_port=server.port, mail_tls="none", mail_from=SENDER),
            wake=woken.set,
        )
        room = gateway.free
        assert room > 0
        for number in range(room):
            gateway.submit(replace(JOB, mail_id=number))
        assert woken.wait(10)
        gateway.close()
        assert gateway.free == 0
        assert sorted(number for number, _ in gateway.finished()) == list(range(room))
        assert gateway.finished() == []
