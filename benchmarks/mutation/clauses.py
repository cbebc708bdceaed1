"""A plugin of pytest: the clauses of conditions that no test decides.

``EDGEWISE_CLAUSES=laws python -m pytest -p benchmarks.mutation.clauses tests/laws -n 0`` ends with
a line for each operand of ``and`` and ``or`` in these rooms that was only true, only false or never
reached: whatever stands there, no test sees it. Either a test is missing, or the clause is not
needed. Rooms whose functions torch compiles can't be looked at, as their code calls the plugin.
"""

from __future__ import annotations

import ast
import builtins
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

ROOMS = set(os.environ.get("EDGEWISE_CLAUSES", "").split(","))
NOTE = "_note_of_a_clause"
Clause = tuple[str, int, str, str]
"""File, line, the operand, and the condition."""
_CLAUSES: list[Clause] = []
_MET: defaultdict[int, set[bool]] = defaultdict(set)


def _note(clause: int, value: Any) -> Any:
    met = _MET[clause]
    if len(met) < 2:
        try:
            met.add(bool(value))
        except (ValueError, RuntimeError, TypeError):  # an array, which stands for itself
            met.update((True, False))
    return value


class _Notes(ast.NodeTransformer):
    """Lets each operand tell its truth, but for constants."""

    def __init__(self, file: str) -> None:
        self._file = file

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.BoolOp:
        whole = ast.unparse(node)
        texts = [ast.unparse(value) for value in node.values]
        self.generic_visit(node)
        for k, value in enumerate(node.values):
            if not isinstance(value, ast.Constant):
                _CLAUSES.append((self._file, node.lineno, texts[k], whole))
                number = ast.Constant(len(_CLAUSES) - 1)
                told = ast.Call(ast.Name(NOTE, ast.Load()), [number, value], [])
                node.values[k] = ast.copy_location(told, value)
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.Raise:
        return node  # texts of messages


def with_notes(source: str | bytes, file: str) -> CodeType:
    """Compile a file so that its clauses are noted when they are evaluated."""
    setattr(builtins, NOTE, _note)
    tree = ast.fix_missing_locations(_Notes(file).visit(ast.parse(source)))
    return compile(tree, file, "exec", dont_inherit=True)


def list_undecided() -> list[str]:
    """A line for each clause that had one value, or none."""
    return [
        f"{file}:{line} {text[:80]} is {_WORDS[frozenset(_MET[n])]} in {whole[:160]}"
        for n, (file, line, text, whole) in enumerate(_CLAUSES)
        if len(_MET[n]) < 2
    ]


_WORDS = {
    frozenset(): "never reached",
    frozenset({True}): "always true",
    frozenset({False}): "always false",
}


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return with_notes(self.get_data(path), path)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, *rooms = fullname.split(".")
        if package != "edgewise" or not ROOMS.intersection(rooms[:1]):
            return None
        found = PathFinder.find_spec(fullname, path)
        if found is not None and isinstance(found.loader, SourceFileLoader):
            found.loader = _Loader(found.loader.name, found.loader.path)
        return found


def pytest_configure() -> None:
    sys.meta_path.insert(0, _Finder())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    undecided = list_undecided()
    for line in undecided:
        terminalreporter.write_line(line.replace(f"{Path.cwd()}/src/edgewise/", ""))
    terminalreporter.write_line(f"{len(undecided)} of {len(_CLAUSES)} clauses have one value only")
