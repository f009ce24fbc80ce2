"""What a browser says of itself: a guess at the platform, and a first name for the device."""

from __future__ import annotations

from flask import request

from webcare_pwa import labels

BROWSERS = (  # sign in the user agent, name; the first that fits
    ("Firefox", "Firefox"), ("Edg", "Edge"), ("SamsungBrowser", "Samsung"), ("Chrome", "Chrome"), ("Safari", "Safari"))


def platform_of(*, touch: bool) -> str:
    """A guess for the help text and for "waking". An iPad calls itself a Mac, but has a touch screen."""
    agent = request.user_agent.string
    if "Android" in agent:
        return "android"
    return "ios" if "iPhone" in agent or "iPad" in agent or ("Macintosh" in agent and touch) else "desktop"


def device_name(platform: str) -> str:
    """A name to start with, until he gives it his own."""
    agent = request.user_agent.string
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    return f"{labels.word(platform, 'platform')}, {browser}" if browser else labels.word(platform, "platform")
