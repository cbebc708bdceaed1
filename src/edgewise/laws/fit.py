"""`fit_law` and `fit_formula`: fit a law of the library, or a formula of your own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.laws.arguments import check_rows, read_bounds, read_noise, read_start
from edgewise.laws.assignment import find_columns, name_inputs
from edgewise.laws.censored import Censored
from edgewise.laws.curve import Curve
from edgewise.laws.fitted import FittedFormula, plain_text
from edgewise.laws.frequencies import find_frequencies
from edgewise.laws.law import Law
from edgewise.laws.library import get
from edgewise.laws.read import (
    column_names,
    has_columns,
    read_inputs,
)
from edgewise.laws.solve import DescentResult, FitProblem, near_bounds, solve
from edgewise.laws.start import Guesses, guess_any, guess_law, spread_out
from edgewise.laws.temperatures import note_temperatures
from edgewise.laws.texts import read_curve, read_target, read_y
from edgewise.laws.tidy import SAME, tidy

STARTS, FAR_STARTS = 4, 12
"""Start points of descents, for a law and for a formula without start values."""
SCALES, SETTLED = 100, 1e-9
"""Most rounds of the fit of σ, and the change of log σ at which it has converged."""
LEAST_FALL = 0.02
"""Least fall of the next step for a step of 1, from which the secant's step is computed."""


def fit_law(
    law: str | Law,
    x: Any,
    y: Any,
    *,
    sigma: Any = None,
    x_sigma: Any = None,
    censored: Any = None,
    start: Mapping[str, float] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> FittedFormula:
    """Fit a named law (:func:`edgewise.laws.get`) to data; no start values are needed.

    Minimises Σ ((y - f)/σ)² within the bounds of the parameters. Start values come from the data:
    nonlinear parameters from a grid, linear ones by linear least squares.

    Args:
        law: its name, such as "gompertz", or a :class:`edgewise.laws.Law`.
        x: a vector or a table of one column for one input; for several, columns in the law's order.
            In a table with further columns those of the inputs are called like these, begin with
            their letter, such as "S [mM]", or name their meaning, such as "substrate".
        y: measured values, or the name of their column in x.
        sigma: standard deviations of y: a number, an array or a column's name; "relative" if they
            are proportional to y, "counts" if y are counts. By default they are equal and unknown.
        x_sigma: standard deviations of x: a number, one for each input or value, or a mapping by
            inputs' names. The fit is then an orthogonal regression and needs a numeric sigma.
        censored: which y are limits, as an array or a column's name: -1 where the true value is
            below y (a limit of detection), 1 where it is above, 0 where y was measured; or
            booleans, where True means below. The likelihood is that of a Tobit model.
        start, bounds: start values and bounds of parameters by name; the law's own by default.

    Returns:
        A :class:`.FittedFormula` with estimates, standard errors, intervals and predictions.

    Shape:
        x: (rows,) or (rows, in); y: (rows,)

    Raises:
        ValueError: if there is no such law, columns' names don't tell which are its inputs, there
            are no more rows than parameters, values aren't finite, errors aren't positive, relative
            errors are given for y of 0 or of both signs, or no parameters are found at which the
            law has a value in every row.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> conc = np.array([.02, .02, .06, .06, .11, .11, .22, .22, .56, .56, 1.1, 1.1])
        >>> rate = np.array([76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200.])
        >>> print(ew.fit_law("michaelis_menten", conc, rate))
        Michaelis–Menten: Vmax = 212.7 ± 6.9, Km = 0.0641 ± 0.0083
    """
    law = law if isinstance(law, Law) else get(law)
    symbols, names = tuple(law.inputs), list(law.inputs)
    if has_columns(x):
        own = x_sigma.values() if isinstance(x_sigma, Mapping) else [x_sigma]
        taken = [c for c in (y, sigma, censored, *own) if isinstance(c, str)]
        names = find_columns("fit_law", x, law, taken)
    if isinstance(x_sigma, Mapping):
        x_sigma = {symbols[names.index(k)] if k in names else k: v for k, v in x_sigma.items()}
    columns = read_inputs("fit_law", x, names)
    target, output = read_y("fit_law y", x, y, law.output)
    noise = read_noise("fit_law", target, sigma, x_sigma, symbols, x, censored)
    lower, upper = read_bounds("fit_law", law.curve.parameters, bounds, law.lower, law.upper)
    rows = check_rows("fit_law", FitProblem(law.curve, noise, columns, target, lower, upper))
    given = read_start("fit_law", law.curve.parameters, start)
    found = check_defined("fit_law", fit_rows(law, rows, given), law.text)
    curve, text = name_inputs(law, names)
    return finish_fit(replace(found, rows=replace(found.rows, curve=curve)), law, text, output)


def fit_rows(law: Law, rows: FitProblem, given: Mapping[str, float] | None = None) -> DescentResult:
    """The best fit of a law to rows, from the law's own start values.

    Args:
        given: start values by name.
    """
    # Two peaks of opposite signs may be a good start and yet end as one peak with a hole.
    guesses = spread_out(guess_growing(law, rows), STARTS, by_signs=len(law.alike) > 1)
    found = _best(rows, _with_given(guesses.theta, rows.curve, given))
    settled = law.settle(found.theta)
    return found if (settled == found.theta).all() else replace(found, theta=settled)


def guess_growing(law: Law, rows: FitProblem) -> Guesses:
    """Start values of a law; if it extends a smaller law, they come from fits of that."""
    if not law.grows_from:
        return guess_law(law, rows)
    smaller = get(law.grows_from)
    count = len(smaller.parameters)
    inner = replace(rows, curve=smaller.curve, lower=rows.lower[:count], upper=rows.upper[:count])
    begun = spread_out(guess_growing(smaller, inner), 2, by_signs=len(smaller.alike) > 1)
    ended = [solve(inner, theta, most=60, coarse=True) for theta in begun.theta]
    ended = sorted((s for s in ended if math.isfinite(s.cost)), key=lambda s: s.cost)
    if not ended:
        return guess_law(law, rows)
    fits = Guesses(np.stack([s.theta for s in ended]), np.array([s.cost for s in ended]))
    return guess_law(law, rows, fits)


def fit_formula(
    formula: Any,
    table: Any,
    *,
    target: Any = None,
    sigma: Any = None,
    x_sigma: Any = None,
    censored: Any = None,
    start: Mapping[str, float] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> FittedFormula:
    """Fit the parameters of a formula to data.

    Names in the formula that aren't columns of the table are parameters. If there are none, the
    formula's decimal numbers are the parameters, named c0, c1, … in order, and their values are the
    start values. So a formula found by :func:`edgewise.discover` can be refitted to other rows.

    Args:
        formula: a string such as "a*exp(-k*t) + c" or "y = a*exp(-k*t) + c", or a sympy expression.
            It may use the functions of :func:`edgewise.symbolic.LIBRARY`, log10, log2, erf, sinc.
            Columns such as "S [mM]" are written as they are.
        table: a frame, or a mapping of columns by name.
        target: y, as a column's name or an array; by default the left-hand side of the formula.
        sigma: standard deviations of y: a number, an array or a column's name; "relative" if they
            are proportional to y, "counts" if y are counts. By default they are equal and unknown.
        x_sigma: standard deviations of inputs by name, such as {"t": 0.1}, each a number, an array
            or a column's name; or as in :func:`fit_law`. Needs a numeric sigma.
        censored: which y are limits, see :func:`fit_law`.
        start: start values by parameter; for the others many are tried.
        bounds: bounds by parameter, such as {"k": (0, 10)}.

    Returns:
        A :class:`.FittedFormula` with estimates, standard errors, intervals and predictions.

    Raises:
        ValueError: if the formula can't be read or has no parameter or no input, a name is unknown
            or is E, which is a number, there are no more rows than parameters, values aren't
            finite, or no parameters are found at which the formula has a value in every row.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.linspace(0, 3, 30)
        >>> y = 2 * np.exp(-1.5 * t) + 0.5 + 0.01 * np.sin(50 * t)
        >>> fitted = ew.fit_formula("y = a*exp(-k*t) + c", {"t": t, "y": y}, sigma=0.007)
        >>> round(fitted.estimates["k"], 2), fitted.converged
        (1.5, True)
    """
    if not has_columns(table):
        raise ValueError(
            "fit_formula expected a table with named columns, such as {'t': t, 'y': y} or a frame, "
            f"got {type(table).__name__}: name the columns"
        )
    right, target = read_target(formula, target)
    y, output = read_y("fit_formula target", table, target, getattr(target, "name", None) or "y")
    columns = [n for n in column_names(table) if not isinstance(target, str) or n != target]
    curve, given = read_curve(right, columns)
    if isinstance(target, str) and target in curve.parameters:
        raise ValueError(
            f"fit_formula expected a formula without {target}, which is what it describes, got "
            f"{right!r:.80}: solve it for {target}, or rename the parameter"
        )
    x = read_inputs("fit_formula", table, curve.inputs)
    noise = read_noise("fit_formula", y, sigma, x_sigma, curve.inputs, table, censored)
    free = np.full(len(curve.parameters), np.inf)
    lower, upper = read_bounds("fit_formula", curve.parameters, bounds, -free, free)
    rows = check_rows("fit_formula", FitProblem(curve, noise, x, y, lower, upper))
    given = {**given, **read_start("fit_formula", curve.parameters, start)}
    if len(given) == len(curve.parameters):
        found = _best(rows, np.array([[given[n] for n in curve.parameters]]))
    else:
        guesses = guess_any(rows, given)
        found = _best(rows, spread_out(guesses, FAR_STARTS).theta)
        held = [curve.parameters.index(name) for name in given]
        found = replace(found, theta=tidy(rows, found.theta, held))
    named = isinstance(right, str) and all(p in right for p in curve.parameters)
    text = right if named else plain_text(curve.tree, [*curve.inputs, *curve.parameters])
    text = " ".join(text.split())
    return finish_fit(check_defined("fit_formula", found, text), None, text, output)


def _best(rows: FitProblem, starts: Array) -> DescentResult:
    """The best of the minima that descents from these points reach."""
    near = np.clip(np.ones(len(rows.lower)), rows.lower, rows.upper)
    found = [solve(rows, theta, coarse=True) for theta in (starts if len(starts) else near[None])]
    least = min(s.cost for s in found)
    # On even steps sin(w·t) is sin((w + 2π/step)·t), too.
    waves = find_frequencies(rows.curve).items()
    equal = [s for s in found if not s.cost > (1 + SAME) * least]
    best = min(equal, key=lambda s: sum(wave.angular(s.theta[k]) for k, wave in waves))
    ended = solve(rows, best.theta)
    if ended.converged or not math.isfinite(ended.cost):
        return ended
    return solve(rows, ended.theta, most=4000)


def check_defined(owner: str, found: DescentResult, text: str) -> DescentResult:
    """Raise ValueError unless the formula that was fitted has a number in each row."""
    if math.isfinite(found.cost):
        return found
    rows, curve = found.rows, found.rows.curve
    with np.errstate(all="ignore"):
        values = np.broadcast_to(curve.values(rows.x, found.theta), rows.y.shape)
    k = int(np.argmax(np.where(np.isfinite(values), np.abs(values), np.inf)))
    at = ", ".join(f"{n} = {v:.4g}" for n, v in zip(curve.parameters, found.theta, strict=True))
    row = ", ".join(f"{n} = {v:.4g}" for n, v in zip(curve.inputs, rows.x[k], strict=True))
    raise ValueError(
        f"{owner} expected parameters at which {text} has a value in every row, got none: with "
        f"{at} that of row {k} ({row}) is {values[k]:.4g}. Leave such rows out, or choose other "
        "start values or bounds"
    )


def finish_fit(found: DescentResult, law: Law | None, text: str, output: str) -> FittedFormula:
    """The fitted formula of a descent, with notes for the user."""
    fitted = FittedFormula(law, text, output, _fit_scale(found))
    return replace(fitted, notes=tuple(_list_notes(fitted)))


def _fit_scale(found: DescentResult) -> DescentResult:
    """The parameters fitted with the likeliest σ.

    σ affects the fit only if there are limits; otherwise it is a common factor of all residuals.
    """
    rows, noise = found.rows, found.rows.noise
    if not isinstance(noise, Censored) or noise.is_known:
        return found
    step = moved = 0.0
    for _ in range(SCALES):
        before, sigma = step, noise.sigma
        noise = noise.rescale(rows.curve, rows.x, rows.y, found.theta)
        step = math.log(noise.sigma[0] / sigma[0])
        settled = not abs(step) > SETTLED
        if moved and not settled:  # by the secant: the steps alone may shrink by a tenth each
            most = max(abs(step), 1.0)
            moved = min(max(step / max((before - step) / moved, LEAST_FALL), -most), most)
            noise = replace(noise, sigma=sigma * math.exp(moved))
        else:
            moved = step
        found = solve(replace(rows, noise=noise), found.theta, near=True)
        if settled:
            break
    return found


def _list_notes(fitted: FittedFormula) -> list[str]:
    """Warnings about a fit: no minimum, parameters at bounds or undetermined, other units."""
    rows, found, notes = fitted.rows, fitted.solution, []
    if not math.isfinite(found.cost):
        notes.append("no parameters were found at which the formula is defined in all rows")
    elif not fitted.converged:
        notes.append("the fit did not converge: give start values, or bounds")
    near = near_bounds(rows, found.theta, found.jacobian)
    for bounds, at in zip((rows.lower, rows.upper), near, strict=True):
        for k in np.flatnonzero(at):
            bound = f"{fitted.names[k]} is at its bound, {bounds[k]:g}"
            notes.append(f"{bound}: its error is meaningless")
    unknown = [n for n, e in fitted.errors.items() if not math.isfinite(e)]
    if unknown and math.isfinite(found.cost):
        notes.append(f"the rows don't determine {' and '.join(unknown)}")
    if fitted.law is not None:
        notes += note_temperatures(fitted.law, rows.x, fitted.inputs)
    return notes


def _with_given(theta: Array, curve: Curve, given: Mapping[str, float] | None) -> Array:
    made = theta.copy()
    for name, value in (given or {}).items():
        made[:, curve.parameters.index(name)] = value
    return made
