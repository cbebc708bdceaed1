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
TOLERANCES = 0.1, 1e-2, 1e-3
"""FVUs up to which the misfit of a curve doesn't matter, beside the network's own."""
KEPT = 8
"""The functions of each edge that are tried after the first ones are chosen."""


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
    """The shortest description among networks named at several tolerances, the coarsest first.

    Curves of a trained network are bent a little where the formula's aren't. At its own error such
    a line is taken for a logarithm far from its pole; at a coarser one it is a line, and the refit
    makes up for the difference. With curves that may stay, only the network's own error counts.
    """
    coarse = [t for t in TOLERANCES if t > SLACK * before] if numeric_above is None else []
    best, least, seen = model, math.inf, list[list[str]]()
    options: dict[EdgeIndex, list[EdgeCandidate]] = {}
    curves = sum(len(layer.numeric_ends()) for layer in model.stack())
    task.bar.total = curves * (len(coarse) + 1)
    for k, tolerance in enumerate((*coarse, before)):
        left = len(coarse) + 1 - k
        part = task.budget.part(
            seconds=task.budget.left / left, evaluations=task.budget.work / left
        )
        own = replace(task, budget=part, expressions=task.expressions and left == 1)
        named, found = _name_curves(model, own, tolerance, numeric_above)
        options = {index: [*found[index], *options.get(index, [])] for index in found}
        if not named.is_symbolic:
            return named, options
        forms = [form_of_edge(edge) for layer in named.stack() for edge in layer.symbolic.edges()]
        if forms in seen:
            continue
        seen.append(forms)
        named = _drop_edges(refit(named, own, 30), options, own)
        named = _drop_edges(_try_others(named, options, own), options, own)
        fvu = task.fvu(named)
        bits = network_bits(named, fvu, len(task.x))
        if bits < least:
            best, least = named, bits
        if fvu <= ROUNDING_FVU or task.budget.over:
            break
    last = replace(task, budget=Budget(task.budget.seconds / 2, task.budget.evaluations))
    return without_dead(_drop_edges(best, options, last)), options


def _name_curves(
    model: SymbolicKAN, task: NamingTask, before: float, numeric_above: float | None
) -> tuple[SymbolicKAN, dict[EdgeIndex, list[EdgeCandidate]]]:
    """Replace curves by functions, the least harmful first; also each edge's candidates then."""
    chosen: dict[EdgeIndex, list[EdgeCandidate]] = {}
    left = {EdgeIndex(k, i, o) for k, s in enumerate(model.stack()) for i, o in s.numeric_ends()}
    least = max(1, len(left) // 8)
    while left:
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


def _drop_edges(model: SymbolicKAN, edges: Iterable[EdgeIndex], task: NamingTask) -> SymbolicKAN:
    """Leave out edges if that shortens the description, the least needed first."""
    rows = len(task.x)

    def leave_out(model: SymbolicKAN, index: EdgeIndex) -> SymbolicKAN:
        return exchange(model, index, Edge(index[1], index[2], ZERO), task.x)

    bits = network_bits(model, task.fvu(model), rows)
    alone = {index: task.fvu(leave_out(model, index)) for index in edges}
    for index in sorted(alone, key=lambda index: alone[index]):
        if task.budget.over:
            break
        trial = refit(leave_out(model, index), task, 10)
        new = network_bits(trial, task.fvu(trial), rows)
        if new < bits:
            model, bits = trial, new
    return model


def _try_others(
    model: SymbolicKAN, options: dict[EdgeIndex, list[EdgeCandidate]], task: NamingTask
) -> SymbolicKAN:
    """Exchange one function after another, each time the one that shortens the description most."""
    rows = len(task.x)
    bits = network_bits(model, task.fvu(model), rows)
    while True:
        best, least = model, bits - 1
        for index, option in _list_exchanges(model, options):
            if task.budget.over or task.fvu(best) <= ROUNDING_FVU:
                return best
            trial = refit(exchange(model, index, option.edge, task.x), task, 10)
            new = network_bits(trial, task.fvu(trial), rows)
            if new < least:
                best, least = trial, new
        if best is model:
            return model
        model, bits = best, least


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


def form_of_edge(edge: Edge) -> str:
    """A key that edges share if they differ only in numbers."""
    return form_of(edge.parts.core, "exponents")
