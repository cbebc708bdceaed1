"""A budget counts work, and the seconds in which its own thread computes."""

from __future__ import annotations

import threading
from time import sleep, thread_time

import pytest

from edgewise.search.budget import Budget


def compute(seconds: float) -> None:
    """Keep the processor busy."""
    end = thread_time() + seconds
    while thread_time() < end:
        pass


@pytest.fixture
def neighbour():
    """A thread that computes all the time."""
    done = threading.Event()
    thread = threading.Thread(target=lambda: [compute(1e-3) for _ in iter(done.is_set, True)])
    thread.start()
    yield
    done.set()
    thread.join()


def test_waiting_is_free_and_computing_is_not(neighbour):
    budget = Budget(0.05)
    sleep(0.1)
    assert not budget.over
    assert budget.elapsed < 0.02
    assert budget.by_the_clock > 0.1
    compute(0.06)
    assert budget.over
    assert budget.left == 0


def test_a_busy_neighbour_takes_no_seconds(neighbour):
    budget = Budget(60.0)
    compute(0.1)
    assert 0.1 <= budget.elapsed < 0.15
    assert budget.by_the_clock > 0.09


def test_parts_are_spent_with_the_whole():
    whole = Budget(60.0, 100)
    part = whole.part(seconds=10.0, evaluations=60)
    part.spend(59)
    assert not part.over
    part.spend(1)
    assert part.over
    assert whole.spent == 60
    assert whole.part().evaluations == 40
    part.charge(5.0)
    assert whole.left == pytest.approx(55, abs=1)
    assert part.left == pytest.approx(5, abs=1)
    part.charge(5.0)
    assert part.left == 0
