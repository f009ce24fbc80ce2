#!/bin/sh
# Make a virtual environment; on a fresh Debian the venv module itself may have to be installed first.
set -eu
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq python3-venv >/dev/null
fi
python3 -m venv "$1"
