"""An estimator as formulas: a text to read, and an expression of sympy."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.piecewise.cells import Names, Number, Reading
from edgewise.piecewise.program import PiecewiseTerm, Program

MOST_LINES = 40
"""The most lines of one effect; further levels are counted, not listed."""
_LINKS: dict[str, str] = {
    "identity": "{}",
    "log": "exp({})",
    "logistic": "1 / (1 + exp(-({})))",
    "softmax": "exp({}) / (the sum of exp over all classes)",
}


def write_formula(program: Program, digits: int) -> str:
    """A text of each sum, and of each effect of a column."""
    answer = program.answer
    if answer.classes is not None:
        shown = answer.classes[-1:] if answer.links[0] == "logistic" else answer.classes
        titles = [f"share of {label}" for label in shown]
    else:
        count = len(answer.links)
        titles = ["prediction"] if answer.single else [f"prediction {k}" for k in range(count)]
    blocks = [_write_output(program, k, title, digits) for k, title in enumerate(titles)]
    return "\n\n".join(blocks) + "\n"


def _list_terms(program: Program, k: int) -> list[PiecewiseTerm]:
    terms = program.stages[0].terms
    return [term for term in terms if term.outputs.start <= k < term.outputs.stop]


def _is_interaction(term: PiecewiseTerm) -> bool:
    """Whether it belongs to a pair or to networks."""
    return len(term.readings) == 2 or term.readings[0].hidden


def _list_mains(program: Program, k: int) -> list[tuple[Reading, str, Array]]:
    """For each effect of one column on an output: its reading, the column's name, its table."""
    terms = [term for term in _list_terms(program, k) if not _is_interaction(term)]
    names = [program.input_names[term.readings[0].column] for term in terms]
    return [
        (term.readings[0], name, term.table[:, 0, :, 0, k - term.first])
        for term, name in zip(terms, names, strict=True)
    ]


def _write_output(program: Program, k: int, title: str, digits: int) -> str:
    answer, stage = program.answer, program.stages[0]
    told = [
        (name, *_describe(reading, name, table, digits))
        for reading, name, table in _list_mains(program, k)
    ]
    rest = [program.effects[t.effect] for t in _list_terms(program, k) if _is_interaction(t)]
    names = [*(name + ending for name, ending, *_ in told), *dict.fromkeys(rest)]
    start = _show(float(stage.start[:, k].sum()), digits)
    head = _LINKS[answer.links[k]].format(" + ".join([start, *(f"f({n})" for n in names)]))
    if answer.bounds != (-np.inf, np.inf) and answer.classes is None:
        head += f", held within {answer.bounds[0]:g} and {answer.bounds[1]:g}"
    lines = [f"{title} = {head}"]
    for name, ending, how, rows in told:
        lines += ["", f"f({name}{ending}), {how}:", *(f"  {row}" for row in rows[:MOST_LINES])]
        if len(rows) > MOST_LINES:
            lines.append(f"  and {len(rows) - MOST_LINES} more")
    return "\n".join(lines)


def _show(value: float, digits: int) -> str:
    return f"{float(value):.{digits}g}"


Told = tuple[str, str, list[str]]
"""A suffix that distinguishes effects of one column, how it is read, and a line per piece."""


@singledispatch
def _describe(reading: Reading, name: str, table: Array, digits: int) -> Told:
    raise TypeError(f"expected a way of reading a column, got {type(reading).__name__}")


@_describe.register
def _describe_number(reading: Number, name: str, table: Array, digits: int) -> Told:
    u = f"({name} - {_show(reading.centre, digits)}) / {_show(reading.scale, digits)}"
    u = f"asinh({u})" if reading.tame else u
    low, high = _show(reading.low, digits), _show(reading.high, digits)
    pieces = []
    for origin, end, row in zip(reading.origins(), [*reading.places, np.inf], table, strict=False):
        terms = [f"{_show(c, digits)}{_power(p)}" for p, c in enumerate(row) if p == 0 or c]
        where = f"u < {_show(end, digits)}" if end < np.inf else "else"
        pieces.append(f"{where}: {' + '.join(terms)}  [{_show(origin, digits)}]")
    missing = 0.0 if reading.missing < 0 else table[reading.missing, 0]
    how = f"u = {u} held within {low} and {high}, t = u - the piece's number in []"
    return "", how, [*pieces, f"missing: {_show(missing, digits)}"]


def _power(power: int) -> str:
    return "" if power == 0 else " t" if power == 1 else f" t^{power}"


@_describe.register
def _describe_names(reading: Names, name: str, table: Array, digits: int) -> Told:
    levels = [
        f"{'missing' if name is None else repr(name)}: {_show(table[cell, 0], digits)}"
        for name, cell in reading.levels
    ]
    return " as a level" if reading.numbers else "", "by value", [*levels, "other: 0"]


# As expressions of sympy.


def make_sympy(program: Program) -> Any:
    """The sum of effects, in the target's units where effects add up, or a list of such sums."""
    stage = program.stages[0]
    if any(_is_interaction(term) for term in stage.terms):
        raise ValueError(
            "to_sympy expected a model without interactions, got one with: fit with "
            'interaction_cst="no_interactions", or use to_python() or to_sql()'
        )
    found = []
    for k, bias in enumerate(stage.start.sum(0).tolist()):
        effects = [_make_effect(r, table, name) for r, name, table in _list_mains(program, k)]
        found.append(sum(effects, bias))
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
        reading.origins(), [*reading.places, np.inf], table.tolist(), strict=False
    ):
        value = sum(c * (u - origin) ** p for p, c in enumerate(row))
        parts.append((value, u < end if end < np.inf else True))
    return sympy.Piecewise(*parts, evaluate=False)


@_make_effect.register
def _make_names(reading: Names, table: Array, name: str) -> Any:
    import sympy

    values = {level: float(table[cell, 0]) for level, cell in reading.levels if level is not None}
    if not reading.numbers:
        return sum(v * sympy.Symbol(f"{name} = {level}") for level, v in values.items())
    x = sympy.Symbol(name, real=True)
    parts = [(v, sympy.Eq(x, int(level), evaluate=False)) for level, v in values.items()]
    return sympy.Piecewise(*parts, (0.0, True), evaluate=False)
