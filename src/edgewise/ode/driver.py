"""`discover_ode`: discover equations of motion from trajectories."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from edgewise._arrays import Array
from edgewise._checks import check_choice, check_flags, check_jobs, read_count
from edgewise.data.tables import name_columns
from edgewise.discovery.discover import discover
from edgewise.discovery.result import Discovery
from edgewise.discovery.template import Template, read_template
from edgewise.formula.library import LIBRARY, Library
from edgewise.ode.check import (
    LONGEST,
    Agreement,
    TrajectoryCheck,
    compare_windows,
    simulate_one,
)
from edgewise.ode.choose import ChosenSystem, candidates, fit_system, turn_of
from edgewise.ode.maps import TURN, MapNoise, judge_steps, pair_steps
from edgewise.ode.result import OdeDiscovery
from edgewise.ode.slopes import Slopes, estimate_slopes
from edgewise.ode.system import System
from edgewise.ode.trajectories import (
    Trajectory,
    check_trajectories,
    hold_out,
    spread_of,
)
from edgewise.ode.verdict import judge_equations, judge_system
from edgewise.search.budget import Budget, check_budget

SEARCH = 0.7
"""Fraction of the budget for the search of right-hand sides; the rest is for fitting the system."""
DITHER = 1.0
"""Noise added to slopes before the search, in units of their typical error."""
SMOOTHING = ("auto", "none", "spline")
TIMES = ("continuous", "steps")
LEFT = {("continuous", 1): "d{}/dt", ("continuous", 2): "d²{}/dt²", ("steps", 1): "{}[k+1]"}
"""Left-hand sides, by time and order."""


def discover_ode(
    t: Any,
    states: Any,
    *,
    inputs: Any = None,
    state_names: Sequence[str] | None = None,
    input_names: Sequence[str] | None = None,
    test: Any = None,
    budget: float = 60.0,
    library: Library = LIBRARY,
    seed: int = 0,
    n_jobs: int = 1,
    smoothing: str = "auto",
    time: str = "continuous",
    order: int = 1,
    progress: bool = True,
    **options: Any,
) -> OdeDiscovery:
    """Discover equations of motion dx/dt = f(x, u), or a map x[k+1] = f(x[k], u[k]).

    There are five steps:

    1. Slopes are estimated from the trajectories: by local polynomials if there is no noise, else
       by smoothing splines.
    2. :func:`edgewise.discover` searches formulas for the slope of each state.
    3. For noisy data the constants are refitted in the weak form.
    4. The formulas that integrate best together are chosen, and their constants are fitted to whole
       trajectories.
    5. The system is judged on unseen data, from new initial states.

    With `time="steps"`, formulas for the next state are searched on pairs of neighbouring states.
    The residuals show whether the noise is in the measurements or in the steps; for noise in the
    measurements, constants are fitted to windows of several steps.

    Args:
        t: times, evenly spaced or not; a list for several trajectories. For maps only their order
            matters.
        states: the state at each time; a list for several trajectories. If the law depends on time,
            pass t as an input.
        inputs: controls or other known influences at the same times.
        state_names, input_names: names in formulas and plots; by default the columns of DataFrames,
            else x0, x1, … and u0, u1, …
        test: unseen trajectories, as (t, states) or (t, states, inputs); by default one in five
            trajectories, or the last fifth of each if there are fewer than five.
        budget: CPU seconds, approximately.
        library: the functions that formulas may use.
        seed: seed of all random choices.
        n_jobs: number of joblib processes, each of which searches one right-hand side.
        smoothing: "none", "spline", or "auto" to test for noise.
        time: "continuous" or "steps".
        order: 1, or 2 for d²x/dt² = f(x, dx/dt, u). With 2, states are positions; velocities are
            estimated and called x0_dot and so on.
        progress: whether to show a progress bar.
        options: further arguments of :func:`edgewise.discover`.

    Returns:
        The equations, simulations to compare with the data, and a verdict.

    Shape:
        t: (steps,); states: (steps, dims); inputs: (steps, controls)

    Raises:
        ValueError: if shapes don't fit, times don't increase, values are complex or not finite, or
            there are fewer than ten steps.

    Warns:
        UserWarning: if single values in continuous time are far from all of their neighbours. They
            are replaced by what the neighbours give. Or if the times of a map have gaps.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.linspace(0, 6, 100)
        >>> states = np.stack([np.sin(t), np.cos(t)], 1)
        >>> library = ew.symbolic.LIBRARY.only("x")
        >>> found = ew.discover_ode(t, states, library=library, progress=False)
        >>> [str(one) for one in found.expressions]
        ['x1', '-x0']
    """
    _check_kind(smoothing, time, order)
    check_budget("discover_ode", budget)
    seed = read_count("discover_ode", "seed", seed, 0)
    check_jobs("discover_ode", n_jobs)
    check_flags("discover_ode", progress=progress)
    clock, discrete = Budget(budget), time == "steps"
    every = check_trajectories(t, states, inputs, discrete)
    if test is not None:
        fitted, held = every, _check_test(test, every, discrete)
    else:
        fitted, held = hold_out(every, seed)
    dims, controls = every[0].states.shape[1], every[0].inputs.shape[1]
    own_names = name_columns("discover_ode", "states", state_names, _first(states), dims, "x")
    input_names = name_columns("discover_ode", "inputs", input_names, _first(inputs), controls, "u")
    output_names = [LEFT[time, order].format(name) for name in own_names]
    state_names = _add_velocities(own_names, input_names, order)
    if discrete:
        slopes = pair_steps(fitted)
    else:
        fitted, slopes = estimate_slopes(fitted, smoothing, order)
    curves = [x.states for x in held]
    if held and (slopes.smoothed or order == 2):
        held, unseen = estimate_slopes(held, "spline" if slopes.smoothed else "none", order)
        curves = unseen.curves
    workers = dims if n_jobs < 0 else min(max(n_jobs, 1), dims)
    found = _search(
        slopes,
        [*state_names, *input_names],
        output_names,
        n_jobs,
        seed,
        library=library,
        budget=SEARCH * clock.left / math.ceil(dims / workers),
        progress=progress,
        **options,
    )
    spread = spread_of(fitted)
    turn = TURN if discrete else turn_of(fitted, slopes.curves, spread)
    scale = np.where(slopes.noise > 0, slopes.noise, spread)
    form = options.get("form")
    template = None if form is None else read_template(form, found[0].input_names, library)
    # The search may have used up all time, but the fit of the constants needs some.
    rest = Budget(max(clock.left, (1 - SEARCH) / 2 * budget))
    fit = _fit(found, fitted, slopes, scale, turn, template, rest)
    noise = MapNoise.of(fit, found, slopes, scale) if discrete else None
    if noise is not None:
        slopes = replace(slopes, noise=noise.size, error=noise.size)
    if noise is not None and noise.of_process:
        equations = found
        agreement, verdict = judge_steps(found, held, noise, spread)
        system = System([one.winner.tree for one in found], controls)
        checks = [simulate_one(system, x, x.states[0], spread, x in held) for x in [*fitted, *held]]
    else:
        agreement, checks = _judge_trajectories(fit, fitted, held, curves, slopes, spread, turn)
        equations = judge_equations(found, fit, slopes, agreement)
        verdict = judge_system(equations, agreement, slopes.noise / spread, discrete)
    return OdeDiscovery(
        equations=equations,
        state_names=state_names,
        input_names=input_names,
        verdict=verdict,
        checks=checks,
        agreement=agreement,
        noise=slopes.noise,
        seconds=clock.elapsed,
        spread=spread,
        time=time,
    )


def _check_kind(smoothing: str, time: str, order: int) -> None:
    """ValueError unless there are such equations."""
    check_choice("discover_ode", "smoothing", smoothing, SMOOTHING, "'auto' tests for noise")
    check_choice("discover_ode", "time", time, TIMES, "'steps' is for maps x[k+1] = f(x[k])")
    if order not in (1, 2) or (order == 2 and time == "steps"):
        raise ValueError(
            f"discover_ode expected order 1, or 2 with continuous time, got {order!r}: for a map "
            "of second order pass the previous state as an input"
        )


def _add_velocities(states: list[str], inputs: Sequence[str], order: int) -> list[str]:
    """The names of all states, for equations of second order with velocities; all different."""
    names = [*states, *(f"{name}_dot" for name in states if order == 2)]
    every = [*names, *inputs]
    if len(set(every)) < len(every):
        raise ValueError(
            f"discover_ode expected different names, got {every}: rename the repeated ones"
        )
    return names


def _check_test(test: Any, every: Sequence[Trajectory], discrete: bool) -> list[Trajectory]:
    if not isinstance(test, (list, tuple)) or len(test) not in (2, 3):
        raise ValueError(
            "discover_ode expected test as (t, states) or (t, states, inputs), got "
            f"{type(test).__name__}: pass a tuple"
        )
    t, states, *inputs = test
    made = check_trajectories(t, states, inputs[0] if inputs else None, discrete)
    got = made[0].states.shape[1], made[0].inputs.shape[1]
    expected = every[0].states.shape[1], every[0].inputs.shape[1]
    if got != expected:
        raise ValueError(
            f"discover_ode expected test trajectories of {expected[0]} states and {expected[1]} "
            f"inputs, got {got[0]} and {got[1]}: give them the same columns"
        )
    return made


def _first(values: Any) -> Any:
    """The table of the first trajectory."""
    return values[0] if isinstance(values, list | tuple) and len(values) else values


def _search(
    slopes: Slopes,
    names: Sequence[str],
    output_names: Sequence[str],
    n_jobs: int,
    seed: int,
    **options: Any,
) -> list[Discovery]:
    """Search a formula for each right-hand side.

    Errors of slopes vary smoothly along a trajectory, so a search would fit them. Independent noise
    of the same size is added to mask them. Columns that keep one value are searched as 0, which no
    formula needs: 3 v/c isn't a law because c is 3 in every row.
    """
    x = np.where(np.ptp(slopes.x, axis=0) > 0, slopes.x, 0.0)
    noise = np.random.default_rng([seed, 11]).standard_normal(slopes.y.shape)
    dithered = slopes.y + DITHER * slopes.error * noise
    first = slopes.y.shape[1] - len(output_names)
    made: list[Discovery] = Parallel(n_jobs=n_jobs)(
        delayed(discover)(
            x,
            dithered[:, k],
            input_names=list(names),
            output_name=name,
            sample_weight=slopes.weight[:, k],
            seed=seed,
            **options,
        )
        for k, name in enumerate(output_names, first)
    )
    return made


def _fit(
    found: Sequence[Discovery],
    fitted: Sequence[Trajectory],
    slopes: Slopes,
    scale: Array,
    turn: int,
    template: Template | None,
    budget: Budget,
) -> ChosenSystem:
    """Choose a formula for each state and fit the constants; a position has its velocity."""
    gap = float(np.median(np.concatenate([np.diff(x.t) for x in fitted])))
    positions = slopes.y.shape[1] - len(found)
    choices = candidates(found, slopes, fitted, turn * gap, positions, template is not None)
    written = () if template is None else template.written
    return fit_system(choices, fitted, slopes, scale, turn, budget, written)


def _judge_trajectories(
    fit: ChosenSystem,
    fitted: Sequence[Trajectory],
    held: Sequence[Trajectory],
    curves: Sequence[Array],
    slopes: Slopes,
    spread: Array,
    turn: int,
) -> tuple[Agreement | None, list[TrajectoryCheck]]:
    system = fit.shot.system
    checks = [
        simulate_one(system, x, x0, spread, False) for x, x0 in zip(fitted, fit.first, strict=True)
    ]
    if not held:
        return None, checks
    intervals = int(np.clip(fit.intervals, turn, LONGEST * turn))
    agreement, first = compare_windows(system, held, curves, intervals, spread, slopes.noise)
    checks += [simulate_one(system, x, x0, spread, True) for x, x0 in zip(held, first, strict=True)]
    return agreement, checks
