"""A fault in a package that is imported already: the code of one function, replaced in place."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from benchmarks.mutation.mutants import Mutant, line_starts, span

Place = tuple[str, str, int]
"""Where a function stands: file, qualified name, first line."""
Replacement = list[tuple[FunctionType, CodeType]]
"""Functions and the code that they get."""


def import_all(package: ModuleType) -> None:
    """Import every module of a package, so that no function of it is missing."""
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.rsplit(".", 1)[1].startswith("_C"):
            importlib.import_module(found.name)


class Functions:
    """All functions that were defined in a tree, as they are once everything is imported."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._known: dict[Place, list[FunctionType]] = {}
        gc.unfreeze()  # tests/conftest.py hides from the collector what is loaded
        for thing in gc.get_objects():
            if type(thing) is not FunctionType:  # isinstance asks things that then warn
                continue
            if thing.__code__.co_filename.startswith(str(tree)):
                self._known.setdefault(_place(thing.__code__), []).append(thing)

    def replacement(self, mutant: Mutant, source: bytes) -> Replacement:
        """What has to be replaced to put the fault in; nothing where only an import would do it.

        That is the outermost function around the fault, since the code of those inside of it is
        part of its own. Default values and the bodies of classes are run by the import alone.
        """
        line = outermost(mutant, source)
        if line is None:
            return []
        path = str(self._tree / mutant.file)
        codes = _codes(compile(mutant.applied(source), path, "exec"))
        found = [
            (function, code)
            for code in codes
            if code.co_firstlineno == line
            for function in self._known.get(_place(code), [])
        ]
        fits = all(f.__code__.co_freevars == code.co_freevars for f, code in found)
        return found if fits else []


def replace(new: Replacement) -> None:
    """Give functions their new code."""
    for function, code in new:
        function.__code__ = code


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def outermost(mutant: Mutant, source: bytes) -> int | None:
    """The first line of the outermost function whose body has the fault; None outside of all."""
    starts = line_starts(source)

    def contains(node: ast.stmt) -> bool:
        start, end = span(starts, node)
        return start <= mutant.start and mutant.end <= end

    def search(body: list[ast.stmt]) -> int | None:
        for node in body:
            if isinstance(node, ast.FunctionDef) and any(contains(part) for part in node.body):
                return min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if isinstance(node, ast.ClassDef) and contains(node):
                return search(node.body)
        return None

    return search(ast.parse(source).body)
