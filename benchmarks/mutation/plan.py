"""Which tests are asked about a fault: those that run its line, the nearest and cheapest first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutation.mutants import Mutant

HOME = {"csrc": "tests/conformance", "edgewise": "tests/"}
ELSEWHERE = {
    "src/edgewise/engines/triton/": "tests/engines/test_triton.py::test_the_kernels_interpreted"
}
"""Code that runs in processes that a test starts, where no line is seen, and that test."""
ABOUT = {
    "src/edgewise/laws/library/": (
        "tests/laws/test_library_of_laws.py",
        "tests/docs/test_site.py::test_the_list_of_laws_is_that_of_the_code",
    ),
    "src/edgewise/formula/library.py": (
        "tests/formula/test_library.py",
        "tests/formula/test_printing.py",
    ),
    "src/edgewise/laws/functions.py": ("tests/formula/test_library.py",),
}
"""Data that an import alone reads, where no line is seen, and its tests."""
ENTRANCES = ("tests/fuzz/test_answers.py",)
"""Tests for every room, each of whose cases looks at another entrance of the library."""

START = 0.005
"""Seconds that pytest takes for each test."""


def runs_elsewhere(mutant: Mutant) -> bool:
    """Whether a fault has to be in the file when a test starts the process that has it."""
    return mutant.file.startswith(tuple(ELSEWHERE))


def _runs_kernels(test: str) -> bool:
    """Whether it runs those of the greatest instruction set, which have the faults in them."""
    room = test.startswith((HOME["csrc"], "tests/engines"))
    return room and "[baseline" not in test and "[avx2" not in test


def _list_about(mutant: Mutant) -> tuple[str, ...]:
    return next((t for place, t in ABOUT.items() if mutant.file.startswith(place)), ())


def _lines_of(mutant: Mutant) -> range:
    return range(mutant.line, mutant.line + mutant.before.count("\n") + 1)


@dataclass(frozen=True)
class Plan:
    """Tests in the order in which they are run, and the seconds that they take without a fault."""

    tests: tuple[str, ...]
    seconds: float


class Lines:
    """What :mod:`benchmarks.mutation.lines` wrote: by file and line, the tests that run it."""

    def __init__(self, folder: Path) -> None:
        self.seconds: dict[str, float] = {}
        self._files: dict[str, dict[int, set[str]]] = {}
        self._imports: dict[str, set[int]] = {}
        for path in sorted(folder.glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            self.seconds |= content["seconds"]
            names = list(content["seconds"])
            for file, lines in content["imports"].items():
                self._imports.setdefault(file, set()).update(lines)
            for file, lines in content["files"].items():
                known = self._files.setdefault(file, {})
                for line, numbers in lines.items():
                    tests = [names[number] for number in numbers]
                    known.setdefault(int(line), set()).update(tests)

    def needs_import(self, mutant: Mutant, inside: bool) -> bool:
        """Whether a fault is in what an import runs and no test does, such as a table of data.

        Args:
            inside: whether the fault is in the body of a function.
        """
        known, lines = self._files.get(mutant.file, {}), _lines_of(mutant)
        is_run = any(line in known for line in lines)
        return not inside or (not is_run and bool(self._imports.get(mutant.file, set()) & {*lines}))

    def tests_of(self, mutant: Mutant, inside: bool) -> set[str]:
        """Those that run the fault's lines, or any of its file where only an import runs these."""
        if about := _list_about(mutant):
            return {test for test in self.seconds if test.startswith(about)}
        known = self._files.get(mutant.file, {})
        lines = known if self.needs_import(mutant, inside) else _lines_of(mutant)
        return set().union(*(known.get(line, set()) for line in lines))

    def plan(self, mutant: Mutant, inside: bool, limit: float) -> Plan:
        """The tests of a fault, until they take ``limit`` seconds together."""
        if mutant.folder == "csrc":
            tests: Iterable[str] = (t for t in self.seconds if _runs_kernels(t))
        else:
            tests = self.tests_of(mutant, inside)
        home = _list_about(mutant) or HOME.get(mutant.folder, f"tests/{mutant.folder}")
        plan = self._choose(tests, home, limit)
        others = [test for place, test in ELSEWHERE.items() if mutant.file.startswith(place)]
        seconds = sum(self.seconds.get(test, limit) for test in others)
        return Plan((*plan.tests, *others), plan.seconds + seconds)

    def _choose(self, tests: Iterable[str], home: str | tuple[str, ...], limit: float) -> Plan:
        """The tests at home, then others; among them the cheapest first.

        Functions see different things, their cases mostly the same: each further case of a function
        counts as dearer. A third of the time is kept for the tests of entrances.
        """
        seen: Counter[str] = Counter()
        ranked = []
        for test in sorted(tests, key=self.seconds.__getitem__):
            function = test if test.startswith(ENTRANCES) else test.split("[")[0]
            seen[function] += 1
            cost = (self.seconds[test] + START) * seen[function]
            ranked.append((not test.startswith(home), cost, test))
        names = [test for *_, test in sorted(ranked)]
        entrances = self._take([t for t in names if t.startswith(ENTRANCES)], limit / 3)
        left = limit - sum(map(self.seconds.__getitem__, entrances))
        chosen = self._take([t for t in names if t not in entrances], left)
        asked = (*chosen, *entrances)
        return Plan(asked, sum(map(self.seconds.__getitem__, asked)))

    def _take(self, names: Iterable[str], limit: float) -> list[str]:
        """Those that take `limit` seconds together, or at least the first."""
        chosen: list[str] = []
        spent = 0.0
        for test in names:
            if spent + self.seconds[test] <= limit or not chosen:
                chosen.append(test)
                spent += self.seconds[test]
        return chosen
