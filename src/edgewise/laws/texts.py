"""Read formulas from text for `fit_formula`: which names are columns, which are parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, Input, Number
from edgewise.formula.parse import multiplies_e, parse_formula, split_sides
from edgewise.formula.printing import name_mapping
from edgewise.laws.curve import Curve
from edgewise.laws.functions import FUNCTIONS
from edgewise.laws.read import read_column, read_vector


def read_target(formula: Any, target: Any) -> tuple[Any, Any]:
    """The right-hand side of a formula, and the target."""
    if not isinstance(formula, str):
        if target is None:
            raise ValueError("fit_formula expected target, the name of the column to fit, got none")
        return formula, target
    left, right = split_sides(formula)
    if left is None:
        if target is None:
            raise ValueError(
                "fit_formula expected target=, or a formula such as 'y = a*x + b', got "
                f"{formula!r:.80}"
            )
        return formula, target
    if "=" in right:
        raise ValueError(f"fit_formula expected one = in a formula, got {formula!r:.80}")
    return right, left if target is None else target


def read_y(owner: str, table: Any, target: Any, name: Any) -> tuple[Array, str]:
    """The values to fit, and their name: that of their column in the table, or the given one."""
    if isinstance(target, str):
        return read_column(owner, table, target), target
    return read_vector(owner, target), str(name)


def read_curve(formula: Any, columns: Sequence[str]) -> tuple[Curve, dict[str, float]]:
    """The curve of a text, and the start values that the text contains."""
    if isinstance(formula, str):
        formula = spell_columns(formula, columns)
    _, found = parse_formula(formula, None, FUNCTIONS)
    # A column's own name takes precedence, even if it is e; its printed name is recognised, too.
    safe = {s: c for s, c in name_mapping(columns).items() if s in found and s not in columns}
    spelled = [*columns, *(n for n in found if n not in columns)]
    tree, _ = parse_formula(formula, spelled, FUNCTIONS)
    names = [safe.get(n, n) for n in spelled]
    tree = tree.substitute({k: Input(names.index(n)) for k, n in enumerate(names)})
    used = [names[i] for i in sorted(tree.inputs)]
    inputs = [c for c in columns if c in used]
    parameters = [n for n in used if n not in inputs]
    if not inputs:
        raise ValueError(
            f"fit_formula expected a formula of columns ({', '.join(columns)}), got {formula!r:.80}"
        )
    if parameters:
        e = _find_e(formula)
        if e is not None and e not in columns:
            raise ValueError(
                f"fit_formula expected names of parameters, got {e}, which is the number 2.718…: "
                f"write {e}0 for a parameter, or exp(1) for the number"
            )
        parameters = sorted(parameters, key=_first_place(str(formula)))
        order = {n: Input(k) for k, n in enumerate([*inputs, *parameters])}
        tree = tree.substitute({names.index(n): order[n] for n in used})
        return Curve(tree, tuple(inputs), tuple(parameters)), {}
    order = {n: Input(k) for k, n in enumerate(inputs)}
    tree = tree.substitute({names.index(n): order[n] for n in inputs})
    return _name_numbers(tree, inputs, formula)


def spell_columns(text: str, columns: Sequence[str]) -> str:
    """A text with columns' safe names in place of names that aren't formulas, such as "S [mM]"."""
    names = name_mapping(columns)
    safe = {c: s for s, c in names.items() if re.search(r"\w", c) and not _is_formula(c)}
    for column in sorted(safe, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(column)}(?!\w)", safe[column], text)
    return text


def _find_e(formula: Any) -> str | None:
    """The E or e of a formula that looks like a parameter; None if there is none."""
    if isinstance(formula, str):
        return multiplies_e(formula)
    symbols = {str(symbol) for symbol in formula.free_symbols}
    return next((name for name in ("E", "e") if name in symbols), None)


def _is_formula(name: str) -> bool:
    """Whether a name is itself a formula of names, so that it may be meant as one."""
    try:
        parse_formula(name, None, FUNCTIONS)
    except ValueError:
        return False
    return True


def _first_place(text: str) -> Callable[[str], int]:
    """A function that gives the position at which a name first occurs in a text."""

    def place(name: str) -> int:
        found = re.search(rf"\b{re.escape(name)}\b", text)
        return len(text) if found is None else found.start()

    return place


def _name_numbers(
    tree: Expression, inputs: Sequence[str], formula: Any
) -> tuple[Curve, dict[str, float]]:
    """A curve whose parameters are the decimal numbers of a formula."""
    numbers = [n for n in tree.numbers() if n.exact is None]
    if not numbers:
        raise ValueError(
            f"fit_formula expected parameters, names that aren't columns or decimal numbers, got "
            f"{formula!r:.80}: write a for a number to fit"
        )
    names = [f"c{k}" for k in range(len(numbers))]
    places = iter(range(len(inputs), len(inputs) + len(numbers)))
    made = tree.replace(
        lambda node: (
            Input(next(places)) if isinstance(node, Number) and node.exact is None else None
        )
    )
    return (
        Curve(made, tuple(inputs), tuple(names)),
        {n: v.value for n, v in zip(names, numbers, strict=True)},
    )
