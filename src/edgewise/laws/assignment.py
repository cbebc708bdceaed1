"""Which symbols of a law are columns of a table: the names of the columns tell.

A law is a formula in symbols. Its inputs are columns; each of its parameters is a number to fit, or
a column, too: in T = 2π√(l/g), a table may hold l alone, or l and g.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count, product
from typing import Any

from edgewise._arrays import Array
from edgewise.formula.expression import Apply, Sum
from edgewise.formula.printing.names import shown_names
from edgewise.laws.curve import Curve
from edgewise.laws.law import Law
from edgewise.laws.library import LAWS
from edgewise.laws.read import column_names

SHAPES = ("lines and ratios", "powers")
"""Fields whose entries are shapes in arbitrary letters; names of columns don't tell of them."""
LEAST_LETTERS = 3
"""Fewest letters of a word that stands for a meaning, such as "vol" for "volume"."""


@lru_cache(maxsize=256)
def promote(name: str, symbols: tuple[str, ...]) -> Law:
    """The law of this name, with some of its parameters as further inputs.

    Example:
        >>> from edgewise.laws.assignment import promote
        >>> law = promote("pendulum", ("g",))
        >>> list(law.inputs), law.parameters
        (['l', 'g'], ())
    """
    law = LAWS[name]
    chosen = [p for p in law.parameters if p.name in symbols]
    sizes = {p.name: float(law.example[p.name]) or 1.0 for p in chosen}
    spans = {n: tuple(sorted((v / 2, 2 * v))) for n, v in sizes.items()}
    return replace(
        law,
        inputs={**law.inputs, **{p.name: p.meaning for p in chosen}},
        parameters=tuple(p for p in law.parameters if p.name not in symbols),
        example={**law.example, **spans},
        order=() if {*law.order} & {*symbols} else law.order,
        alike=() if {n for group in law.alike for n in group} & {*symbols} else law.alike,
        by_logs=False,
    )


def list_assignments(
    names: Sequence[str], x: Array, output: str
) -> Iterator[tuple[Law, tuple[int, ...]]]:
    """The laws in which each column's name stands for one symbol, with the column of each input.

    A name stands for a symbol if it is the same letter, or a word of the symbol's meaning. For a
    mere product of columns, letters say little: the output must have the law's letter, too.

    Args:
        names: the names of the columns; each must be a symbol of the law.
        x: the columns; the values of a parameter must be inside its bounds.
        output: the name of y; "" or "y" if it has none.

    Shape:
        x: (rows, in)
    """
    for law in LAWS.values():
        count = len(law.inputs)
        if law.field in SHAPES or not count <= len(names) <= count + len(law.parameters):
            continue
        if count == len(names) and not (law.same_as and count > 1):
            continue  # any columns are tried as the inputs of such a law
        for places in _assign(law, names, x):
            chosen = tuple(p.name for p in law.parameters if p.name in places)
            made = promote(law.name, chosen) if chosen else law
            by_letters = any(names[k] == s for s, k in places.items())
            if not (by_letters and is_product(made)) or may_be_called(made, output):
                yield made, tuple(places[s] for s in made.inputs)


def _assign(law: Law, names: Sequence[str], x: Array) -> Iterator[dict[str, int]]:
    """The column of each symbol, in all ways in which the columns are inputs and parameters."""
    meanings = {**law.inputs, **{p.name: p.meaning for p in law.parameters}}
    options = [[s for s, m in meanings.items() if stands_for(n, s, m)] for n in names]
    for symbols in product(*options):
        places = {s: k for k, s in enumerate(symbols)}
        given = [(p, x[:, places[p.name]]) for p in law.parameters if p.name in places]
        inside = all(p.lower <= c.min() and c.max() <= p.upper for p, c in given)
        if inside and len(places) == len(symbols) and {*law.inputs} <= {*places}:
            yield places


def find_columns(owner: str, table: Any, law: Law, taken: Sequence[str]) -> list[str]:
    """The column of a table for each input of a law.

    A column is called like the input, or begins with its letter, such as "S [mM]", or its name is a
    word of the input's meaning. The only column is the only input, whatever its name.

    Args:
        taken: columns that are no inputs.

    Raises:
        ValueError: if no column or several may be an input, or one may be several inputs.
    """
    names = [n for n in column_names(table) if n not in taken]
    if not names:
        raise ValueError(
            f"{owner} expected columns for {', '.join(law.inputs)} beside {', '.join(taken)}, got "
            f"{', '.join(column_names(table)) or 'none'} alone: add them"
        )
    if len(names) == len(law.inputs) == 1:
        return names
    found = [_find_column(names, *symbol) for symbol in law.inputs.items()]
    for (symbol, meaning), columns in zip(law.inputs.items(), found, strict=True):
        if len(columns) != 1 or found.count(columns) > 1:
            what = f"{symbol} ({meaning})" if meaning else symbol
            clash = f", of which {' and '.join(columns)} may be it" if columns else ""
            raise ValueError(
                f"{owner} expected a column for {what}, got {', '.join(names)}{clash}: "
                f"pass the column of {' and that of '.join(law.inputs)} as an array, in this order"
            )
    return [columns[0] for columns in found]


def _find_column(names: Sequence[str], symbol: str, meaning: str) -> list[str]:
    """The columns that may be an input: those that its letter tells, or else its meaning."""
    told = (
        [n for n in names if n == symbol],
        [n for n in names if re.split(r"[\W_]+", n)[0] == symbol],
        [n for n in names if _names_a_word(n, meaning)],
    )
    return next((columns for columns in told if columns), [])


def name_inputs(law: Law, names: Sequence[str]) -> tuple[Curve, str]:
    """The curve and the text of a law with columns' names for its inputs.

    A parameter whose name is that of a column gets a number behind it. In the text a name such as
    "S [mM]" is S_mM.
    """
    shown, own = shown_names(names), law.curve.parameters
    parameters = tuple(_choose_name(p, [*names, *shown], own) for p in own)
    spelled = dict(zip([*law.inputs, *own], [*shown, *parameters], strict=True))
    text = re.sub(r"[^\W\d]\w*", lambda m: spelled.get(m[0], m[0]), law.text)
    return replace(law.curve, inputs=tuple(names), parameters=parameters), text


def _choose_name(parameter: str, columns: Sequence[str], parameters: Sequence[str]) -> str:
    """A parameter's name, with a number behind it where a column has this name."""
    if parameter not in columns:
        return parameter
    more = (f"{parameter}{k}" for k in count(1))
    return next(name for name in more if name not in (*columns, *parameters))


def stands_for(name: str, symbol: str, meaning: str) -> bool:
    """Whether a column's name is a symbol, or a word (or the beginning of one) of its meaning."""
    return name == symbol or _names_a_word(name, meaning)


def may_be_called(law: Law, output: str) -> bool:
    """Whether y may have this name in a law: its letter, a word of the law's title, or none."""
    return output in ("", "y", law.output) or _names_a_word(output, law.title)


def _names_a_word(name: str, text: str) -> bool:
    words = [w for w in re.split(r"[\W\d_]+", text.lower()) if len(w) >= LEAST_LETTERS]
    parts = [p for p in re.split(r"[\W\d_]+", name.lower()) if len(p) >= LEAST_LETTERS]
    return any(word.startswith(part) for part in parts for word in words)


def is_product(law: Law) -> bool:
    """Whether a law is only a factor times powers, like many other laws."""
    return not any(isinstance(n, (Apply, Sum)) for n in law.curve.tree.walk())
