"""The queue of writers on SQLite: nobody is lost in it, and a holder that is frozen does not take every thread along."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from webcare_pwa import turn


def test_one_at_a_time_and_everybody_gets_a_turn(tmp_path: Path) -> None:
    queue, inside, most, done = turn.Turn(str(tmp_path / "turn")), [0], [0], [0]

    def write() -> None:
        for _ in range(50):
            with queue.taken():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                done[0] += 1
                inside[0] -= 1

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], done[0]) == (1, 400)


def test_a_turn_within_a_turn_does_not_wait_for_itself_and_gives_it_back_once(tmp_path: Path) -> None:
    queue, taken = turn.Turn(str(tmp_path / "turn")), threading.Event()

    def write() -> None:
        with queue.taken():
            taken.set()

    other = threading.Thread(target=write)
    with queue.taken():
        with queue.taken():
            other.start()
        assert not taken.wait(0.05)  # leaving the inner one is not giving the turn away
    other.join(timeout=5)
    assert taken.is_set()


def test_when_the_holder_is_frozen_the_rest_is_let_through_to_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 0.05)
    queue, through = turn.Turn(str(tmp_path / "turn")), threading.Semaphore(0)

    def write() -> None:
        with queue.taken():
            through.release()

    with (tmp_path / "turn").open("w") as frozen:
        fcntl.flock(frozen, fcntl.LOCK_EX)
        threads = [threading.Thread(target=write) for _ in range(turn.PLACES + 2)]
        for thread in threads:
            thread.start()
        assert through.acquire(timeout=5) and through.acquire(timeout=5)  # the two without a place
        assert not through.acquire(blocking=False)  # the others wait for the turn
    for thread in threads:  # the holder let go
        thread.join(timeout=5)
        assert not thread.is_alive()
