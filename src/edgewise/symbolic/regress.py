"""`regress`: a formula out of a network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import tqdm

from edgewise.grids.layers import as_input
from edgewise.interpret.edges import check_kan
from edgewise.interpret.names import distinct_names
from edgewise.interpret.unmix import mixes, unmix
from edgewise.symbolic.build import (
    all_curves,
    exchange,
    trainable,
    with_edges,
    without_dead,
)
from edgewise.symbolic.criterion import (
    LEAST_FVU,
    formula_bits,
    unexplained,
    variance_of,
)
from edgewise.symbolic.edges import EdgeIndex
from edgewise.symbolic.evidence import judge
from edgewise.symbolic.library import LIBRARY, Function, Library
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.report import EdgeReport, Report
from edgewise.symbolic.snap import snap as snap_constants
from edgewise.symbolic.suggestions import (
    Candidate,
    candidates,
    check_search,
    spread_rows,
)
from edgewise.training.levenberg import MOST_PARAMETERS

FIT_ROWS = 2000
"""Rows on which the search refits; the end is done on FINAL_ROWS."""
FINAL_ROWS = 20_000
LEAST_FLOOR, MOST_FLOOR = 1e-12, 0.25


@dataclass(frozen=True)
class _Task:
    """What stays the same through a regression."""

    x: Tensor
    y: Tensor
    variance: float
    functions: list[Function]
    reach: float
    deadline: float
    bar: Any

    def share(self, model: nn.Module) -> float:
        """The share of y's variance that the model leaves unexplained."""
        return unexplained(model, self.x, self.y, self.variance)

    def late(self) -> bool:
        return perf_counter() > self.deadline


def regress(
    model: nn.Module,
    x: Any,
    y: Any = None,
    *,
    library: Library = LIBRARY,
    reach: float = 16.0,
    numeric_above: float | None = None,
    snap: bool = True,
    budget: float = 30.0,
    input_names: Sequence[str] | None = None,
    progress: bool = False,
) -> SymbolicKAN:
    """Give every edge of a network a function with a name.

    All edges and all functions are fitted at once. Then the edges whose exchange costs the network
    least get their function, the rest is refitted, and so on until no curve is left. Then other
    functions are tried in the place of those chosen, and kept where they make the description of
    the data shorter (:mod:`.criterion`). At last constants are snapped to simple numbers where the
    data permits (:func:`~edgewise.symbolic.snap.snapped`). The refits are by
    Levenberg-Marquardt, on y.

    A model whose normalisations mix the inputs is first turned into one whose edges are functions
    of one variable (:func:`edgewise.unmix`).

    Args:
        model: a KAN, as small as possible: pruned. It isn't changed.
        x, y: data; y is what the model answers if it isn't given. At most 20,000 rows are used.
        library: the functions to choose from.
        reach: the greatest |a| to try, where x is scaled to [-1, 1].
        numeric_above: edges whose best function would leave more than this share of y's variance
            unexplained stay curves; None gives each a function.
        snap: whether to look for simple constants.
        budget: seconds, roughly: the search for better functions ends after half of it.
        input_names: for the formula; the model's own if it has some.
        progress: show a progress bar.

    Returns:
        The network of functions; its ``report`` says how good it is, edge by edge and as a whole,
        and with ``found`` whether it may be called a formula of the data.

    Shape:
        x: (rows, in_features), y: (rows, out_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if data isn't finite or doesn't fit the model, or library or reach leave
            nothing to search.
    """
    began = perf_counter()
    kan = check_kan("regress", model)
    check_search("regress", library, reach=reach)
    x = as_input(model, x)
    x = x.reshape(-1, x.shape[-1]).double()
    with torch.no_grad():
        y = kan(x.to(next(kan.parameters()))).double() if y is None else _target(y, kan, x)
    x, y = spread_rows(x, FINAL_ROWS), spread_rows(y, FINAL_ROWS)
    if mixes(kan):
        kan = unmix(kan, x.to(next(kan.parameters())), y)
    network = all_curves(kan)
    if input_names is not None:
        network.input_names = distinct_names("regress", input_names, kan.in_features)
    with tqdm(disable=not progress, unit="edge", desc="regress") as bar:
        few = spread_rows(x, FIT_ROWS), spread_rows(y, FIT_ROWS)
        variance = variance_of(few[1])
        task = _Task(*few, variance, library.searched(), reach, began + budget / 2, bar)
        before = task.share(network)
        found, edges = _all_fixed(network, task, before, numeric_above)
        if found.is_symbolic:
            found = without_dead(_exchanged(_refitted(found, task, 30), edges, task))
        found = _refitted(found, replace(task, x=x, y=y), 50)
        if snap:
            found = snap_constants(found, x, y)
    found.report = _report(found, x, y, before, edges, perf_counter() - began)
    return found


def improved(
    model: SymbolicKAN,
    options: dict[EdgeIndex, list[Candidate]],
    x: Tensor,
    y: Tensor,
    seconds: float,
) -> SymbolicKAN:
    """A symbolic network refitted to the data, with other candidates where they are better.

    The part of :func:`regress` that begins when every edge has a function.
    """
    variance = variance_of(y)
    deadline = perf_counter() + seconds
    task = _Task(x, y, variance, [], 0.0, deadline, tqdm(disable=True))
    found = _exchanged(_refitted(model, task, 30), options, task)
    return _refitted(found, task, 30)


def _target(y: Any, model: nn.Module, x: Tensor) -> Tensor:
    y = torch.as_tensor(y).to(x)
    y = y[:, None] if y.dim() == 1 else y
    outputs = model.widths[-1]  # type: ignore[index]
    if y.shape != (len(x), outputs) or not y.isfinite().all():
        raise ValueError(
            f"regress expected y finite and of shape {(len(x), outputs)}, got "
            f"{tuple(y.shape)}: for classes leave y out, and the model's answers are read"
        )
    return y


def _floor(share: float) -> float:
    return min(max(share, LEAST_FLOOR), MOST_FLOOR)


def _refitted(model: SymbolicKAN, task: _Task, steps: int) -> SymbolicKAN:
    """The model with its constants and curves fitted to y; itself if that fails."""
    if trainable(model) > MOST_PARAMETERS:
        return model
    before = task.share(model)
    try:
        new = model.refine(task.x, task.y, steps)
    except ValueError:  # predictions that aren't finite
        return model
    return new if task.share(new) <= before else model


def _all_fixed(
    model: SymbolicKAN, task: _Task, before: float, numeric_above: float | None
) -> tuple[SymbolicKAN, dict[EdgeIndex, list[Candidate]]]:
    """Functions for the curves, least harmful first; and the candidates of each when chosen."""
    chosen: dict[EdgeIndex, list[Candidate]] = {}
    left = {(k, i, o) for k, s in enumerate(model.stack()) for i, o in s.numeric_ends()}
    task.bar.total = len(left)
    least = max(1, len(left) // 8)
    while left:
        floor = _floor(max(before, task.share(model)))
        found = candidates(
            model, task.x, task.variance, floor, task.functions, reach=task.reach, wanted=left
        )
        order = sorted(left, key=lambda p: found[p][0].harm)
        if numeric_above is not None:
            stay = [p for p in order if found[p][0].harm > numeric_above]
            order = [p for p in order if p not in set(stay)]
            if not order:
                break
        now = _batch(order, found, floor, least if not task.late() else len(order))
        chosen |= {p: found[p] for p in now}
        model = with_edges(model, {p: (found[p][0].edge, found[p][0].d) for p in now})
        left -= set(now)
        if left:
            model = _refitted(model, task, 5 if trainable(model) < 400 else 2)
        task.bar.update(len(now))
    return model, chosen


def _batch(
    order: list[EdgeIndex], found: dict[EdgeIndex, list[Candidate]], floor: float, least: int
) -> list[EdgeIndex]:
    """Those whose exchange the network won't notice, and at least a few."""
    now: list[EdgeIndex] = []
    harm = 0.0
    for place in order:
        harm += found[place][0].harm
        if harm > floor and len(now) >= least:
            break
        now.append(place)
    return now


def _exchanged(
    model: SymbolicKAN, options: dict[EdgeIndex, list[Candidate]], task: _Task
) -> SymbolicKAN:
    """The model with other candidates where they shorten the description, tried one by one."""
    rows = len(task.x)
    share = task.share(model)
    bits = formula_bits(model, share, rows)
    improved = True
    while improved and share > LEAST_FVU:
        improved = False
        for place, shortlist in options.items():
            for option in shortlist:
                if task.late():
                    return model
                if _has(model, place, option):
                    continue
                trial = _refitted(exchange(model, place, option.edge, task.x), task, 10)
                new_share = task.share(trial)
                new_bits = formula_bits(trial, new_share, rows)
                if new_bits < bits - 1:
                    model, bits, share, improved = trial, new_bits, new_share, True
    return model


def _has(model: SymbolicKAN, place: EdgeIndex, option: Candidate) -> bool:
    layer = model.stack()[place[0]].symbolic
    for (i, o), f in zip(layer.ends, layer.functions, strict=True):
        if (i, o) == place[1:]:
            return f.name == option.edge.function.name
    return option.edge.function.name == "0"


def report_of(model: SymbolicKAN, x: Tensor, y: Tensor) -> Report:
    """What can be said of a formula that didn't come from one network."""
    return _report(model, x, y, math.inf, {}, 0.0)


def _report(
    model: SymbolicKAN,
    x: Tensor,
    y: Tensor,
    before: float,
    options: dict[EdgeIndex, list[Candidate]],
    seconds: float,
) -> Report:
    with torch.no_grad():
        residual = y - model(x)
    variance = variance_of(y)
    share = float(residual.square().mean()) / variance
    verdict = judge(model, x, y, residual, before)
    edges = []
    for k, layer in enumerate(model.stack()):
        for (i, o), f in zip(layer.symbolic.ends, layer.symbolic.functions, strict=True):
            same = [c.r2 for c in options.get((k, i, o), []) if c.edge.function.name == f.name]
            edges.append(EdgeReport(k, i, o, f.name, same[0] if same else None))
        edges += [EdgeReport(k, i, o, None, None) for i, o in layer.numeric_ends()]
    return Report(
        edges=edges,
        r2=1 - share,
        rmse=float(residual.square().mean().sqrt()),
        network_r2=1 - before,
        found=verdict.found,
        exact=verdict.exact,
        reason=verdict.reason,
        bits=formula_bits(model, share, len(x)),
        seconds=seconds,
    )
