"""A plugin of pytest: which lines of the package each test runs, and what it costs.

``python -m pytest -p benchmarks.mutation.lines tests/grids`` with ``EDGEWISE_LINES`` set to the
JSON that it writes. Only tests that pass are kept: no other can tell a fault from its absence.
Cases of a test are run until they have taken ``PATIENCE`` together; one that takes longer is
stopped and left out, since no fault would wait for it. So are tests that look at pages in a browser
or start other processes, where no fault is.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import coverage
import pytest

from benchmarks.mutation.patch import import_all

ROOT = Path(__file__).parents[2]
PATIENCE = float(os.environ.get("EDGEWISE_PATIENCE", "4"))
"""Seconds of the processor for all cases of a test, but for those that take less than ``QUICK``."""
QUICK = 0.05
OUTSIDE = {"browser", "forks"}
"""Fixtures of tests whose code runs in other processes."""
_SECONDS: dict[str, float] = {}
_SPENT: defaultdict[str, float] = defaultdict(float)
_FAILED: set[str] = set()
_TRACER = coverage.Coverage(data_file=None, source=[str(ROOT / "src" / "edgewise")])


def pytest_configure() -> None:
    signal.signal(signal.SIGPROF, _stop)
    _TRACER.start()


def pytest_sessionstart() -> None:
    """Import everything, so that no test seems to run the lines that an import runs."""
    import_all(importlib.import_module("edgewise"))


def _stop(number: int, frame: FrameType | None) -> None:
    """End the test, or a little later if torch is at work, whose C++ passes no error on."""
    if frame is not None and "/torch/" in frame.f_code.co_filename:
        signal.setitimer(signal.ITIMER_PROF, 0.05)
        return
    # Without a traceback, whose lines pytest cannot tell if the signal came within generated code.
    pytest.fail(f"took more than {PATIENCE} seconds of the processor", pytrace=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if OUTSIDE.isdisjoint(getattr(item, "fixturenames", ()))]


def _function(test: str) -> str:
    return test.split("[")[0]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _TRACER.switch_context(item.nodeid)
    before = _count_seconds()
    yield
    _SECONDS[item.nodeid] = spent = _count_seconds() - before
    _SPENT[_function(item.nodeid)] += spent if spent > QUICK else 0
    _TRACER.switch_context("")


@contextmanager
def _limit(item: pytest.Item) -> Iterator[None]:
    """Where pytest reports an error as one of the test's; elsewhere it would end the session."""
    left = PATIENCE - _SPENT[_function(item.nodeid)]
    signal.setitimer(signal.ITIMER_PROF, max(left, 1e-3))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    if _SPENT[_function(item.nodeid)] >= PATIENCE:
        pytest.skip("other cases took the time")
    with _limit(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    with _limit(item):
        return (yield)


def _count_seconds() -> float:
    """The processor's seconds until now, those of ended children among them."""
    return sum(os.times()[:4])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if not report.passed:
        _FAILED.add(report.nodeid)


def pytest_sessionfinish() -> None:
    _TRACER.stop()
    data = _TRACER.get_data()
    passed = [test for test in _SECONDS if test not in _FAILED]
    number = {test: n for n, test in enumerate(passed)}
    files, imports = {}, {}
    for name in data.measured_files():
        contexts, file = data.contexts_by_lineno(name), str(Path(name).relative_to(ROOT))
        by_line = {
            line: [number[test] for test in tests if test in number]
            for line, tests in contexts.items()
        }
        files[file] = {k: v for k, v in by_line.items() if v}
        imports[file] = [line for line, tests in contexts.items() if "" in tests]
    seconds = {t: _SECONDS[t] for t in passed}
    content = json.dumps({"seconds": seconds, "files": files, "imports": imports})
    Path(os.environ["EDGEWISE_LINES"]).write_text(content, encoding="utf-8")
