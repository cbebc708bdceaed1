"""A plugin of pytest: which lines of the package each test runs, and what it costs.

``python -m pytest -p benchmarks.mutation.lines tests/grids`` with ``EDGEWISE_LINES`` set to the
JSON that it writes. Only tests that pass are kept: no other can tell a fault from its absence.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parents[2]
_SECONDS: dict[str, float] = {}
_FAILED: set[str] = set()
_TRACER = coverage.Coverage(data_file=None, source=[str(ROOT / "src" / "edgewise")])


def pytest_configure() -> None:
    _TRACER.start()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _TRACER.switch_context(item.nodeid)
    before = sum(os.times()[:4])  # the processor's seconds, those of ended children among them
    yield
    _SECONDS[item.nodeid] = sum(os.times()[:4]) - before
    _TRACER.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if not report.passed:
        _FAILED.add(report.nodeid)


def pytest_sessionfinish() -> None:
    _TRACER.stop()
    data = _TRACER.get_data()
    files = {}
    for name in data.measured_files():
        by_line = {
            line: [test for test in tests if test in _SECONDS and test not in _FAILED]
            for line, tests in data.contexts_by_lineno(name).items()
        }
        files[str(Path(name).relative_to(ROOT))] = {k: v for k, v in by_line.items() if v}
    seconds = {test: s for test, s in _SECONDS.items() if test not in _FAILED}
    content = json.dumps({"seconds": seconds, "files": files})
    Path(os.environ["EDGEWISE_LINES"]).write_text(content, encoding="utf-8")
