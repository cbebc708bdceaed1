"""Candidates for every edge of a network that is still a curve, in context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.grids.layers import as_input
from edgewise.interpret.edges import check_kan, edge_values
from edgewise.interpret.unmix import mixes
from edgewise.symbolic.build import all_curves
from edgewise.symbolic.criterion import edge_bits, variance_of
from edgewise.symbolic.edges import Edge, EdgeIndex
from edgewise.symbolic.fit import Curves, FunctionFit, fit_function
from edgewise.symbolic.library import LIBRARY, Function, Library
from edgewise.symbolic.network import SymbolicKAN

POINTS = 256


@dataclass(frozen=True)
class Candidate:
    """A function for an edge.

    Attributes:
        edge, d: the edge is c · f(a x + b) + d.
        r2: of the function against the curve.
        harm: the share of y's variance that the exchange would cost, to first order.
        bits: the description length of the edge (see :mod:`.criterion`).
    """

    edge: Edge
    d: float
    r2: float
    harm: float
    bits: float


def check_search(owner: str, library: Library, **positive: float) -> None:
    """Raises ValueError if there is nothing to search, or a bound isn't above 0."""
    if not len(library):
        raise ValueError(f"{owner} expected a library of functions, got none: LIBRARY has them all")
    for name, value in positive.items():
        if not value > 0:
            raise ValueError(f"{owner} expected {name} > 0, got {value}: leave it out")


def spread_rows(x: Tensor, most: int) -> Tensor:
    """At most so many rows, evenly out of all."""
    if len(x) <= most:
        return x
    return x[torch.linspace(0, len(x) - 1, most, device=x.device).round().long()]


@torch.no_grad()
def candidates(
    model: SymbolicKAN,
    x: Tensor,
    variance: float,
    floor: float,
    functions: list[Function],
    *,
    reach: float,
    keep: int = 4,
    wanted: set[EdgeIndex] | None = None,
) -> dict[EdgeIndex, list[Candidate]]:
    """For each curve the best few functions, the fewest bits first.

    Args:
        x: rows of inputs; a few hundred of them are used.
        variance: of y, over all outputs.
        floor: ε of :mod:`.criterion`.
        wanted: only these edges.
    """
    rows = len(x)
    x = spread_rows(x, POINTS)
    found: dict[EdgeIndex, list[Candidate]] = {}
    for k, (layer, h, slope) in enumerate(zip(model.stack(), *_contexts(model, x), strict=True)):
        ends = [(i, o) for i, o in layer.numeric_ends() if wanted is None or (k, i, o) in wanted]
        if not ends or layer.numeric is None:
            continue
        inputs = sorted({i for i, _ in ends})
        values = edge_values(layer.numeric, h)[:, inputs]  # (rows, in, out)
        # A node that nothing depends on would make all weights 0.
        weight = (slope.square() + 1e-12 * slope.square().amax() + 1e-300).t().contiguous()
        curves = Curves(h[:, inputs].t().contiguous(), values.permute(1, 2, 0).contiguous(), weight)
        fits = [fit_function(f, curves, reach) for f in functions]
        spreads = _weighted_variance(curves) * weight.mean(-1) / variance  # (in, out)
        row = {i: n for n, i in enumerate(inputs)}
        tables = [tuple(t.tolist() for t in (f.a, f.b, f.c, f.d, f.r2)) for f in fits]
        share = spreads.tolist()
        size = layer.numeric.basis.num_basis
        for i, o in ends:
            edge_fits = zip(fits, tables, strict=True)
            each = [
                _candidate(f, t, row[i], i, o, share[row[i]][o], floor, size, rows)
                for f, t in edge_fits
            ]
            found[k, i, o] = sorted(each, key=lambda c: c.bits)[:keep]
    return found


def _candidate(
    fit: FunctionFit,
    table: tuple[list[list[float]], ...],
    row: int,
    i: int,
    o: int,
    spread: float,
    floor: float,
    num_basis: int,
    rows: int,
) -> Candidate:
    a, b, c, d, r2 = (t[row][o] for t in table)
    harm = max(1 - r2, 0.0) * spread
    bits = edge_bits(fit.function, harm, floor, num_basis, rows)
    return Candidate(Edge(i, o, fit.function, a, b, c), d, r2, harm, bits)


def _weighted_variance(curves: Curves) -> Tensor:
    """(in, out)"""
    w = curves.weight / curves.weight.sum(-1, keepdim=True)
    mean = (curves.y * w).sum(-1, keepdim=True)
    return ((curves.y - mean).square() * w).sum(-1)


def _contexts(model: SymbolicKAN, x: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """What each layer gets, and how strongly the outputs depend on each of its nodes.

    Shape:
        for each layer (rows, in), and (rows, out): √ Σ_k (∂y_k/∂node)²
    """
    with torch.enable_grad():
        h = model.select(x)
        inputs: list[Tensor] = []
        nodes: list[Tensor] = []
        for layer in model.stack():
            inputs.append(h.detach())
            h = layer(h.detach() if not nodes else h)
            if not h.requires_grad:
                h.requires_grad_()
            nodes.append(h)
        squares = [torch.zeros_like(n) for n in nodes]
        for o in range(h.shape[1]):
            slopes = torch.autograd.grad(h[:, o].sum(), nodes, retain_graph=True, allow_unused=True)
            for total, slope in zip(squares, slopes, strict=True):
                if slope is not None:
                    total += slope.square()
    return inputs, [s.sqrt() for s in squares]


@dataclass(frozen=True)
class Suggestion:
    """A function for one edge of a model: c · f(a x + b) + d.

    Attributes:
        function: its name in the library.
        a, b, c, d: the constants; x is what the layer gets, before its normalisation.
        r2: of the function against the curve, rows weighted by how much the outputs depend on them.
        harm: the share of the variance of the outputs that the exchange would cost.
        bits: description length, the fewer the better.
    """

    function: str
    a: float
    b: float
    c: float
    d: float
    r2: float
    harm: float
    bits: float


def suggest(
    model: nn.Module,
    x: Any,
    edge: tuple[int, int, int] | None = None,
    *,
    library: Library = LIBRARY,
    reach: float = 16.0,
    top: int = 5,
    floor: float = 1e-6,
) -> Any:
    """The best functions for an edge (layer, input, output), or for all edges at once.

    Args:
        model: a KAN whose normalisations don't mix the inputs (:func:`edgewise.unmix`
            makes one); it isn't changed.
        x: data; a few hundred rows of it are used.
        library: the functions to choose from.
        reach: the greatest |a| to try, where x is scaled to [-1, 1].
        top: how many, those with the fewest bits first.
        floor: share of the outputs' variance below which a misfit doesn't matter.

    Returns:
        A list of :class:`Suggestion` for the edge; without one a dict of such lists by edge.

    Raises:
        ValueError: if the edge isn't there or is masked, a normalisation mixes the inputs, or
            library, reach or floor leave nothing to search.
    """
    kan = check_kan("suggest", model)
    check_search("suggest", library, reach=reach, floor=floor)
    if mixes(kan):
        raise ValueError(
            "suggest expected edges that are functions of one variable, got a normalisation that "
            "mixes the inputs: suggest(edgewise.unmix(model, x), x)"
        )
    x = as_input(kan, x)
    x = x.reshape(-1, x.shape[-1]).double()
    network = all_curves(kan)
    every = {(k, i, o) for k, s in enumerate(network.stack()) for i, o in s.numeric_ends()}
    if edge is not None and tuple(edge) not in every:
        raise ValueError(
            f"suggest expected an edge (layer, input, output) of the widths {kan.widths}, not "
            f"masked; got {edge}"
        )
    with torch.no_grad():
        y = network(x)
    variance = variance_of(y)
    wanted = every if edge is None else {(edge[0], edge[1], edge[2])}
    found = candidates(
        network, x, variance, floor, library.searched(), reach=reach, keep=top, wanted=wanted
    )
    named = {place: [_named(c) for c in each] for place, each in found.items()}
    return named if edge is None else named[edge[0], edge[1], edge[2]]


def _named(c: Candidate) -> Suggestion:
    e = c.edge
    a, b, factor, _ = e.values()
    return Suggestion(e.function.name, a, b, factor, c.d, c.r2, c.harm, c.bits)
