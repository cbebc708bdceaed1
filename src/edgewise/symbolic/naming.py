"""Name the curves of a network: choose a function for every edge, so that all of it is a formula.

The choice is by the description length of the data (:mod:`.criterion`). Refits are by
Levenberg-Marquardt on y.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from torch import Tensor, nn

from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import ZERO
from edgewise.formula.forms import form_of
from edgewise.formula.library import Library
from edgewise.nn.inspect import count_trainable
from edgewise.search.budget import Budget
from edgewise.symbolic.build import exchange, with_edges, without_dead
from edgewise.symbolic.criterion import compute_fvu, network_bits
from edgewise.symbolic.edges import Edge, EdgeIndex
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.suggestions import SLACK, EdgeCandidate, add_expressions, candidates
from edgewise.training.levenberg import MOST_PARAMETERS

LEAST_FLOOR, MOST_FLOOR = 1e-12, 0.25
"""Limits of the FVU up to which the misfit of a curve doesn't matter."""
STEP_PRICE = 20
"""Evaluations that a step of a refit costs."""
TOLERANCES = 0.1, 1e-2
"""FVUs up to which the misfit of a curve doesn't matter, beside the network's own."""
KEPT = 8
"""The functions of each edge that are tried after the first ones are chosen."""
ASKED = 4
"""The functions of each edge that y asks for and that are tried in a round."""
WORSE = 2.0
"""Others that would leave more than this many times as much as the best one aren't tried."""


@dataclass(frozen=True)
class NamingTask:
    """The constant part of a regression: data, library and settings."""

    x: Tensor
    y: Tensor
    variance: float
    library: Library
    reach: float
    budget: Budget
    expressions: bool
    least_floor: float
    bar: Any

    def fvu(self, model: nn.Module) -> float:
        """The fraction of y's variance that the model leaves unexplained."""
        return compute_fvu(model, self.x, self.y, self.variance)

    def bits(self, model: SymbolicKAN) -> float:
        """The description length of a formula and its residuals, in bits."""
        return network_bits(model, self.fvu(model), len(self.x))

    def is_exact(self, model: nn.Module) -> bool:
        """Whether only rounding errors are left unexplained."""
        return self.fvu(model) <= ROUNDING_FVU

    def share(self, parts: int) -> NamingTask:
        """The task with the remaining budget divided by a number of parts."""
        left = self.budget
        own = left.part(seconds=left.left / parts, evaluations=left.work / parts)
        return replace(self, budget=own)


def refit(model: SymbolicKAN, task: NamingTask, steps: int) -> SymbolicKAN:
    """The model with its constants and curves fitted to y; itself if that fails."""
    if count_trainable(model) > MOST_PARAMETERS:
        return model
    task.budget.spend(STEP_PRICE * steps)
    before = task.fvu(model)
    try:
        new = model.refine(task.x, task.y, steps)
    except ValueError:  # predictions that aren't finite
        return model
    return new if task.fvu(new) <= before else model


def name_edges(
    model: SymbolicKAN, task: NamingTask, before: float, numeric_above: float | None
) -> tuple[SymbolicKAN, dict[EdgeIndex, list[EdgeCandidate]]]:
    """The shortest description among networks that are named at several tolerances and improved.

    Curves of a trained network are bent a little where the formula's aren't. At its own error such
    a line is taken for a logarithm far from its pole; at a coarser one it is a line, and the refit
    makes up for the difference. With curves that may stay, only the network's own error counts.
    """
    coarse = [t for t in TOLERANCES if t > SLACK * before] if numeric_above is None else []
    options: dict[EdgeIndex, list[EdgeCandidate]] = {}
    best, least, seen = model, math.inf, list[list[str]]()
    curves = sum(len(layer.numeric_ends()) for layer in model.stack())
    task.bar.total = curves * (len(coarse) + 1)
    for k, tolerance in enumerate((*coarse, before)):
        own = task.share(len(coarse) + 1 - k)
        half = replace(own.share(2), expressions=task.expressions and tolerance == before)
        named, found = _name_curves(model, half, tolerance, numeric_above)
        options = {index: [*found[index], *options.get(index, [])] for index in found}
        if not named.is_symbolic:
            return named, options
        named = _drop_edges(refit(named, own, 30), options, own)
        if (forms := _forms_of(named)) in seen:
            continue
        seen.append(forms)
        named = _improve(named, options, own)
        if task.bits(named) < least:
            best, least = named, task.bits(named)
        if task.is_exact(best):
            break
    last = replace(task, budget=Budget(task.budget.seconds / 2, task.budget.evaluations))
    best = _drop_edges(_improve(best, options, last), options, last)
    return without_dead(best), options


def _name_curves(
    model: SymbolicKAN, task: NamingTask, before: float, numeric_above: float | None
) -> tuple[SymbolicKAN, dict[EdgeIndex, list[EdgeCandidate]]]:
    """Replace curves by functions, the least harmful first; also each edge's candidates then."""
    chosen: dict[EdgeIndex, list[EdgeCandidate]] = {}
    left = {EdgeIndex(k, i, o) for k, s in enumerate(model.stack()) for i, o in s.numeric_ends()}
    batches = 8 if task.expressions else 3
    while left:
        least = max(1, len(left) // batches)
        floor = min(max(before, task.fvu(model), LEAST_FLOOR), MOST_FLOOR)
        options = candidates(
            model,
            task.x,
            task.variance,
            floor,
            task.library.distinct(),
            reach=task.reach,
            keep=KEPT,
            wanted=left,
        )
        order = sorted(left, key=lambda p: options[p][0].harm)
        most = math.inf if numeric_above is None else numeric_above
        fit = [p for p in order if options[p][0].harm <= most]
        now = _batch(fit or order, options, floor, least if not task.budget.over else len(order))
        now_options = _with_expressions({p: options[p] for p in now}, model, task, floor)
        now_options = {p: found for p, found in now_options.items() if found[0].harm <= most}
        if not now_options:
            break
        chosen |= now_options
        best = {p: found[0] for p, found in now_options.items()}
        model = with_edges(model, {p: (c.edge, c.d) for p, c in best.items()})
        left -= set(best)
        if left:
            model = refit(model, task, 5 if count_trainable(model) < 400 else 2)
        task.bar.update(len(best))
    return model, chosen


def _with_expressions(
    options: dict[EdgeIndex, list[EdgeCandidate]],
    model: SymbolicKAN,
    task: NamingTask,
    floor: float,
) -> dict[EdgeIndex, list[EdgeCandidate]]:
    if not task.expressions:
        return options
    return add_expressions(
        options,
        model,
        task.x,
        task.variance,
        max(floor, task.least_floor),
        task.library,
        reach=task.reach,
        budget=task.budget,
        keep=KEPT,
    )


def _batch(
    order: list[EdgeIndex], options: dict[EdgeIndex, list[EdgeCandidate]], floor: float, least: int
) -> list[EdgeIndex]:
    """The next edges to replace: those that hardly change the network, and at least a few."""
    now: list[EdgeIndex] = []
    harm = 0.0
    for index in order:
        harm += options[index][0].harm
        if harm > floor and len(now) >= least:
            break
        now.append(index)
    return now


def _improve(
    model: SymbolicKAN, options: dict[EdgeIndex, list[EdgeCandidate]], task: NamingTask
) -> SymbolicKAN:
    """Exchange functions and leave out edges as long as that shortens the description."""
    least = math.inf
    while not task.is_exact(model) and task.bits(model) < least and not task.budget.over:
        least = task.bits(model)
        model = _drop_edges(_ask_data(model, options, task), options, task)
        model = _drop_edges(_try_others(model, options, task), options, task)
    return model


def _drop_edges(model: SymbolicKAN, edges: Iterable[EdgeIndex], task: NamingTask) -> SymbolicKAN:
    """Leave out edges if that shortens the description, the least needed first."""

    def leave_out(model: SymbolicKAN, index: EdgeIndex) -> SymbolicKAN:
        return exchange(model, index, Edge(index[1], index[2], ZERO), task.x)

    bits = task.bits(model)
    alone = {index: task.fvu(leave_out(model, index)) for index in edges}
    for index in sorted(alone, key=lambda index: alone[index]):
        if task.budget.over:
            break
        trial = refit(leave_out(model, index), task, 10)
        new = task.bits(trial)
        if new < bits:
            model, bits = trial, new
    return model


def _try_others(
    model: SymbolicKAN, options: dict[EdgeIndex, list[EdgeCandidate]], task: NamingTask
) -> SymbolicKAN:
    """Exchange one function after another, each time the one that shortens the description most."""
    while True:
        trials = (
            exchange(model, index, option.edge, task.x)
            for index, option in _list_exchanges(model, options)
        )
        best = _choose(model, trials, task)
        if best is model:
            return model
        model = best


def _ask_data(model: SymbolicKAN, edges: Iterable[EdgeIndex], task: NamingTask) -> SymbolicKAN:
    """Exchange functions for those that y asks for, where the curve of the network didn't.

    A curve of few coefficients, or one that was trained badly, resembles the wrong function.
    """
    wanted = set(edges)
    while not task.is_exact(model):
        trials = (
            with_edges(model, {index: (option.edge, option.d)})
            for index, option in _list_asked(model, wanted, task)
        )
        best = _choose(model, trials, task)
        if best is model:
            return model
        model = best
    return model


def _choose(model: SymbolicKAN, trials: Iterable[SymbolicKAN], task: NamingTask) -> SymbolicKAN:
    """The trial that has the shortest description after a refit, or the model itself."""
    best, least = model, task.bits(model) - 1
    for trial in trials:
        if task.budget.over or task.is_exact(best):
            break
        trial = refit(trial, task, 10)
        new = task.bits(trial)
        if new < least:
            best, least = trial, new
    return best


def _list_asked(
    model: SymbolicKAN, wanted: set[EdgeIndex], task: NamingTask
) -> list[tuple[EdgeIndex, EdgeCandidate]]:
    """The functions that y asks for, those first that would leave least of its variance."""
    functions = task.library.distinct()
    asked = candidates(
        model,
        task.x,
        task.variance,
        max(task.fvu(model), LEAST_FLOOR),
        functions,
        reach=task.reach,
        keep=len(functions),
        wanted=wanted,
        y=task.y,
    )
    each = {p: sorted(found, key=lambda c: c.harm)[:ASKED] for p, found in asked.items()}
    pairs = [(index, option) for index, found in each.items() for option in found]
    pairs.sort(key=lambda pair: pair[1].harm)
    return [p for k, p in enumerate(pairs) if k < ASKED or p[1].harm < WORSE * pairs[0][1].harm]


def _list_exchanges(
    model: SymbolicKAN, options: dict[EdgeIndex, list[EdgeCandidate]]
) -> Iterator[tuple[EdgeIndex, EdgeCandidate]]:
    """The candidates of other forms than the edges have, the best of each edge first."""
    for place in range(max(map(len, options.values()), default=0)):
        for index, shortlist in options.items():
            if place < len(shortlist) and not _has(model, index, shortlist[place]):
                yield index, shortlist[place]


def _has(model: SymbolicKAN, index: EdgeIndex, option: EdgeCandidate) -> bool:
    for edge in model.stack()[index[0]].symbolic.edges():
        if (edge.i, edge.o) == index[1:]:
            return form_of_edge(edge) == form_of_edge(option.edge)
    return not option.edge.tree.inputs


def _forms_of(model: SymbolicKAN) -> list[str]:
    """The places and forms of all edges."""
    edges = ((k, e) for k, layer in enumerate(model.stack()) for e in layer.symbolic.edges())
    return [f"{k} {e.i} {e.o} {form_of_edge(e)}" for k, e in edges]


def form_of_edge(edge: Edge) -> str:
    """A key that edges share if they differ only in numbers."""
    return form_of(edge.parts.core, "exponents")
