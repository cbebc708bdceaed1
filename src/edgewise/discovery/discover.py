"""`discover`: search a table for a formula y = f(x)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._checks import check_flags, check_jobs, read_count
from edgewise._progress import Progress, describe_error
from edgewise.bases import Basis
from edgewise.discovery.baselines import weigh_robustly
from edgewise.discovery.column_scales import Scales, scale_of, tidy
from edgewise.discovery.conclusion import Search
from edgewise.discovery.curves import list_curves
from edgewise.discovery.formula import Formula
from edgewise.discovery.front import Scored
from edgewise.discovery.given import read_known
from edgewise.discovery.grouped import discover_groups, split_groups
from edgewise.discovery.grouped_result import GroupedDiscovery
from edgewise.discovery.known import check_alone
from edgewise.discovery.limits import Limits
from edgewise.discovery.noise import report_noise, weigh_by_noise, with_known_noise
from edgewise.discovery.problem import Problem
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.discovery.result import Discoveries, Discovery
from edgewise.discovery.search import list_strategies, run_search, search_short
from edgewise.discovery.table import Table, find_threshold, read_table
from edgewise.discovery.threads import single_threaded
from edgewise.discovery.units import dimensionless_groups, dimensions_of
from edgewise.discovery.verdict import Judgement
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.printing import to_text
from edgewise.formula.typeset import DIGITS
from edgewise.formula.verdict import Verdict
from edgewise.laws.naming import name_formula
from edgewise.search.budget import Budget, check_budget
from edgewise.symbolic.suggestions import check_search

SEARCHED_ROWS = 3000
OUTLYING = 0.1
"""Largest weight of an outlier, relative to ordinary rows."""
BEYOND = (
    "for the unscaled columns, its numbers are too large or too small for floating point: divide "
    "the columns by powers of ten"
)


def discover(
    x: Any,
    y: Any,
    *,
    input_names: Sequence[Any] | None = None,
    output_name: str | Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
    output_unit: str | None = None,
    sample_weight: Any = None,
    group: Any = None,
    form: str | None = None,
    start: Sequence[Any] | None = None,
    limits: Limits | Mapping[str, Any] | None = None,
    sigma: Any = None,
    x_sigma: Any = None,
    robust: bool = False,
    budget: float = 60.0,
    evaluations: int | None = None,
    library: Library | Sequence[str] = LIBRARY,
    bases: Sequence[Basis] | None = None,
    reach: float = 16.0,
    seed: int = 0,
    n_jobs: int = 1,
    progress: bool = True,
) -> Discovery | Discoveries | GroupedDiscovery:
    """Search data for a formula y = f(x).

    Several strategies take turns (:mod:`edgewise.discovery.strategies`): plain models, named laws,
    power laws, sums, products and ratios of enumerated terms, dimensionless groups, sums and
    products of curves, fewer inputs by symmetry, and small KANs. Their proposals are refitted and
    kept on a Pareto front of length and cross-validated error. The search stops when a formula is
    exact, when one class of formulas has nearly all of the posterior probability, or when the
    budget is spent.

    The verdict on the winner is *exact* (its errors are rounding errors, and it is shorter than the
    data), *law* (right with a probability of at least 90 %) or *approximation* (useful for
    predictions, but not claimed to be true).

    Results are reproducible on a busy machine: work is counted in evaluations of formulas, and time
    in CPU seconds. The search uses one thread of torch and of numpy's BLAS, and restores both
    settings. Ctrl-C ends it and returns the best results so far.

    Args:
        x, y: data, x as rows, a frame or columns by name; at most 3,000 rows are searched. y may
            have several columns, or hold classes (strings, booleans, two integers): each output or
            class gets its own discovery. Two classes become -1 and 1, and the sign of the formula
            predicts the class. If y has two different floats, they stay, and their mean is the
            threshold.
        input_names, output_name: names in formulas; by default those of a DataFrame's columns.
        units: units of the inputs by name, such as {"g": "m/s^2"}; other inputs are dimensionless.
        output_unit: unit of y; together with `units`, only formulas of this dimension are searched.
        group: the name of a column of x, or a label for each row. One form is searched for all
            groups, with numbers that may differ between them (:class:`.grouped.GroupedDiscovery`).
        form: a form that the formula must have, such as "a*x0 + b*x1/F(x2)". Lower-case names that
            aren't columns are numbers to fit; functions that aren't in the library are unknown
            functions of one or two variables. These are fitted as curves
            (:attr:`Discovery.curves`), and formulas are then searched for them.
        start: formulas to start from, as strings, sympy expressions or a :class:`.Formula`.
        limits: conditions that a formula has to obey: a :class:`.Limits`, or a mapping of its
            arguments.
        sample_weight: weights of the rows, at least 0; rows of weight 0 are left out. Together with
            `sigma`, a weight of 2 counts as two rows.
        sigma: the errors of y as standard deviations: a number, an array with one for each row (or
            row and output), or the name of a column of x, which then isn't an input. If only their
            kind is known: "constant", "relative" (proportional to the true value) or "counts"
            (Poisson). By default the likeliest kind is chosen (:attr:`Discovery.noise`), unless
            there are sample weights.
        x_sigma: the errors of x as standard deviations: a number, one for each column or value, or
            a mapping or frame by columns' names; also the name of a column of x, which then isn't
            an input. The numbers of a formula are then fitted by orthogonal regression.
        robust: give little weight to outliers.
        budget: CPU seconds that the search may take, approximately.
        evaluations: evaluations of formulas after which the search of an output ends, too. Unlike
            seconds, they don't depend on the machine; 5,000 take about a second.
        library: the functions that a formula may use, or their names.
        bases: bases of curves and networks, tried in turn; by default B-splines, Gaussians and
            RSWAFs.
        reach: the largest inner scale a of f(a x + b), for x scaled to [-1, 1].
        seed: seed of all random choices; the global random state is neither read nor changed.
        n_jobs: number of processes of joblib; its Dask and Ray backends work, too.
        progress: whether to show a progress bar with the best formula so far.

    Returns:
        The front, the winner and its verdict; a sequence of these for several outputs or classes.

    Shape:
        x: (rows, in), y: (rows,) or (rows, outputs)

    Raises:
        ValueError: if shapes don't fit, values aren't finite real numbers, there are fewer than
            five rows with a weight above 0, or a setting is out of its range.
        TypeError: if library or bases have a wrong type.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> x = np.random.default_rng(0).uniform(-1, 1, (200, 1))
        >>> found = ew.discover(x, x[:, 0] ** 3 + x[:, 0] ** 2 + x[:, 0], progress=False)
        >>> found.verdict.kind, str(found.winner)
        ('exact', 'x0**3 + x0**2 + x0')
    """
    labels = None
    if isinstance(x, Mapping):
        import pandas as pd

        # Series go by position, as y does, and not by their index.
        parts = {name: c.array if isinstance(c, pd.Series) else c for name, c in x.items()}
        x = pd.DataFrame(parts)
    if group is not None:
        x, labels = split_groups(x, group, sample_weight)
        check_alone("group", units=units, output_unit=output_unit, robust=robust or None)
        check_alone("group", form=form, start=start, limits=limits, sigma=sigma, x_sigma=x_sigma)
    table = read_table(x, y, sample_weight, input_names, output_name, sigma, x_sigma)
    library = Library.of(library)
    _check_settings(library, reach, bases, budget)
    check_flags("discover", robust=robust, progress=progress)
    seed = read_count("discover", "seed", seed, 0)
    if evaluations is not None:
        read_count("discover", "evaluations", evaluations, 1)
    check_jobs("discover", n_jobs)
    dimensions = _dimensions(units, output_unit, table.names)
    found = []
    for place, column in enumerate(table.columns):
        problem = Problem(
            x=table.x,
            y=column,
            weight=table.weight,
            library=library,
            reach=reach,
            bases=tuple(bases or ()),
            dimensions=dimensions,
            robust=robust,
            threshold=0.0 if table.classes is not None else find_threshold(column),
            errors=table.errors[place],
            seed=seed,
            names=(*table.names, table.output_names[place]),
        )
        names, output = table.names, table.output_names[place]
        known = read_known(problem, names, output, form, start, limits)
        problem = replace(problem, known=known)
        each = Budget(budget / len(table.columns), evaluations or math.inf)
        if labels is not None:
            return discover_groups(problem, labels, table, each, list_strategies, progress)
        one = _discover_one(problem, table, place, each, n_jobs, progress)
        found.append(replace(one, units=dict(units or {}), output_unit=output_unit))
    if len(found) == 1:
        return found[0]
    return Discoveries(found, table.classes)


def _check_settings(library: Library, reach: Any, bases: Any, budget: Any) -> None:
    """Raise ValueError or TypeError unless these settings are valid."""
    check_budget("discover", budget)
    check_search("discover", library, reach=reach)
    if bases is None:
        return
    if not isinstance(bases, Sequence) or not all(isinstance(b, Basis) for b in bases):
        raise TypeError(
            f"discover expected bases as a list such as [BSpline(8), Gaussian(8)], got "
            f"{bases!r:.80}"
        )


def _dimensions(
    units: Mapping[str, str] | None, output_unit: str | None, names: Sequence[str]
) -> NDArray[np.int64] | None:
    if units is None and output_unit is None:
        return None

    known = {} if units is None else units
    texts = isinstance(known, Mapping) and all(isinstance(u, str) for u in known.values())
    if not texts or not isinstance(output_unit, str | None):
        raise ValueError(
            'discover expected units by name, such as {"g": "m/s^2"}, and output_unit as a string, '
            f"got {units!r:.80} and {output_unit!r:.80}"
        )
    dimensions = dimensions_of(known, names, output_unit or "1")
    obstacle = dimensionless_groups(dimensions).obstacle
    if obstacle is not None:
        raise ValueError(
            f"discover expected inputs whose units combine to that of y, got {output_unit!r}: "
            f"{obstacle}"
        )
    return dimensions


def _discover_one(
    problem: Problem, table: Table, place: int, budget: Budget, n_jobs: int, progress: bool
) -> Discovery:
    """Search one output on scaled columns, and rewrite the result in the columns as given."""
    whole = problem.some_rows(SEARCHED_ROWS)
    scales = Scales.of(whole)
    scaled = scales.divide(whole)
    name = table.output_names[place]
    with Progress(f"discover {name}", budget.left, progress) as line, single_threaded():
        short = search_short(scaled, budget)
        kind, chosen = "constant", False
        if short is None or not short.is_settled:
            scaled, kind, chosen = weigh_by_noise(scaled)
        before = scaled.weight
        if scaled.robust:
            scaled = weigh_robustly(scaled)

        def report(fvu: float, tree: Expression | None) -> None:
            def best() -> str:
                return _describe_best(name, table.names, tree, scales, fvu)

            line.show(budget.elapsed, best)

        search = run_search(scaled, budget, n_jobs=n_jobs, report=report, short=short)
        found = _result(search, whole, table, place, scales, budget)
        if problem.threshold is not None:
            return found
        return replace(
            found,
            noise=report_noise(scaled, kind, chosen, search.winner, robust=problem.robust),
            lack_of_fit=measure_lack_of_fit(scaled.data, search.winner.tree, scaled.unit),
            outliers=_find_outliers(before, scaled.weight),
        )


def _find_outliers(before: Array | None, after: Array | None) -> NDArray[np.int64]:
    """The indices of the rows that have lost most of their weight."""
    if after is None:
        return np.empty(0, dtype=np.int64)
    kept = after if before is None else after / before
    return np.flatnonzero(kept < OUTLYING * kept.max())


def _describe_best(
    name: str,
    names: Sequence[str],
    tree: Expression | None,
    scales: Scales,
    fvu: float,
) -> str:
    """The best formula so far, in the columns as given, and its error."""
    if tree is None:
        return describe_error(fvu)
    return f"{name} ≈ {to_text(scales.restore(tree), names, 3)}, {describe_error(fvu)}"


def _result(
    search: Search,
    problem: Problem,
    table: Table,
    place: int,
    scales: Scales,
    budget: Budget,
) -> Discovery:
    """The discovery in the inputs as given."""
    fitted = search.problem
    size, variance = fitted.unit, fitted.variance
    data = scales.restore_rows(fitted, problem)

    def formula(scored: Scored) -> Formula:
        tree = scored.tree
        if not scales.are_one:
            restored = scales.restore(tree)
            tidied = tidy(restored, scored.fit, data)
            tree = tidied if scales.agree(tidied, scored.tree, problem) else restored
        return _write(scored, tree, table.names, size, variance)

    made = {id(m): formula(m) for m in (*search.front, search.winner)}
    # Named laws are recognised in columns of ordinary size.
    usual = all(scale_of(c) == 1 for c in (*problem.x.T, problem.y))
    if problem.threshold is None and usual:
        known = None if fitted.noise_variance is None else fitted.noise_variance * size**2
        winner = made[id(search.winner)]
        if known is not None:
            tree = with_known_noise(winner.tree, search.winner.fit.fvu, data, known)
            winner = replace(winner, tree=tree)
        made[id(search.winner)] = _with_law(winner, data, known, table.output_names[place])
    judgement: Judgement = search.judgement
    verdict, evidence = judgement.verdict, judgement.evidence
    if not scales.agree(made[id(search.winner)].tree, search.winner.tree, problem):
        verdict, evidence = Verdict("approximation", BEYOND), None
    return Discovery(
        front=_drop_doubles([made[id(m)] for m in search.front], made[id(search.winner)]),
        winner=made[id(search.winner)],
        verdict=verdict,
        alternatives=[formula(m) for m in judgement.alternatives],
        baseline=search.baseline,
        seconds=budget.by_the_clock,
        evaluations=budget.spent,
        input_names=list(table.names),
        output_name=table.output_names[place],
        accuracy=search.accuracy,
        x=problem.x,
        y=problem.y,
        evidence=evidence,
        classes=table.class_pair(place),
        curves=list_curves(problem.known.template),
    )


def _write(
    scored: Scored, tree: Expression, names: Sequence[str], size: float, variance: float
) -> Formula:
    """A formula with its errors in the unit of y; `variance` is that of y divided by `size`."""
    mse = scored.mse if np.isfinite(scored.mse) else scored.fit.fvu * variance
    return Formula(
        tree=tree,
        names=tuple(names),
        bits=scored.fit.bits,
        rmse=float(mse**0.5) * size,
        r2=1 - float(mse) / variance,
        train_rmse=float((scored.fit.fvu * variance) ** 0.5) * size,
        source=scored.source,
    )


def _with_law(formula: Formula, data: Data, variance: float | None, output: str) -> Formula:
    """The formula with the named law that it equals, if there is one.

    Args:
        variance: the variance of y's noise at weight 1, if it is known.
        output: the name of y.
    """
    law = name_formula(
        formula.tree, data.x, data.y, data.weight, formula.names, formula.source, variance, output
    )
    return replace(formula, law=law)


def _drop_doubles(front: list[Formula], winner: Formula) -> list[Formula]:
    """The front without other formulas that are written like the winner."""
    text = winner.brief(DIGITS)
    return [f for f in front if f is winner or f.brief(DIGITS) != text]
