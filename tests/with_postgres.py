"""Runs a command with a throw-away PostgreSQL cluster; its address is in WEBCARE_TEST_POSTGRES.

Usage: python tests/with_postgres.py COMMAND [ARG ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.cluster import Cluster


def main() -> int:
    """Start, run, stop; the exit status is the command's."""
    with Cluster() as cluster:
        return subprocess.run(sys.argv[1:], env={**os.environ, "WEBCARE_TEST_POSTGRES": cluster.address}).returncode


if __name__ == "__main__":
    sys.exit(main())
