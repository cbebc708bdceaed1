"""A model as formulas: a text to read, and an expression of sympy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.pieces import Absence, Names, Number, Pieces, Reading, Recipe

MOST_LINES = 40
"""Of one effect; further levels are counted, not listed."""
_LINKS: dict[str, str] = {
    "identity": "{}",
    "log": "exp({})",
    "logistic": "1 / (1 + exp(-({})))",
    "softmax": "exp({}) / (the sum of exp over all classes)",
}


def write_formula(recipe: Recipe, digits: int) -> str:
    """A text of the sum, and of each effect of a column."""
    blocks = []
    for pieces, (shift, scale), title in zip(*_each(recipe), strict=True):
        for output in range(len(pieces.intercept)):
            name = title if len(pieces.intercept) == 1 else f"share of {recipe.classes[output]}"  # type: ignore[index]
            blocks.append(_write_output(recipe, pieces, output, name, shift, scale, digits))
    return "\n\n".join(blocks) + "\n"


def _each(recipe: Recipe) -> tuple[Any, Any, list[str]]:
    if recipe.classes is not None:
        return recipe.sums, recipe.scales, [f"share of {recipe.classes[-1]}"]
    count = len(recipe.sums)
    titles = ["prediction"] if recipe.single else [f"prediction {k}" for k in range(count)]
    return recipe.sums, recipe.scales, titles


def _write_output(
    recipe: Recipe, pieces: Pieces, k: int, title: str, shift: float, scale: float, digits: int
) -> str:
    """Scale and shift go into the effects where they are added up."""
    added = pieces.link == "identity"
    factor = scale if added else 1.0
    names = [recipe.names[main.reading.column] for main in pieces.mains]
    several = [f"{name}{_ending(m.reading)}" for m, name in zip(pieces.mains, names, strict=True)]
    pairs = [
        " and ".join(recipe.names[reading.column] for reading in pair.readings)
        for pair in pieces.pairs
    ]
    start = factor * float(pieces.intercept[k]) + (shift if added else 0.0)
    parts = [_show(start, digits), *(f"f({name})" for name in [*several, *pairs])]
    head = _LINKS[pieces.link].format(" + ".join(parts))
    if not added and (shift, scale) != (0.0, 1.0):
        head = f"{_show(shift, digits)} + {_show(scale, digits)} * {head}"
    if recipe.bounds != (-np.inf, np.inf) and recipe.classes is None:
        head += f", held within {recipe.bounds[0]:g} and {recipe.bounds[1]:g}"
    lines = [f"{title} = {head}"]
    for main, name, full in zip(pieces.mains, names, several, strict=True):
        lines += ["", f"f({full}), {_describe(main.reading, name, digits)}:"]
        rows = list(_list_pieces(main.reading, factor * main.table[..., k], digits))
        lines += [f"  {row}" for row in rows[:MOST_LINES]]
        if len(rows) > MOST_LINES:
            lines.append(f"  and {len(rows) - MOST_LINES} more")
    return "\n".join(lines)


def _show(value: float, digits: int) -> str:
    return f"{float(value):.{digits}g}"


@singledispatch
def _ending(reading: Reading) -> str:
    """What tells the effects of one column apart."""
    return ""


@_ending.register
def _ending_names(reading: Names) -> str:
    return " as a level" if reading.numbers else ""


@_ending.register
def _ending_absence(reading: Absence) -> str:
    return " missing"


@singledispatch
def _describe(reading: Reading, name: str, digits: int) -> str:
    return "by value"


@_describe.register
def _describe_number(reading: Number, name: str, digits: int) -> str:
    u = f"({name} - {_show(reading.centre, digits)}) / {_show(reading.scale, digits)}"
    u = f"asinh({u})" if reading.tame else u
    ends = [_show(end, digits) for end in (reading.low, reading.high)]
    return f"u = {u} held within {ends[0]} and {ends[1]}, t = u - the piece's number in []"


@singledispatch
def _list_pieces(reading: Reading, table: Array, digits: int) -> Iterator[str]:
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_list_pieces.register
def _list_number(reading: Number, table: Array, digits: int) -> Iterator[str]:
    ends = [*reading.places, np.inf]
    for origin, end, row in zip(reading.origins(), ends, table, strict=True):
        terms = [f"{_show(c, digits)}{_power(p)}" for p, c in enumerate(row) if p == 0 or c]
        where = f"u < {_show(end, digits)}" if end < np.inf else "else"
        yield f"{where}: {' + '.join(terms)}  [{_show(origin, digits)}]"
    yield "missing: 0"


def _power(power: int) -> str:
    return "" if power == 0 else " t" if power == 1 else f" t^{power}"


@_list_pieces.register
def _list_names(reading: Names, table: Array, digits: int) -> Iterator[str]:
    for name, cell in reading.cells:
        yield f"{'missing' if name is None else repr(name)}: {_show(table[cell, 0], digits)}"
    yield "other: 0"


@_list_pieces.register
def _list_absence(reading: Absence, table: Array, digits: int) -> Iterator[str]:
    yield f"missing: {_show(table[1, 0], digits)}"
    yield f"there: {_show(table[0, 0], digits)}"


# As expressions of sympy.


def make_sympy(recipe: Recipe) -> Any:
    """The sum of effects, in the target's units where effects add up, or a list of such sums."""
    if any(pieces.pairs for pieces in recipe.sums):
        raise ValueError(
            "to_sympy expected a model without pairs, got one with: fit with "
            'interaction_cst="no_interactions", or use to_python() or to_sql()'
        )
    found = []
    for pieces, (shift, scale) in zip(recipe.sums, recipe.scales, strict=True):
        factor, start = (scale, shift) if pieces.link == "identity" else (1.0, 0.0)
        for k in range(len(pieces.intercept)):
            total = start + factor * float(pieces.intercept[k])
            for main in pieces.mains:
                name = recipe.names[main.reading.column]
                total += _make_effect(main.reading, factor * main.table[..., k], name)
            found.append(total)
    return found[0] if len(found) == 1 else found


@singledispatch
def _make_effect(reading: Reading, table: Array, name: str) -> Any:
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_make_effect.register
def _make_number(reading: Number, table: Array, name: str) -> Any:
    import sympy

    u = (sympy.Symbol(name, real=True) - reading.centre) / reading.scale
    u = sympy.asinh(u) if reading.tame else u
    if np.isfinite(reading.high):
        u = sympy.Min(sympy.Max(u, reading.low), reading.high)
    parts = []
    for origin, end, row in zip(
        reading.origins(), [*reading.places, np.inf], table.tolist(), strict=True
    ):
        value = sum(c * (u - origin) ** p for p, c in enumerate(row))
        parts.append((value, u < end if end < np.inf else True))
    return sympy.Piecewise(*parts, evaluate=False)


@_make_effect.register
def _make_names(reading: Names, table: Array, name: str) -> Any:
    import sympy

    values = {level: float(table[cell, 0]) for level, cell in reading.cells if level is not None}
    if not reading.numbers:
        return sum(v * sympy.Symbol(f"{name} = {level}") for level, v in values.items())
    x = sympy.Symbol(name, real=True)
    parts = [(v, sympy.Eq(x, int(level), evaluate=False)) for level, v in values.items()]
    return sympy.Piecewise(*parts, (0.0, True), evaluate=False)


@_make_effect.register
def _make_absence(reading: Absence, table: Array, name: str) -> Any:
    return float(table[0, 0])  # a value is taken to be there
