"""Which push endpoints pass: known services and allowed origins only, however the address is dressed up."""

from __future__ import annotations

import pytest

from webcare_pwa.rules.push_endpoints import check

GOOD = [
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://fcm.googleapis.com:443/fcm/send/abc",
    "https://FCM.googleapis.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA_-",
    "https://web.push.apple.com/QFq",
    "https://wns2-am3p.notify.windows.com/w/?token=BQYA%2bA",
    "https://android.googleapis.com/gcm/send/x",
    "https://jmt17.google.com/fcm/send/x",
]
BAD = {
    "http://fcm.googleapis.com/x": "not_https",
    "ftp://fcm.googleapis.com/x": "not_https",
    "https://fcm.googleapis.com:8443/x": "port",
    "https://fcm.googleapis.com:99999/x": "unreadable",
    "https://u:p@fcm.googleapis.com/x": "user_info",
    "https://fcm.googleapis.com@evil.example/x": "user_info",
    "https://@fcm.googleapis.com/x": "user_info",
    "https://fcm.googleapis.com.evil.example/x": "unknown_service",
    "https://evilfcm.googleapis.com/x": "unknown_service",
    "https://push.apple.com/x": "unknown_service",
    "https://evilpush.apple.com/x": "unknown_service",
    "https://android.chromlum.info/x": "unknown_service",
    "https://fcm.googleapis.com./x": "unknown_service",
    "https://127.0.0.1/x": "unknown_service",
    "https://[::1]/x": "unknown_service",
    "https://2130706433/x": "unknown_service",
    "https://evil.example\\.push.apple.com/x": "unreadable",
    "https://evil.example#.push.apple.com/x": "unreadable",
    "https://fcm.googleapis.com\n.evil.example/x": "unreadable",
    "https://fcm.googleapis.com /x": "unreadable",
    "https://ｆcm.googleapis.com/x": "unreadable",
    "https://[fcm.googleapis.com/x": "unreadable",
    "https:///x": "unreadable",
    "fcm.googleapis.com/x": "unreadable",
    "": "unreadable",
    "https://fcm.googleapis.com/" + "x" * 2048: "too_long",
}


@pytest.mark.parametrize("endpoint", GOOD)
def test_known_services_pass(endpoint: str) -> None:
    assert check(endpoint, ()) is None


@pytest.mark.parametrize(("endpoint", "reason"), BAD.items())
def test_everything_else_is_refused_with_its_reason(endpoint: str, reason: str) -> None:
    assert check(endpoint, ()) == reason


@pytest.mark.parametrize(
    ("endpoint", "allowed", "reason"),
    [
        ("http://127.0.0.1:9701/wpush/x", "http://127.0.0.1", None),
        ("http://127.0.0.1:9701/wpush/x", "http://127.0.0.1:9701", None),
        ("http://127.0.0.1:9702/wpush/x", "http://127.0.0.1:9701", "not_https"),
        ("https://127.0.0.1:9701/wpush/x", "http://127.0.0.1", "port"),
        ("http://127.0.0.1.evil.example/x", "http://127.0.0.1", "not_https"),
        ("http://me@127.0.0.1:9701/x", "http://127.0.0.1", "user_info"),
        ("https://push.corporatie.example/up", "https://push.corporatie.example", None),
        ("https://fcm.googleapis.com/x", "nonsense", None),
    ],
)
def test_an_allowed_origin_passes_as_a_whole(endpoint: str, allowed: str, reason: str | None) -> None:
    assert check(endpoint, (allowed,)) == reason
