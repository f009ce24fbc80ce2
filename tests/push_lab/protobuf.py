"""Just enough protobuf for Google's check-in and MCS messages: writing fields, and the tags MCS uses."""

from __future__ import annotations

import struct

PING, PING_ACK, LOGIN, LOGIN_OK, CLOSE, IQ, DATA = 0, 1, 2, 3, 4, 7, 8


def varint(number: int) -> bytes:
    out = b""
    while True:
        number, low = number >> 7, number & 0x7F
        out += bytes([low | (0x80 if number else 0)])
        if not number:
            return out


def integer(field: int, number: int) -> bytes:
    return varint(field << 3) + varint(number)


def fixed64(field: int, number: int) -> bytes:
    return varint(field << 3 | 1) + struct.pack("<Q", number)


def text(field: int, value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(raw)) + raw


def frame(tag: int, body: bytes) -> bytes:
    return bytes([tag]) + varint(len(body)) + body
