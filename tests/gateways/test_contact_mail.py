"""The contact method `mail` goes over the mail server of the settings, with the same outcomes as other contacts."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from tests.mail_server import MailServer, running
from webcare_pwa.gateways.contact_mail import ContactMail
from webcare_pwa.ports import ContactJob, Delivered, TryAgain
from webcare_pwa.settings import Settings

JOB = ContactJob(7, "mail", "samira@corporatie.example", {}, "Noodgeval: Gas", "Er wacht een oproep op u.",
                 "https://dienst.corporatie.example/c/abc", "1234")


@pytest.mark.parametrize("there", [True, False])
def test_a_mail_is_sent_or_tried_again(settings: Settings, there: bool) -> None:
    server, came = MailServer(), Event()
    with running(server):
        port = server.port if there else 9
        mails = ContactMail(
            replace(settings, mail_host="127.0.0.1", mail_port=port, mail_tls="none", mail_from="dienst@corporatie.example"),
            came.set,
        )
        assert mails.free > 0
        mails.submit(JOB)
        assert came.wait(20)
        ((number, outcome),) = mails.finished()
        mails.close()
    assert number == 7 and isinstance(outcome, Delivered if there else TryAgain)
    text = b"".join(server.messages)
    assert (b"/c/abc" in text and b"Noodgeval: Gas" in text) == there
