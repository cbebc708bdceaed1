"""Small faults for Python: where one can be put into a file, and what it then says."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

COMPARISONS: dict[type, str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
ARITHMETIC: dict[type, str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
    ast.Pow: "*",
    ast.MatMult: "*",
    ast.BitAnd: "|",
    ast.BitOr: "&",
}

NO_RESULT = ("stacklevel=", "strict=True", "strict=False", "non_blocking=", 'kind="stable"')
"""Arguments on which no result depends: where a warning points, the guard of ``zip``, copies to a
GPU in the background, the order of equal values, which numpy changes on some processors only. Those
of ``np.errstate``, which hides warnings, are left alone, too."""


@dataclass(frozen=True)
class Mutant:
    """One fault: the bytes from ``start`` to ``end`` of a file become ``after``."""

    folder: str
    file: str
    line: int
    start: int
    end: int
    kind: str
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """The file with the fault in it."""
        return source[: self.start] + self.after.encode() + source[self.end :]


Spot = tuple[ast.AST, str, str]
"""A node, the kind of fault, and the text that replaces the node's."""


class _Finder:
    """Goes over a tree, but not over what no test can see: annotations, texts, error messages."""

    def __init__(self, text: Callable[[ast.AST], str]) -> None:
        self.text = text

    def spots(self, node: ast.AST) -> Iterator[Spot]:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, ast.Raise):  # that it is raised is seen by negating what leads to it
            return
        if isinstance(node, ast.keyword) and self.text(node).startswith(NO_RESULT):
            return
        yield from self._own(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from self.spots(child)

    def _own(self, node: ast.AST) -> Iterator[Spot]:
        text = self.text
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign = COMPARISONS[type(node.ops[0])]
            yield node, "comparison", f"({text(node.left)} {sign} {text(node.comparators[0])})"
        elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC and not _is_text(node):
            sign = ARITHMETIC[type(node.op)]
            yield node, "arithmetic", f"(({text(node.left)}) {sign} ({text(node.right)}))"
        elif isinstance(node, ast.BoolOp):
            word = " or " if isinstance(node.op, ast.And) else " and "
            yield node, "and, or", f"({word.join(f'({text(v)})' for v in node.values)})"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
            yield node, "sign", f"({text(node.operand)})"
        elif isinstance(node, ast.Constant):
            yield from ((node, "constant", other) for other in _other_constants(node.value))
        elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
            yield node.test, "condition", f"(not ({text(node.test)}))"
        elif isinstance(node, ast.Return) and node.value is not None:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                yield node.value, "return", "None"
        elif isinstance(node, ast.AugAssign) or _is_call(node):
            yield node, "statement", "pass"
        elif isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name):
            if not isinstance(node.targets[0], ast.Tuple):
                yield node, "statement", "pass"
        elif isinstance(node, ast.Call):
            yield from self._call(node)

    def _call(self, node: ast.Call) -> Iterator[Spot]:
        text = self.text
        given = [text(a) for a in node.args]
        named = [f"**{text(k.value)}" if k.arg is None else f"{k.arg}={text(k.value)}"
                 for k in node.keywords]  # fmt: skip
        hides = text(node.func) == "np.errstate"
        for number, keyword in enumerate([] if hides else node.keywords):
            if keyword.arg is not None and not text(keyword).startswith(NO_RESULT):
                rest = [*given, *named[:number], *named[number + 1 :]]
                yield node, "keyword", f"{text(node.func)}({', '.join(rest)})"
        if isinstance(node.func, ast.Name) and node.func.id in ("range", "len") and given:
            if node.func.id == "len":
                yield node, "off by one", f"(len({given[0]}) - 1)"
            elif not isinstance(node.args[-1], ast.Starred):
                rest = [*given[:-1], f"{given[-1]} - 1"]
                yield node, "off by one", f"range({', '.join(rest)})"


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _other_constants(value: object) -> list[str]:
    if isinstance(value, bool):
        return [str(not value)]
    if isinstance(value, int):
        return [str(value + 1), f"({value - 1})"]
    if isinstance(value, float):
        return [repr(value * 1.5), repr(value / 1.5)] if value else ["1.0"]
    return []


def line_starts(source: bytes) -> list[int]:
    """Where each line begins, in bytes."""
    return [0, *accumulate(map(len, source.splitlines(keepends=True)))]


def span(starts: Sequence[int], node: ast.AST) -> tuple[int, int]:
    """The bytes from which to which an expression or a statement goes."""
    line, column = node.end_lineno, node.end_col_offset  # type: ignore[attr-defined]
    start = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    return start, starts[line - 1] + column


def python_mutants(root: Path, folder: str, file: str) -> list[Mutant]:
    """All faults that can be put into a file of ``root``."""
    source = (root / file).read_bytes()
    starts = line_starts(source)

    def text(node: ast.AST) -> str:
        start, end = span(starts, node)
        return source[start:end].decode()

    found = []
    for node, kind, after in _Finder(text).spots(ast.parse(source)):
        if isinstance(node, (ast.expr, ast.stmt)):
            found.append(
                Mutant(folder, file, node.lineno, *span(starts, node), kind, text(node), after)
            )
    return found


def draw(root: Path, mutants: Sequence[Mutant], count: int, seed: int | str) -> list[Mutant]:
    """Some of them: a kind at random, then one of that kind, so that constants don't crowd out."""
    dice = random.Random(seed)
    left: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        left.setdefault(mutant.kind, []).append(mutant)
    drawn: list[Mutant] = []
    while left and len(drawn) < count:
        kind = dice.choice(sorted(left))
        mutant = left[kind].pop(dice.randrange(len(left[kind])))
        if mutant.folder == "csrc" or _is_valid(mutant.applied((root / mutant.file).read_bytes())):
            drawn.append(mutant)
        if not left[kind]:
            del left[kind]
    return drawn


def _is_valid(source: bytes) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):  # inside of a formatted string, or a target of an assignment
        return False
    return True
