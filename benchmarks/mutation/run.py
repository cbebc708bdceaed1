"""One fault after another, each in a process of its own that asks the tests until one fails.

Most faults are inside of functions. One session of pytest collects all tests and imports the whole
package; for each fault it forks a child, which replaces the function's code and runs its tests;
those in C++ are in the extension already and are turned on. Faults that only an import sees, in a
constant of a module or a default, get a child of a process that has imported what is slow, torch
and pytest, but nothing of the package.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.mutation.mutants import Mutant
from benchmarks.mutation.patch import Functions, import_all, replace
from benchmarks.mutation.plan import Plan

HEAVY = (
    *("numpy", "torch", "torch._dynamo", "scipy.optimize", "scipy.stats", "pandas", "sympy"),
    *("sklearn", "safetensors.torch", "matplotlib", "tqdm", "click", "joblib"),
)
PARTS = (
    *("src", "tests", "benchmarks", "docs", "csrc", "README.md", "CONTRIBUTING.md", "LICENSE"),
    *("pyproject.toml", "setup.py", "CHANGELOG.md", "Makefile"),
)
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "--tb=no", "-o", "timeout=0")
FAILED, ASLEEP, LOG = 1, 120.0, "child.log"
NONE_FAILED = (0, 5)
"""Exit statuses of pytest where no test failed: all passed, or those of a list are gone."""
WHOLE = (*NONE_FAILED, 1, 2)
"""Those that say something of the tests; 1 and 2: one failed, an import failed."""


@dataclass(frozen=True)
class Verdict:
    """What the tests said: killed, timeout or survived; by which test; the processor's seconds."""

    verdict: str
    by: str
    seconds: float


def copy_tree(root: Path, to: Path) -> None:
    """A copy of what the tests need, where faults can be put into files."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(root / part, to / part)


@contextmanager
def in_place(tree: Path, mutant: Mutant) -> Iterator[None]:
    """The tree with the fault in it, for processes that a test starts and for imports.

    Afterwards the file is as it was, its date included.
    """
    path = tree / mutant.file
    source, times = path.read_bytes(), path.stat()
    path.write_bytes(mutant.applied(source))
    try:
        yield
    finally:
        path.write_bytes(source)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def enter(tree: Path) -> None:
    """Make the copy what this process and those that it starts import from."""
    os.chdir(tree)
    places = [str(tree / "src"), str(tree)]
    sys.path[:0] = places
    os.environ["PYTHONPATH"] = os.pathsep.join(places)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True


def import_heavy() -> None:
    """Import what every child needs, and see that nothing of the package came with it."""
    for name in HEAVY:
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"not installed, each child tries again: {name}", file=sys.stderr)
    ours = [name for name in sys.modules if name.split(".")[0] == "edgewise"]
    if ours:
        raise RuntimeError(f"expected a process without edgewise, got {ours[0]} imported")


# ---- faults that a running session of pytest can put in -----------------------------------------

Put = Callable[[], None]
"""Puts a fault into the process that calls it."""


class Session:
    """A plugin of pytest that runs no test itself: it forks a child for each fault.

    Args:
        tree: the copy of the repository in which pytest was started.
        wanted: the faults with the tests to ask.
        puts: makes, once everything is imported, what puts a fault in; None where only an import
            can do that.
        answer: called with each fault that could be put in, and what became of it.
    """

    def __init__(
        self,
        tree: Path,
        wanted: Sequence[tuple[Mutant, Plan]],
        puts: Callable[[], Callable[[Mutant], Put | None]],
        answer: Callable[[Mutant, Verdict], None],
    ) -> None:
        self._wanted, self._puts, self._answer = wanted, puts, answer
        self._note = Note(tree)
        self._sound: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._note.write(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        import_all(importlib.import_module("edgewise"))
        put_of = self._puts()
        items = {item.nodeid: item for item in session.items}
        for mutant, plan in self._wanted:
            put = put_of(mutant)
            tests = [items[test] for test in plan.tests if test in items]
            if put and tests:
                self._answer(mutant, self._settle(put, plan.seconds, tests))
        return True

    def _settle(self, put: Put, seconds: float, tests: list[pytest.Item]) -> Verdict:
        """Ask; a test that fails without the fault, too, says nothing, and the others go on."""
        if not tests:
            return Verdict("survived", "", 0.0)
        found = judge(self._note, lambda: self._run(put, tests), seconds)
        guilty = [test for test in tests if test.nodeid == found.by]
        if found.verdict != "killed" or not guilty:
            return found
        if found.by not in self._sound:
            alone = judge(self._note, lambda: self._run(_nothing, guilty), seconds)
            self._sound[found.by] = alone.verdict == "survived"
        if self._sound[found.by]:
            return found
        others = [test for test in tests if test.nodeid != found.by]
        return self._settle(put, seconds, others)

    def _run(self, put: Put, tests: Sequence[pytest.Item]) -> int:
        put()
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            try:
                test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            except (KeyboardInterrupt, pytest.exit.Exception):  # a fault let it out of the test
                self._note.write(test.nodeid)
            if self._note.read():
                return FAILED
        return 0


def _nothing() -> None:
    """Puts in no fault."""


def ask_session(
    tree: Path,
    wanted: Sequence[tuple[Mutant, Plan]],
    puts: Callable[[], Callable[[Mutant], Put | None]],
    answer: Callable[[Mutant, Verdict], None],
) -> None:
    """Ask about all faults that can be put into a running process; the others get no answer."""
    files = dict.fromkeys(test.split("::")[0] for _, plan in wanted for test in plan.tests)
    if files:
        pytest.main([*OPTIONS, *files], plugins=[Session(tree, wanted, puts, answer)])


def into_functions(tree: Path) -> Callable[[Mutant], Put | None]:
    """What puts a fault into Python: the function around it gets other code."""
    functions = Functions(tree)

    def put_of(mutant: Mutant) -> Put | None:
        source = (tree / mutant.file).read_bytes()
        new = functions.replacement(mutant, source)

        def put() -> None:
            replace(new)

        return put if new else None

    return put_of


# ---- faults that need an import -----------------------------------------------------------------


class _Chosen:
    """A plugin of pytest that keeps the tests of a plan, in its order."""

    def __init__(self, plan: Plan, note: Note) -> None:
        self._rank = {test: number for number, test in enumerate(plan.tests)}
        self._note = note

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [item for item in items if item.nodeid in self._rank]
        items[:] = sorted(wanted, key=lambda item: self._rank[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._note.write(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._note.write(f"{report.nodeid} (import)")


def ask_anew(tree: Path, plan: Plan) -> Verdict:
    """Run the tests of a plan in a child that imports the package from the tree."""
    note = Note(tree)

    def child() -> int:
        files = dict.fromkeys(test.split("::")[0] for test in plan.tests)
        return int(pytest.main([*OPTIONS, *files], plugins=[_Chosen(plan, note)]))

    return judge(note, child, plan.seconds)


# ---- children -----------------------------------------------------------------------------------


class Note:
    """The name of the first test that failed, which a child leaves to its parent."""

    def __init__(self, tree: Path) -> None:
        self._path = tree / "first-failure.txt"

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)

    def write(self, test: str) -> None:
        if not self._path.exists():
            self._path.write_text(test, encoding="utf-8")

    def read(self) -> str:
        return self._path.read_text(encoding="utf-8") if self._path.exists() else ""


def judge(note: Note, ask: Callable[[], int], seconds: float) -> Verdict:
    """Fork a child that asks, and wait for it; one that takes far too long is ended.

    Args:
        note: where the child writes the name of a test that fails.
        ask: runs in the child; its answer is the exit status, 0 where every test passed.
        seconds: that the tests take without a fault.

    Raises:
        RuntimeError: if the child broke for a reason of its own.
    """
    patience = 10 + 4 * seconds
    note.clear()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _be_child(ask)
    status, used = _wait(child, patience)
    if status is None:
        return Verdict("timeout", note.read(), used)
    if os.WIFSIGNALED(status):
        return Verdict("killed", f"the process died of signal {os.WTERMSIG(status)}", used)
    if os.WEXITSTATUS(status) not in WHOLE:
        raise RuntimeError(f"expected tests that run, got {status}: see {LOG} in the tree")
    if os.WEXITSTATUS(status) in NONE_FAILED:
        return Verdict("survived", "", used)
    return Verdict("killed", note.read(), used)


def _be_child(ask: Callable[[], int]) -> None:
    code = 70
    try:
        os.setsid()
        with open(LOG, "w") as log:  # in the tree, where the process is
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        code = int(ask())
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _wait(child: int, patience: float) -> tuple[int | None, float]:
    """The child's status and the seconds of the processor that it used.

    The status is None where it used more than ``patience``, or none for a long time.
    """
    last, since, asked = -1.0, time.monotonic(), 0.0
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return status, used.ru_utime + used.ru_stime
        if time.monotonic() - asked > 1:
            asked, now = time.monotonic(), _used(child)
            if now > last:
                last, since = now, asked
            if now > patience or asked - since > ASLEEP:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return None, now
        time.sleep(0.05)


def _used(group: int) -> float:
    """Seconds of the processor of the processes of a group and of their ended children."""
    used = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            fields = path.read_text().rsplit(")", 1)[1].split()
            if int(fields[2]) == group:
                used += sum(map(int, fields[11:15]))
    return used / os.sysconf("SC_CLK_TCK")
