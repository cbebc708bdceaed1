"""Sums of products of curves, as symbolic networks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from edgewise.discovery.groups import Group, with_groups
from edgewise.discovery.links import Link
from edgewise.discovery.separable import (
    Problem,
    SeparableFit,
    share_of,
    swept,
)
from edgewise.symbolic.build import Place
from edgewise.symbolic.criterion import edge_bits
from edgewise.symbolic.fit import Curves, fit_function
from edgewise.symbolic.library import Function, Library
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer
from edgewise.symbolic.suggestions import Candidate

POINTS = 256
COMMON = 5.0
"""Complexity up to which functions are tried first."""
SMALL = 1e-10
"""Share of the variance below which a curve is nothing."""


@torch.no_grad()
def pruned(problem: Problem, fit: SeparableFit, sweeps: int = 20) -> SeparableFit:
    """The fit without factors that are constant and curves that are nothing, fitted again.

    A product of one factor is a curve of the sum; one of none is a constant.
    """
    floor = max(3 * fit.share, SMALL)
    rows = slice(0, problem.train)
    phi, w = problem.phi[:, rows], problem.weight[rows]
    target = problem.target[rows]
    total = ((target - (target * w.square()).sum() / w.square().sum()) * w).square().mean()
    values, curves = fit.values(phi), fit.curves(phi)
    factors, active = fit.factors.clone(), fit.active.clone()
    for r, i in fit.active.nonzero().tolist():
        others = torch.cat([values[r, :i], values[r, i + 1 :]]).prod(0)
        importance = (others * w).square()
        mean = (values[r, i] * importance).sum() / importance.sum().clamp_min(1e-300)
        harm = ((values[r, i] - mean) * others * w).square().mean() / total
        if float(harm) < floor:
            active[r, i] = False
            values[r, i] = 1.0
            nxt = active[r].nonzero()[:1, 0]
            factors[r, nxt] *= mean
            values[r, nxt] *= mean
    added = fit.added.clone()
    for i in added.nonzero()[:, 0].tolist():
        mean = (curves[i] * w.square()).sum() / w.square().sum()
        added[i] = float(((curves[i] - mean) * w).square().mean() / total) > floor
    count = active.sum(1)
    for r in (count == 1).nonzero()[:, 0].tolist():
        added |= active[r]
    keep = count > 1
    new = SeparableFit(factors[keep], active[keep], fit.additive.clone(), added)
    return swept(problem, new, sweeps)


@dataclass(frozen=True)
class _Curve:
    """One curve to name: a factor (product r) or a term of the sum (product None)."""

    product: int | None
    variable: int


@torch.no_grad()
def symbolized(
    x: Tensor,
    problem: Problem,
    fit: SeparableFit,
    link: Link,
    library: Library,
    groups: list[Group],
    *,
    reach: float,
    sign: float = 1.0,
    keep: int = 3,
) -> tuple[SymbolicKAN, dict[Place, list[Candidate]]]:
    """The network of the best function for each curve, and the candidates of each edge.

    Its layers make the groups, then the factors and terms, then their sum, then y; `sign` is what y
    was multiplied with.

    Shape:
        x: (rows, in), the inputs themselves
    """
    wide = with_groups(x, groups)
    named = _named_curves(wide, problem, fit, library.searched(), reach, keep)
    depth = len(groups)
    count = len(fit.factors)
    some_sum = bool(fit.added.any())
    edges = []
    options: dict[Place, list[Candidate]] = {}
    for curve, candidates in named.items():
        o = count if curve.product is None else curve.product
        best = candidates[0]
        constant = 0.0 if curve.product is None else best.d
        edges.append(replace(best.edge, o=o, d=constant))
        options[depth, curve.variable, o] = [
            replace(c, edge=replace(c.edge, o=o)) for c in candidates
        ]
    offset = sum(c[0].d for curve, c in named.items() if curve.product is None)
    like = x.new_zeros
    bias = like(count + some_sum)
    layers = _group_layers(x.shape[1], groups, library["x"], x)
    outer = link.outer(library)
    identity = library["x"]
    plain = outer.name == "x"
    if count + some_sum == 1 and (some_sum or fit.constant == 0 or plain):
        if some_sum:
            bias[0] = offset + fit.constant
        layers.append(_layer(wide.shape[1], bias, edges, range(count)))
        tail = fit.constant if not some_sum else 0.0
        last = Edge(0, 0, outer, 1.0, 0.0, sign)
        layers.append(_layer(1, like(1) + sign * tail, [last]))
        if plain and some_sum:  # nothing but a sum: y itself
            layers = layers[:-1]
            bias = (bias * sign).clone()
            layers[-1] = _layer(wide.shape[1], bias, [replace(e, c=e.c * sign) for e in edges])
    else:
        if some_sum:
            bias[count] = offset
        layers.append(_layer(wide.shape[1], bias, edges, range(count)))
        scale = sign if plain else 1.0
        summed = [Edge(r, 0, identity, 1.0, 0.0, scale) for r in range(count + some_sum)]
        layers.append(_layer(count + some_sum, like(1) + scale * fit.constant, summed))
        if not plain:
            layers.append(_layer(1, like(1), [Edge(0, 0, outer, 1.0, 0.0, sign)]))
    return SymbolicKAN(layers), options


def _layer(
    in_features: int, bias: Tensor, edges: list[Edge], products: range | tuple[int, ...] = ()
) -> SymbolicLayer:
    return SymbolicLayer(SymbolicEdges(in_features, bias, edges, list(products)))


def _group_layers(
    inputs: int, groups: list[Group], identity: Function, like: Tensor
) -> list[SymbolicLayer]:
    """One layer for each group: all variables as they are, and the new one."""
    layers = []
    for n, group in enumerate(groups):
        width = inputs + n

        def fixed(i: int, o: int, c: float = 1.0) -> Edge:
            return Edge(i, o, identity, 1.0, 0.0, c, fixed=True)

        edges = [fixed(i, i) for i in range(width)]
        name = group.operation.name
        products = [width] if name in "*/" else []
        edges.append(fixed(group.i, width))
        if name == "/":
            from edgewise.symbolic.library import LIBRARY

            edges.append(Edge(group.j, width, LIBRARY["1/x"], 1.0, 0.0, 1.0, fixed=True))
        else:
            edges.append(fixed(group.j, width, -1.0 if name == "-" else 1.0))
        bias = like.new_zeros(width + 1)
        layers.append(SymbolicLayer(SymbolicEdges(width, bias, edges, products)))
    return layers


def _named_curves(
    wide: Tensor,
    problem: Problem,
    fit: SeparableFit,
    functions: list[Function],
    reach: float,
    keep: int,
) -> dict[_Curve, list[Candidate]]:
    """Candidates for every curve; all of one variable at once."""
    rows = torch.linspace(0, len(wide) - 1, min(POINTS, len(wide))).round().long()
    phi, w = problem.phi[:, rows], problem.weight[rows]
    target = problem.target
    mean = (target * problem.weight.square()).sum() / problem.weight.square().sum()
    total = float(((target - mean) * problem.weight).square().mean())
    values, curves = fit.values(phi), fit.curves(phi)
    floor = min(max(share_of(problem, fit, slice(None)), 1e-12), 0.25)
    found: dict[_Curve, list[Candidate]] = {}
    for i in range(wide.shape[1]):
        mine = [_Curve(r, i) for r in fit.active[:, i].nonzero()[:, 0].tolist()]
        mine += [_Curve(None, i)] if bool(fit.added[i]) else []
        if not mine:
            continue
        ys, weights = [], []
        for curve in mine:
            r = curve.product
            ys.append(curves[i] if r is None else values[r, i])
            others = 1.0 if r is None else torch.cat([values[r, :i], values[r, i + 1 :]]).prod(0)
            weights.append((w * others).square())
        weight = torch.stack(weights)
        at = Curves(wide[rows, i][None], torch.stack(ys)[None], weight)
        share = _variance(at) * weight.mean(-1) / total
        fits = [fit_function(f, at, reach) for f in functions if f.complexity <= COMMON]
        best = torch.stack([f.r2[0] for f in fits]).amax(0) if fits else -torch.ones_like(share)
        if bool(((1 - best) * share > floor).any()):  # else one of the common functions it is
            fits += [fit_function(f, at, reach) for f in functions if f.complexity > COMMON]
        for n, curve in enumerate(mine):
            each = []
            for f in fits:
                a, b, c, d, r2 = (float(t[0, n]) for t in (f.a, f.b, f.c, f.d, f.r2))
                harm = max(1 - r2, 0.0) * float(share[n])
                bits = edge_bits(f.function, harm, floor, phi.shape[2], phi.shape[1])
                each.append(Candidate(Edge(i, 0, f.function, a, b, c), d, r2, harm, bits))
            found[curve] = sorted(each, key=lambda c: c.bits)[:keep]
    return found


def _variance(curves: Curves) -> Tensor:
    w = curves.weight / curves.weight.sum(-1, keepdim=True)
    mean = (curves.y[0] * w).sum(-1, keepdim=True)
    return ((curves.y[0] - mean).square() * w).sum(-1)
