"""Parse formulas from text in Python's arithmetic syntax, without evaluating anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from edgewise._checks import read_list
from edgewise.formula.expression import (
    MINUS_ONE,
    Expression,
    Input,
    Number,
    Power,
    add,
    apply,
    exact,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY, Library

CONSTANTS = {"pi": exact(1, 1, "pi"), "e": exact(1, 1, "e"), "E": exact(1, 1, "e")}
LONGEST, DEEPEST = 20_000, 100
"""Most characters of a text, and most levels of nesting; a long sum or product is one level."""
MOST_PARTS = 2000
"""Most parts of a sum or product."""
MOST_INPUTS = 1000
"""Most inputs of a formula with numbered inputs x0, x1, …"""
LAMBDA = "lambda__name"
"""What Python's parser gets in place of lambda, which its grammar reserves, and physics uses."""
LOGARITHMS = {"log10": 10, "log2": 2}
MOST_EXPONENTS = 10
"""Most levels of powers in exponents; with more, sympy takes minutes."""


def parse_formula(
    formula: Any, names: Sequence[str] | None = None, library: Library = LIBRARY
) -> tuple[Expression, list[str]]:
    """Parse a formula into a tree and the names of its inputs; nothing is evaluated.

    It may have numbers, names, + - * / and ** or ^, parentheses, pi, e (or E), and functions of the
    library by their names or sympy's, log10 and log2 among them. Integers, quotients of integers,
    pi and e are exact; decimal numbers are free.

    Args:
        formula: a string, or a sympy expression, which is read from its text.
        names: the names of all inputs in order. By default x0, x1, … up to the highest if all names
            are of this form, else the names in alphabetical order.
        library: the functions that may occur.

    Raises:
        ValueError: if the text has anything else, or names that aren't in `names`.

    Example:
        >>> tree, names = parse_formula("exp(sin(pi*x0) + x2**2)/2")
        >>> names
        ['x0', 'x1', 'x2']
        >>> parse_formula("m*v^2/2")[1]
        ['m', 'v']
        >>> parse_formula("open('/etc/passwd').read()")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: expected numbers, names, + - * / ** and functions of one argument ...
    """
    body = _parse(formula if isinstance(formula, str) else _text_of(formula))
    found = _names_in(body)
    if names is None:
        names = _order_names(found)
    else:
        names = [str(name) for name in read_list("parse_formula", "names", names)]
    if missing := sorted(found - set(names)):
        raise ValueError(
            f"expected a formula of {', '.join(names)}, got {missing[0]!r} in it: name "
            "all inputs, and write numbers for constants"
        )
    places = {name: Input(i) for i, name in enumerate(names)}
    return _Reader(places, library).read_whole(body), list(names)


def _text_of(formula: Any) -> str:
    if not type(formula).__module__.startswith("sympy."):
        raise ValueError(
            f"expected a formula as a string or a sympy expression, got {formula!r:.80}"
        )
    import sympy

    # Print all 17 digits of its numbers.
    printer = sympy.printing.str.StrPrinter({"full_prec": True})
    wide = formula.replace(lambda t: t.is_Float, lambda t: sympy.Float(t, 17))
    return str(printer.doprint(wide))


def _names_in(body: ast.expr) -> set[str]:
    called = {id(n.func) for n in ast.walk(body) if isinstance(n, ast.Call)}
    names = {n.id for n in ast.walk(body) if isinstance(n, ast.Name) and id(n) not in called}
    return names - set(CONSTANTS)


def _parse(text: str) -> ast.expr:
    """Python's syntax tree of a formula."""
    if len(text) > LONGEST:
        raise ValueError(
            f"expected a formula of at most {LONGEST} characters, got {len(text)}: name its parts"
        )
    try:
        spelled = re.sub(r"\blambda\b", LAMBDA, text.strip().replace("^", "**"))
        tree = ast.parse(spelled, mode="eval").body
        if (
            _count_parts(tree) > MOST_PARTS
        ):  # don't rely on the recursion limit, which may be raised
            raise RecursionError
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id == LAMBDA:
                node.id = "lambda"
        return tree
    except RecursionError as error:
        raise ValueError(
            f"expected a formula whose sums and products have at most {MOST_PARTS:,} parts in a "
            "row, got a longer one: name its parts"
        ) from error
    except (SyntaxError, ValueError, MemoryError) as error:
        raise ValueError(
            f"expected a formula such as 'sin(x0) + 2*x1', got {text!r:.80}"
        ) from error


def _count_parts(tree: ast.expr) -> int:
    """The number of parts of the longest sum or product; a + b + c is read as (a + b) + c."""
    most, waiting = 0, [tree]
    while waiting:
        node, parts = waiting.pop(), 1
        while isinstance(node, ast.BinOp):
            waiting.append(node.right)
            node, parts = node.left, parts + 1
        most = max(most, parts)
        waiting += [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr)]
    return most


def _order_names(found: set[str]) -> list[str]:
    numbered = [re.fullmatch(r"x_?(\d{1,4})", name) for name in found]
    if found and all(numbered) and len({m[0][:2] == "x_" for m in numbered if m}) == 1:
        letter = "x_" if next(iter(found)).startswith("x_") else "x"
        last = max(int(m[1]) for m in numbered if m)
        if last >= MOST_INPUTS:
            raise ValueError(
                f"expected numbered inputs up to {letter}{MOST_INPUTS - 1}, got {letter}{last}: "
                "name the inputs that the formula has, in their order"
            )
        every = [f"{letter}{i}" for i in range(last + 1)]
        if found <= set(every):
            return every
    return sorted(found)


Unknown = Callable[[str, tuple[Expression, ...]], Expression]
"""A function that replaces calls of unknown functions, given their name and arguments."""


def names_in(formula: str) -> tuple[set[str], set[str]]:
    """The names of variables in a formula, without pi and e, and the names of functions.

    Raises:
        ValueError: if the text isn't a formula.
    """
    body = _parse(formula)
    functions = (node.func for node in ast.walk(body) if isinstance(node, ast.Call))
    called = {f.id for f in functions if isinstance(f, ast.Name)}
    return _names_in(body), {"log" if name in LOGARITHMS else name for name in called}


def multiplies_e(formula: str) -> str | None:
    """The name E or e where a formula has the number e, but not as the base of a power."""
    body = _parse(formula)
    operations = (n for n in ast.walk(body) if isinstance(n, ast.BinOp))
    bases = {id(n.left) for n in operations if isinstance(n.op, ast.Pow)}
    names = (n for n in ast.walk(body) if isinstance(n, ast.Name) and n.id in ("E", "e"))
    return next((n.id for n in names if id(n) not in bases), None)


def split_sides(text: str) -> tuple[str | None, str]:
    """The left-hand side of a text such as "y = a*x0" or "y ~ a*x0", if it has one; the formula."""
    for sign in "=~":
        left, found, right = text.partition(sign)
        if found:
            return left.strip(), right
    return None, text


def read_formula(
    formula: str, places: Mapping[str, Expression], library: Library, unknown: Unknown
) -> Expression:
    """Parse a formula in which names stand for expressions and functions may be unknown.

    Raises:
        ValueError: as :func:`parse_formula`.
    """
    return _Reader(places, library, unknown).read_whole(_parse(formula))


class _Reader:
    """Converts Python's syntax tree to a formula."""

    def __init__(
        self, places: Mapping[str, Expression], library: Library, unknown: Unknown | None = None
    ) -> None:
        self.places, self.library, self.unknown = places, library, unknown
        self.aliases = {
            alias: name
            for name, f in library.items()
            for alias in (f.spelling.text, *f.spelling.aliases)
        }

    def read_whole(self, node: ast.expr) -> Expression:
        """Read a formula, and check the levels of powers in exponents.

        Raises:
            ValueError: if it isn't a formula.
        """
        found = self.read(node)
        if _count_exponents(found) > MOST_EXPONENTS:
            raise ValueError(
                f"expected at most {MOST_EXPONENTS} levels of powers in exponents, got more: "
                "use inputs for exponents"
            )
        return found

    def read(self, node: ast.expr, level: int = 0) -> Expression:
        if level > DEEPEST:
            raise ValueError(f"expected a formula of at most {DEEPEST} levels, got a deeper one")
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return _number(value)
            case ast.Name(id=name):
                return self.places.get(name) or CONSTANTS[name]
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, level + 1)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return multiply(MINUS_ONE, self.read(operand, level + 1))
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return add(*self.read_chain(node, (ast.Add, ast.Sub), level))
            case ast.BinOp(op=ast.Mult() | ast.Div()):
                return multiply(*self.read_chain(node, (ast.Mult, ast.Div), level))
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return power(self.read(left, level + 1), self.read(right, level + 1))
            case ast.BinOp(op=op):
                raise ValueError(
                    f"expected + - * / ** in a formula, got the operator {type(op).__name__}: "
                    "write it with these"
                )
            case ast.Call(func=ast.Name(id=name), args=[_, *_] as parts, keywords=[]) if (
                self.unknown is not None and not self.knows(name) and name not in LOGARITHMS
            ):
                return self.unknown(name, tuple(self.read(p, level + 1) for p in parts))
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
                name in LOGARITHMS and not self.knows(name)
            ):
                base = apply(self.find("log"), exact(LOGARITHMS[name]))
                return multiply(
                    apply(self.find("log"), self.read(argument, level + 1)), power(base, -1)
                )
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
                return apply(self.find(name), self.read(argument, level + 1))
        raise ValueError(
            "expected numbers, names, + - * / ** and functions of one argument in a formula, got "
            f"{ast.unparse(node).replace(LAMBDA, 'lambda')[:80]!r}"
        )

    def read_chain(
        self, node: ast.expr, operators: tuple[type[ast.operator], ...], level: int
    ) -> list[Expression]:
        """The terms of a + b - c …, or the factors of a * b / c …, in order.

        Python's syntax tree nests them, one level for each.
        """
        chain: list[tuple[ast.operator, ast.expr]] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, operators):
            chain.append((node.op, node.right))
            node = node.left
        # From the left, because unknown functions are numbered in the order of reading.
        found = [self.read(node, level + 1)]
        for op, right in reversed(chain):
            part = self.read(right, level + 1)
            if isinstance(op, ast.Sub):
                part = multiply(MINUS_ONE, part)
            if isinstance(op, ast.Div):
                if isinstance(part, Number) and part.value == 0:
                    raise ValueError("expected a formula without division by 0")
                part = power(part, -1)
            found.append(part)
        return found

    def knows(self, name: str) -> bool:
        """Whether the library has a function of this name."""
        return self.aliases.get(name, name) in self.library

    def find(self, name: str) -> Any:
        known = name if name in self.library else self.aliases.get(name, name)
        if known not in self.library:
            raise ValueError(
                f"expected a function among {', '.join(self.library)}; got {name!r:.80}: pass "
                "library=LIBRARY.with_functions(Function(…))"
            )
        return self.library[known]


def _count_exponents(node: Expression) -> int:
    """The number of levels of powers in exponents."""
    if isinstance(node, Power):
        return max(_count_exponents(node.base), 1 + _count_exponents(node.exponent))
    return max(map(_count_exponents, node.parts), default=0)


def _number(value: int | float) -> Number:
    if not abs(value) <= 1e70:
        raise ValueError(f"expected numbers up to 1e70 in a formula, got {value!r:.80}")
    if isinstance(value, int) and value <= 10**6:
        return exact(value)
    return Number(float(value))
