"""Read the arguments form=, start= and limits= of `discover` as prior knowledge of an output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edgewise.discovery.column_scales import check_scales
from edgewise.discovery.formula import Formula
from edgewise.discovery.known import Known, check_alone
from edgewise.discovery.limits import Checked, Limits
from edgewise.discovery.problem import Problem
from edgewise.discovery.template import read_template
from edgewise.discovery.unknown_functions import fit_unknowns
from edgewise.formula.expression import Expression
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.parse import parse_formula

CURVE_ROWS = 1000
"""Most rows to which the curves of a form are fitted."""


def read_known(
    problem: Problem,
    names: Sequence[str],
    output: str,
    form: str | None,
    start: Sequence[Any] | None,
    limits: Limits | Mapping[str, Any] | None,
) -> Known:
    """The prior knowledge that these arguments hold; empty where all three are None.

    Raises:
        ValueError: if a text, a name or a limit can't be read, or two of them contradict.
    """
    if form is None and start is None and limits is None:
        return Known()
    check_scales("form, start or limits", problem.x, problem.y)
    if form is not None and not np.ptp(problem.y):
        raise ValueError(
            f"discover expected y that varies with form, got {problem.y[0]:g} in all rows: leave "
            "form out"
        )
    functions = _all_functions(problem.library)
    trees = () if start is None else _read_start(start, names, functions)
    checked = None
    if limits is not None:
        read = Limits.read(limits)
        checked = Checked.of(read, problem.x, problem.y, names, output, problem.seed)
    if form is None:
        return Known(start=trees, limits=checked)
    check_alone("form", start=start, units=problem.dimensions)
    if problem.threshold is not None:
        raise ValueError("discover expected y of numbers with form, got two classes")
    some = problem.weighed_by_errors().some_rows(CURVE_ROWS)
    template = read_template(form, names, functions)
    fitted = fit_unknowns(template, some.x, some.y, some.weight, problem.seed)
    return Known(template=fitted, limits=checked)


def _all_functions(library: Library) -> Library:
    """The library with the functions of :data:`LIBRARY`, so that texts may name them."""
    own = [f for name, f in library.items() if name not in LIBRARY]
    return LIBRARY.with_functions(*own) if own else LIBRARY


def _read_start(
    start: Sequence[Any], names: Sequence[str], library: Library
) -> tuple[Expression, ...]:
    if isinstance(start, str | Formula) or not isinstance(start, Sequence):
        raise ValueError(
            f"discover expected start as a list of formulas, such as ['sin(x0)*x1'], got "
            f"{start!r:.80}"
        )
    trees = []
    for formula in start:
        if isinstance(formula, Formula):
            text: Any = str(formula.expression)
        else:
            text = formula
        try:
            trees.append(parse_formula(text, names, library)[0])
        except ValueError as error:
            raise ValueError(f"discover start: {error}") from error
    return tuple(trees)
