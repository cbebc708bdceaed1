"""Which tests are asked about a fault: those that run its line, the nearest and cheapest first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutation.mutants import Mutant

HOME = {"explain": "tests/explain", "csrc": "tests/conformance"}


def _runs_kernels(test: str) -> bool:
    """Whether it runs those of the greatest instruction set, which have the faults in them."""
    return test.startswith(HOME["csrc"]) and "[baseline" not in test and "[avx2" not in test


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
        for path in sorted(folder.glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            self.seconds |= content["seconds"]
            for file, lines in content["files"].items():
                known = self._files.setdefault(file, {})
                for line, tests in lines.items():
                    known.setdefault(int(line), set()).update(tests)

    def tests_of(self, mutant: Mutant, last_line: int) -> set[str]:
        """Those that run one of the fault's lines; of the whole file where only an import does."""
        known = self._files.get(mutant.file, {})
        lines = range(mutant.line, last_line + 1)
        found = set().union(*(known.get(line, set()) for line in lines))
        return found or set().union(*known.values())

    def plan(self, mutant: Mutant, last_line: int, limit: float) -> Plan:
        """The tests of a fault, until they take ``limit`` seconds together."""
        if mutant.folder == "csrc":
            tests: Iterable[str] = (t for t in self.seconds if _runs_kernels(t))
        else:
            tests = self.tests_of(mutant, last_line)
        return self._choose(tests, HOME.get(mutant.folder, f"tests/{mutant.folder}"), limit)

    def _choose(self, tests: Iterable[str], home: str, limit: float) -> Plan:
        """The cheapest case of every test function, then the second of each, and so on.

        Functions see different things, their cases mostly the same.
        """
        seen: Counter[str] = Counter()
        ranked = []
        for test in sorted(tests, key=self.seconds.__getitem__):
            function = test.split("[")[0]
            ranked.append((seen[function], not test.startswith(home), self.seconds[test], test))
            seen[function] += 1
        chosen: list[str] = []
        spent = 0.0
        for *_, test in sorted(ranked):
            if spent + self.seconds[test] <= limit or not chosen:
                chosen.append(test)
                spent += self.seconds[test]
        return Plan(tuple(chosen), spent)
