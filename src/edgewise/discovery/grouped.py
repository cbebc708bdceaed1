"""`discover(…, group=)`: one form for several groups of rows, with numbers for each group."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._checks import quote
from edgewise._progress import Progress, describe_error
from edgewise.charts.numbers import format_percent
from edgewise.data.tables import keep_columns, list_labels
from edgewise.discovery.calibration import LEAST_LAW, GroupStatistics, calibrate
from edgewise.discovery.column_scales import check_scales
from edgewise.discovery.formula import Formula
from edgewise.discovery.group_joint import fit_joint, standard_errors
from edgewise.discovery.group_moves import unexplained
from edgewise.discovery.grouped_result import GroupedDiscovery
from edgewise.discovery.grouped_search import search_groups
from edgewise.discovery.groups import Form, Groups, predict
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import FOLDS, Problem
from edgewise.discovery.result import Discovery
from edgewise.discovery.selection import pareto
from edgewise.discovery.strategies import Strategy
from edgewise.discovery.table import Table, read_weights
from edgewise.discovery.threads import single_threaded
from edgewise.formula.classes import contains
from edgewise.formula.exactness import LEAST_R2, exact_reason, is_structured
from edgewise.formula.expression import MINUS_ONE, Expression, Input, multiply
from edgewise.formula.folding import normal_form
from edgewise.formula.verdict import Verdict, structure_reason, weak_reason
from edgewise.search.budget import Budget
from edgewise.search.evidence import explained_fraction

LEAST_GROUPS, LEAST_EACH = 2, 4
"""The fewest groups, and the fewest rows in each, that can be compared."""
FAR = 30.0
"""A form that is this many bits longer than the winner counts for nothing as a rival."""
NEAR = -math.log2(1 - 0.95)
"""Forms that are longer by fewer bits are listed as alternatives."""
LETTERS = "abcdfghkmnpqrsuvw"


def split_groups(x: Any, group: Any, weight: Any) -> tuple[Any, NDArray[Any]]:
    """The inputs without the group column, and the group of each row of weight above 0.

    Raises:
        ValueError: if there is no such column, or not one label for each row.
    """
    if isinstance(group, str):
        every = list_labels(x) or []
        if group not in (columns := [str(label) for label in every]):
            raise ValueError(
                f"discover expected group to be a column of a DataFrame or a label for each row, "
                f"got {group!r} and the columns {columns!r:.120}"
            )
        label = every.pop(columns.index(group))
        x, group = keep_columns(x, every), x[label]
    if not hasattr(x, "__len__"):
        raise ValueError(f"discover expected x as a table of rows, got {quote(x)}")
    labels = np.asarray(group)
    if labels.ndim != 1 or len(labels) != len(x):
        raise ValueError(
            f"discover expected a group for each of {len(x)} rows, got shape {labels.shape}"
        )
    weights = read_weights(weight, len(labels))
    if weights is not None:
        labels = labels[weights > 0]
    _check_labels(labels)
    return x, labels


def _check_labels(labels: NDArray[Any]) -> None:
    import pandas as pd

    if labels.dtype.kind in "OfcmM" and pd.isna(labels).any():
        raise ValueError("discover expected a group for each row, got missing ones: drop them")
    try:
        names, counts = np.unique(labels, return_counts=True)
    except TypeError as error:
        kinds = sorted({type(label).__name__ for label in labels.tolist()})
        raise ValueError(
            "discover expected groups of one kind, such as texts or numbers, got "
            f"{' and '.join(kinds)}: write all as texts"
        ) from error
    if len(names) < LEAST_GROUPS or counts.min() < LEAST_EACH:
        small = names[int(np.argmin(counts))]
        raise ValueError(
            f"discover expected at least {LEAST_GROUPS} groups of {LEAST_EACH} rows or more, got "
            f"{len(names)}, of which {small} has {counts.min()}: drop small groups, or leave group "
            "out"
        )


def discover_groups(
    problem: Problem,
    labels: NDArray[Any],
    table: Table,
    budget: Budget,
    plan: Callable[[Problem], Sequence[Strategy]],
    progress: bool,
) -> GroupedDiscovery:
    """Search for one form for all groups, and judge it by all rows.

    Raises:
        ValueError: if y has several columns, or classes.
    """
    if len(table.columns) != 1 or problem.threshold is not None:
        raise ValueError(
            "discover expected one column of numbers as y with group, got "
            f"{len(table.columns)} columns or classes: ask for one output at a time"
        )
    check_scales("group", problem.x, problem.y)
    name = table.output_names[0]
    groups = Groups.of(problem.x, problem.y, problem.weight, labels)
    line = Progress(f"discover {name}", budget.left, progress)

    def report(fvu: float) -> None:
        line.show(budget.elapsed, lambda: describe_error(fvu))

    with line, single_threaded():
        forms = search_groups(groups, problem, plan, budget, report)
        verdict = judge_forms(forms, groups)
    return _result(forms, verdict, groups, table, name, budget)


def judge_forms(forms: Sequence[Form], groups: Groups) -> Verdict:
    """The verdict on the first form, compared with the others.

    It is exact if its errors are rounding errors in every group. It is a law if it is right with a
    probability of 90 %, it predicts better than the mean of each group, a smooth function of the
    inputs can't predict its residuals, and each group has more rows than numbers of its own.
    """
    winner = forms[0]
    if winner.tree.inputs and winner.is_exact(groups):
        return Verdict(
            "exact", f"in each of {groups.count} groups {exact_reason(winner.fvu.max())}"
        )
    explained = 1 - float(groups.rows @ np.minimum(winner.fvu, 1.0)) / float(groups.rows.sum())
    if not winner.tree.inputs:
        return Verdict("approximation", "no formula of the inputs predicts better than a constant")
    if explained < LEAST_R2:
        return Verdict("approximation", weak_reason(1 - explained))
    if (few := groups.rows <= len(winner.own)).any():
        g = int(np.argmax(few))
        return Verdict(
            "approximation",
            f"group {groups.labels[g]} has {groups.rows[g]} rows for {len(winner.own)} numbers of "
            "its own, so any form would describe it: measure more, or leave it out",
        )
    left = unexplained(winner, groups)
    x, r = torch.from_numpy(groups.x), torch.from_numpy(left[:, None].copy())
    pattern = explained_fraction(x, r)
    if is_structured(pattern, len(left)):
        return Verdict("approximation", structure_reason(pattern, 1 - explained))
    probability = calibrate(measure_lead(forms, groups))
    if probability < LEAST_LAW:
        return Verdict(
            "approximation",
            f"only {format_percent(probability)} of forms of this length that lead by so much are "
            "right",
            probability=probability,
        )
    reason = (
        f"its residuals in all {groups.count} groups look like noise, and no other form is "
        "nearly as probable"
    )
    return Verdict("law", reason, probability=probability)


def measure_lead(forms: Sequence[Form], groups: Groups) -> GroupStatistics:
    """By how much the description of the first form is shorter than others, and its prior."""
    winner = forms[0]
    lengths = (f.length for f in _list_rivals(forms, groups))
    return GroupStatistics(
        next(lengths, math.inf) - winner.length,
        formula_bits(winner.tree, groups.x.shape[1]),
        groups.plain_length - winner.length,
    )


def _list_rivals(forms: Sequence[Form], groups: Groups) -> Iterator[Form]:
    """The forms that aren't the first one with further numbers, shortest description first."""
    others = sorted(forms[1:], key=lambda f: f.length)
    return (f for f in others if not _holds(f, forms[0], groups))


def _holds(form: Form, winner: Form, groups: Groups) -> bool:
    """Whether a form is no rival of the winner.

    It is none if it is another spelling of the winner or the winner with further numbers. This
    isn't asked of a form that is 30 bits longer, which counts for nothing.
    """
    if form.length > winner.length + FAR:
        return False
    g = int(np.argmax(groups.rows))
    return contains(form.trees()[g], winner.trees()[g], groups.data[g].x)


# The result.


def _result(
    forms: Sequence[Form],
    verdict: Verdict,
    groups: Groups,
    table: Table,
    name: str,
    budget: Budget,
) -> GroupedDiscovery:
    import pandas as pd

    winner = forms[0]
    front = pareto(forms, lambda f: (f.bits, f.length - f.bits))
    written = {id(f): _write(f, groups, table.names) for f in front}
    formula, own, errors = written[id(winner)]
    names = list(formula.names[len(table.names) :])
    columns: dict[str, Array] = {}
    for k, each in enumerate(names):
        columns[each], columns[f"± {each}"] = own[:, k], errors[:, k]
    labels = np.array(groups.labels, dtype=object)
    variance = float(np.var(groups.y)) or 1.0
    within = float(groups.rows @ groups.variance) / len(groups.y)
    near = takewhile(lambda f: f.length - winner.length < NEAR, _list_rivals(forms, groups))
    away = [f for f in near if f not in front]
    whole = Discovery(
        front=[written[id(f)][0] for f in front],
        winner=formula,
        verdict=verdict,
        alternatives=[_write(f, groups, table.names)[0] for f in away],
        baseline=1 - within / variance,
        seconds=budget.by_the_clock,
        evaluations=budget.spent,
        input_names=list(formula.names),
        output_name=name,
        x=np.concatenate([groups.x, own[groups.place]], 1),
        y=groups.y,
        own_numbers=tuple(names),
    )
    table_of_numbers = pd.DataFrame(columns, index=pd.Index(groups.labels, name="group"))
    return GroupedDiscovery(whole, table_of_numbers, labels[groups.place])


def _write(form: Form, groups: Groups, names: Sequence[str]) -> tuple[Formula, Array, Array]:
    """The form with named numbers as inputs; the numbers and their errors in each group."""
    errors = standard_errors(form, groups)
    tree, own, signs = _name_numbers(form, errors, len(names))
    letters = _choose_letters(names, len(own))
    mse = _cross_validate(form, groups)
    variance = float(np.var(groups.y)) or 1.0
    missed = float(groups.rows @ (form.fvu * groups.variance)) / len(groups.y)
    formula = Formula(
        tree=tree,
        names=(*names, *letters),
        bits=form.bits,
        rmse=mse**0.5,
        r2=1 - mse / variance,
        train_rmse=missed**0.5,
        source=form.source,
    )
    return formula, form.numbers[:, own] * signs, errors[:, own]


def _name_numbers(
    form: Form, errors: Array, inputs: int
) -> tuple[Expression, list[int], NDArray[np.float64]]:
    """The tree with inputs in place of the groups' own numbers; their places and signs.

    A number that is negative in all groups is written as minus a positive one.
    """
    own = form.own
    signs = np.array([-1.0 if (form.numbers[:, k] < 0).all() else 1.0 for k in own])
    made: list[Any] = form.tree.numbers()
    for k in form.common:
        made[k] = replace(made[k], error=errors[0, k])
    for place, k in enumerate(own):
        parameter = Input(inputs + place)
        made[k] = parameter if signs[place] > 0 else multiply(MINUS_ONE, parameter)
    return normal_form(form.tree.with_numbers(made)), own, signs


def _choose_letters(taken: Sequence[str], count: int) -> list[str]:
    names = chain(LETTERS, (f"p{k}" for k in range(1000)))
    return list(islice((name for name in names if name not in taken), count))


def _cross_validate(form: Form, groups: Groups) -> float:
    """The mean square error by five-fold cross-validation within each group."""
    part = np.concatenate([np.arange(n) % FOLDS for n in groups.rows.tolist()])
    if groups.rows.min() < 2 * FOLDS:
        return float(groups.rows @ (form.fvu * groups.variance)) / len(groups.y)
    missed = 0.0
    for fold in range(FOLDS):
        inner = groups.take(np.flatnonzero(part != fold))
        fitted = fit_joint(inner.form(form.tree, tied=True), inner, steps=6)
        error = groups.y - predict(fitted, groups)
        missed += float(np.square(error[part == fold]).sum())
    return missed / len(groups.y)
