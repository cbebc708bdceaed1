"""`regress`: turn a trained network into a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._bars import Bar
from edgewise._checks import check_numbers, check_settings, read_count
from edgewise._derivatives import needs_derivatives
from edgewise.data.rows import pick_evenly
from edgewise.explain.names import distinct_names, feature_names, node_names
from edgewise.explain.unmix import unmix
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.simplify import simplify_tree
from edgewise.formula.typeset import Statement
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn.reading import read_rows
from edgewise.search.budget import Budget
from edgewise.symbolic.build import as_network
from edgewise.symbolic.criterion import network_bits, variance_of
from edgewise.symbolic.edges import EdgeIndex
from edgewise.symbolic.naming import LEAST_FLOOR, NamingTask, form_of_edge, name_edges, refit
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.report import MOST_EDGES, EdgeReport, Report
from edgewise.symbolic.smaller import find_smaller
from edgewise.symbolic.snap import snap as snap_constants
from edgewise.symbolic.suggestions import (
    EdgeCandidate,
    check_search,
    check_size,
)
from edgewise.symbolic.verdict import judge

FIT_ROWS = 2000
"""Most rows for refits during the search; the final refit uses FINAL_ROWS."""
FINAL_ROWS = 20_000
CURVE_ERROR = 1e-4
"""Assumed FVU of a trained network if y isn't given."""


@needs_derivatives
def regress(
    model: nn.Module,
    x: Any,
    y: Any = None,
    *,
    library: Library | Iterable[str | Function] = LIBRARY,
    reach: float = 16.0,
    numeric_above: float | None = None,
    expressions: bool = True,
    snap: bool = True,
    budget: float = 30.0,
    evaluations: int | None = None,
    input_names: Sequence[str] | None = None,
    progress: bool = False,
) -> SymbolicKAN:
    """Replace every curve of a network by a function, so that the network is a formula.

    An edge for which no single function is good enough may become an expression: a sum, product,
    ratio or composition of functions.

    1. With y, the smallest part of the network is sought whose curves, fitted to y again, describe
       it in fewer bits than the network (:mod:`.smaller`). If its formula isn't exact, the network
       itself gets one, too.
    2. All functions are fitted to all edges at once.
    3. The edges whose replacement costs the network least get their function, the rest is refitted,
       and so on until no curve is left.
    4. Edges are left out, and functions exchanged, if that shortens the description of the data
       (:mod:`.criterion`). First those are tried that y asks for: a function is fitted to the curve
       and the residual of y together, so it needn't resemble the curve.
    5. Steps 2 to 4 are done at several tolerances, from a coarse one to the network's own error,
       until a formula is exact. The shortest description is kept.
    6. Constants are snapped to simple numbers where the data permit it
       (:func:`~edgewise.symbolic.snap.snap`).

    Refits are by Levenberg-Marquardt on y. If normalisations of the model mix the inputs, it is
    first turned into a model whose edges are functions of one variable
    (:func:`edgewise.surgery.unmix`).

    Args:
        model: a KAN, or a network with functions on some edges
            (:func:`~edgewise.surgery.fix_edge`), which are kept, as are all its nodes. It isn't
            changed.
        x, y: data; y defaults to the model's predictions. At most 20,000 rows are used.
        library: the functions to choose from; names are those of ``LIBRARY``.
        reach: the largest |a| to try, for x scaled to [-1, 1].
        numeric_above: edges whose best function would leave more than this fraction of y's
            variance unexplained stay curves; None replaces all curves.
        expressions: whether edges may become expressions.
        snap: whether to snap constants to simple numbers.
        budget: seconds, approximately; the search for better functions ends after half of it.
        evaluations: evaluations of formulas after which the search ends, too. Unlike seconds, they
            give the same result on a busy machine.
        input_names: names in the formula; by default the model's own.
        progress: whether to show a progress bar.

    Returns:
        The network of formulas. Its ``report`` has the quality of each edge and of the whole, and
        the ``verdict``.

    Shape:
        x: (rows, in_features), y: (rows, out_features)

    Raises:
        TypeError: if the model isn't a KAN.
        ValueError: if data aren't finite or real, are beyond 1e±70, or don't fit the model, or
            library or reach leave nothing to search.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50)[:, None]
        >>> model = ew.KAN([1, 1], seed=0)
        >>> history = ew.fit(model, x, x.sin(), optimizer="lbfgs", steps=10, progress=False)
        >>> str(ew.symbolic.regress(model, x, x.sin(), library=["x", "sin"]).formula())
        'sin(x0)'
    """
    began = perf_counter()
    kan = model if isinstance(model, SymbolicKAN) else check_kan("regress", model)
    library = Library.of(library)
    check_search("regress", library, reach=reach)
    check_settings("regress", expressions=expressions, snap=snap, progress=progress)
    check_numbers("regress", greatest=math.inf, budget=budget)
    if evaluations is not None:
        read_count("regress", "evaluations", evaluations, 1)
    if numeric_above is not None:
        check_numbers("regress", greatest=math.inf, numeric_above=numeric_above)
    x = as_input(model, x)
    x = x.reshape(-1, x.shape[-1]).double()
    check_size("regress", "x", x)
    given = y is not None
    with torch.no_grad():
        y = kan(x.to(next(kan.parameters()))).double() if y is None else _target(y, kan, x)
    check_size("regress", "y", y)
    rows = pick_evenly(len(x), FINAL_ROWS)
    x, y = x[rows], y[rows]
    network = _as_network(kan, x, y)
    if input_names is not None:
        network.input_names = distinct_names("regress", input_names, kan.in_features)
    rows = pick_evenly(len(x), FIT_ROWS)
    few = x[rows], y[rows]
    with Bar(disable=not progress, unit="edge", desc="regress") as bar:
        task = NamingTask(
            *few,
            variance_of(few[1]),
            library,
            reach,
            Budget(budget / 2, evaluations or math.inf),
            expressions,
            LEAST_FLOOR if given else CURVE_ERROR,
            bar,
        )
        before = task.fvu(network)
        result, options = _name(network, task, before, numeric_above, given)
        result = refit(result, replace(task, x=x, y=y), 50)
        if snap:
            result = snap_constants(result, x, y)
    result.report = _report(result, x, y, before, options, perf_counter() - began)
    return result


def _name(
    network: SymbolicKAN, task: NamingTask, before: float, numeric_above: float | None, given: bool
) -> tuple[SymbolicKAN, dict[EdgeIndex, list[EdgeCandidate]]]:
    """The formula of a smaller network, if there is one and it is exact, or of this one."""
    smaller = network
    if given and numeric_above is None:
        smaller = find_smaller(network, task.share(2))
    if smaller is network:
        return name_edges(network, task, before, numeric_above)
    found = name_edges(smaller, task.share(2), task.fvu(smaller), None)
    if task.is_exact(found[0]):
        return found
    other = name_edges(network, task, before, None)
    return min(found, other, key=lambda each: task.bits(each[0]))


def _as_network(model: KAN | SymbolicKAN, x: Tensor, y: Tensor) -> SymbolicKAN:
    """The model as a SymbolicKAN in float64, with curves on edges without a function."""
    if isinstance(model, KAN) and model.mixes_features:
        model = unmix(model, x.to(next(model.parameters())), y)
    return as_network(model)


def _target(y: Any, kan: KAN | SymbolicKAN, x: Tensor) -> Tensor:
    hint = ": for classes leave y out, and the model's outputs are used"
    y = read_rows("regress y", y, kan.widths[-1], like=x, hint=hint)
    if len(y) != len(x):
        raise ValueError(f"regress expected y with {len(x)} rows, as x, got {len(y)}{hint}")
    return y


def _report(
    model: SymbolicKAN,
    x: Tensor,
    y: Tensor,
    before: float,
    options: dict[EdgeIndex, list[EdgeCandidate]],
    seconds: float,
) -> Report:
    with torch.no_grad():
        residual = y - model(x)
    variance = variance_of(y)
    fvu = float(residual.square().mean()) / variance
    nodes = node_names(model.widths, feature_names(model, model.widths[0], None))

    def report(k: int, i: int, o: int, function: str | None, r2: float | None) -> EdgeReport:
        return EdgeReport(k, i, o, function, r2, f"{nodes[k][i]} → {nodes[k + 1][o]}")

    edges = []
    for k, layer in enumerate(model.stack()):
        for edge in layer.symbolic.edges():
            mine = options.get(EdgeIndex(k, edge.i, edge.o), [])
            same = [c.r2 for c in mine if form_of_edge(c.edge) == form_of_edge(edge)]
            edges.append(report(k, edge.i, edge.o, edge.name, same[0] if same else None))
        edges += [report(k, i, o, None, None) for i, o in layer.numeric_ends()]
    return Report(
        edges=edges,
        r2=1 - fvu,
        rmse=float(residual.square().mean().sqrt()),
        network_r2=1 - before,
        verdict=judge(model, x, y, residual, before),
        bits=network_bits(model, fvu, len(x)),
        seconds=seconds,
        statements=_state(model) if len(edges) <= MOST_EDGES else [],
    )


def _state(model: SymbolicKAN) -> list[Statement]:
    """The formula of each output; none while edges are curves."""
    if not model.is_symbolic:
        return []
    trees = [simplify_tree(tree) for tree in model.trees()]
    outputs = ["y"] if len(trees) == 1 else [f"y{k}" for k in range(len(trees))]
    pairs = zip(outputs, trees, strict=True)
    return [Statement(output, tree, list(model.input_names)) for output, tree in pairs]
