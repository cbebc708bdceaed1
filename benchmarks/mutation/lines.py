"""A plugin of pytest: which lines of the package each test runs, and what it costs.

``python -m pytest -p benchmarks.mutation.lines tests/grids`` with ``EDGEWISE_LINES`` set to the
JSON that it writes. Only tests that pass are kept: no other can tell a fault from its absence.
Of a test with many cases a few are run, from the first to the last; one that takes longer than
``PATIENCE`` is stopped and left out, since no fault would wait for it. So are tests that look at
pages in a browser or start other processes, where no fault is.
"""

from __future__ import annotations

import json
import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parents[2]
CASES, PATIENCE = 2, 2.0
"""Cases of each test, and seconds of the processor for one of them."""
OUTSIDE = {"browser", "forks"}
"""Fixtures of tests whose code runs in other processes."""
_SECONDS: dict[str, float] = {}
_FAILED: set[str] = set()
_TRACER = coverage.Coverage(data_file=None, source=[str(ROOT / "src" / "edgewise")])


def pytest_configure() -> None:
    signal.signal(signal.SIGPROF, _stop)
    _TRACER.start()


def _stop(number: int, frame: object) -> None:
    pytest.fail(f"took more than {PATIENCE} seconds of the processor")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    cases = defaultdict(list)
    for item in items:
        if OUTSIDE.isdisjoint(getattr(item, "fixturenames", ())):
            cases[item.nodeid.split("[")[0]].append(item)
    kept = {item for own in cases.values() for item in own[:: -(-len(own) // CASES)]}
    items[:] = [item for item in items if item in kept]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _TRACER.switch_context(item.nodeid)
    before = sum(os.times()[:4])  # the processor's seconds, those of ended children among them
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    _SECONDS[item.nodeid] = sum(os.times()[:4]) - before
    _TRACER.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if not report.passed:
        _FAILED.add(report.nodeid)


def pytest_sessionfinish() -> None:
    _TRACER.stop()
    data = _TRACER.get_data()
    passed = [test for test in _SECONDS if test not in _FAILED]
    number = {test: n for n, test in enumerate(passed)}
    files = {}
    for name in data.measured_files():
        by_line = {
            line: [number[test] for test in tests if test in number]
            for line, tests in data.contexts_by_lineno(name).items()
        }
        files[str(Path(name).relative_to(ROOT))] = {k: v for k, v in by_line.items() if v}
    content = json.dumps({"seconds": {t: _SECONDS[t] for t in passed}, "files": files})
    Path(os.environ["EDGEWISE_LINES"]).write_text(content, encoding="utf-8")
