#!/bin/sh
# What the tests need from Debian: real browsers, a D-Bus, PostgreSQL. Installed when missing, where that is allowed.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v firefox-esr >/dev/null || missing="$missing firefox-esr"
command -v dbus-daemon >/dev/null || missing="$missing dbus"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  the list is words
if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null; }; then
    echo "The tests need these Debian packages:$missing" >&2
    exit 1
fi
