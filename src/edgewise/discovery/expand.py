"""Products of sums as sums of products: (f + d)(g + e) = f g + e f + d g + d e.

Factors of a sum of products aren't unique: their constants may wander from one product to another.
Multiplied out and with equal terms together, only those terms stay that the data needs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from edgewise.symbolic.build import with_layers
from edgewise.symbolic.criterion import formula_bits, unexplained, variance_of
from edgewise.symbolic.gauge import canonical
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer

MOST_TERMS = 64
SAME = 1e-3
"""Relative difference up to which inner constants count as equal."""
NOTHING = 1e-12
"""Share of the variance that a term may add and still be left out, if the rest makes up for it."""


@dataclass(frozen=True)
class _Term:
    """A product of functions without constants beside them; of none: the constant 1."""

    factors: tuple[Edge, ...]

    def key(self) -> tuple[tuple[int, str], ...]:
        return tuple((e.i, e.function.name) for e in self.factors)

    def same(self, other: _Term) -> bool:
        if self.key() != other.key():
            return False
        pairs = zip(self.factors, other.factors, strict=True)
        return all(_close(p.a, q.a) and _close(p.b, q.b) for p, q in pairs)

    def values(self, h: Tensor) -> Tensor:
        made = h.new_ones(len(h))
        for e in self.factors:
            made = made * e.function.torch(e.a * h[:, e.i] + e.b)
        return made


def _close(p: float, q: float) -> bool:
    return abs(p - q) <= SAME * max(abs(p), abs(q), 1.0)


@torch.no_grad()
def expanded(model: SymbolicKAN, x: Tensor, y: Tensor) -> SymbolicKAN:
    """The network multiplied out, if that describes the data in fewer bits; else itself.

    Shape:
        x: (rows, in), y: (rows, 1)
    """
    at = _product_layer(model)
    if at is None:
        return model
    simple, _ = canonical(model)
    terms = _terms(simple, at)
    if terms is None:
        return model
    h = simple.select(x)
    for layer in simple.stack()[:at]:
        h = layer(h)
    target = h
    for layer in simple.stack()[at : at + 2]:
        target = layer(target)
    columns = torch.stack([t.values(h) for t in terms], 1)
    weight = _slope(simple, at + 2, target, y)
    chosen, coefficients = _selected(columns, target[:, 0], weight)
    new = _rebuilt(simple, at, [terms[n] for n in chosen], coefficients)
    variance = variance_of(y)
    new = new.refine(x, y, 20)
    shares = [unexplained(m, x, y, variance) for m in (model, new)]
    bits = [formula_bits(m, s, len(x)) for m, s in zip((model, new), shares, strict=True)]
    return new if bits[1] < bits[0] else model


def _product_layer(model: SymbolicKAN) -> int | None:
    """The layer that multiplies and whose nodes the next one only adds."""
    if not model.is_symbolic:
        return None
    layers = model.stack()
    for k in range(len(layers) - 1):
        above = layers[k + 1]
        free = any(o in layers[k].symbolic.products for _, o in layers[k].symbolic.ends)
        plain = all(f.name == "x" for f in above.symbolic.functions)
        if free and plain and above.out_features == 1 and not any(layers[k].symbolic.fixed):
            return k
    return None


def _terms(model: SymbolicKAN, at: int) -> list[_Term] | None:
    """All terms, equal ones once; None if there are too many."""
    below = model.stack()[at].symbolic
    found: list[_Term] = [_Term(())]
    edges = below.edges()
    for node in range(below.out_features):
        mine = sorted((e for e in edges if e.o == node), key=lambda e: e.i)
        if node in below.products:
            subsets = itertools.chain.from_iterable(
                itertools.combinations(mine, n) for n in range(1, len(mine) + 1)
            )
            needed = {e for e in mine if e.d == 0}
            made = [_Term(s) for s in subsets if needed <= set(s)]
        else:
            made = [_Term((e,)) for e in mine]
        for term in made:
            if not any(term.same(other) for other in found):
                found.append(term)
        if len(found) > MOST_TERMS:
            return None
    return found


def _slope(model: SymbolicKAN, first: int, value: Tensor, y: Tensor) -> Tensor:
    """How strongly y depends on the sum."""
    with torch.enable_grad():
        s = value.detach().requires_grad_()
        out = s
        for layer in model.stack()[first:]:
            out = layer(out)
        if out is s:
            return torch.ones_like(value[:, 0])
        (slope,) = torch.autograd.grad(out.sum(), s)
    return slope[:, 0].abs()


def _selected(columns: Tensor, target: Tensor, weight: Tensor) -> tuple[list[int], Tensor]:
    """The columns that are needed, the least needed left out one after another."""
    a, t = columns * weight[:, None], target * weight
    scale = a.square().mean(0).sqrt().clamp_min(1e-300)
    a = a / scale
    mean = (target * weight.square()).sum() / weight.square().sum()
    total = float(((target - mean) * weight).square().mean())
    left = list(range(a.shape[1]))
    solution, missed = _solved(a, t)
    limit = max(2 * missed / total, NOTHING)
    while len(left) > 1:
        order = sorted(range(len(left)), key=lambda n: float(solution[n].abs()))
        for n in order[:3]:
            rest = [m for k, m in enumerate(left) if k != n]
            trial, worse = _solved(a[:, rest], t)
            if worse / total <= limit:
                left, solution = rest, trial
                break
        else:
            break
    return left, solution / scale[left]


def _solved(a: Tensor, t: Tensor) -> tuple[Tensor, float]:
    solution = torch.linalg.lstsq(a, t[:, None], driver="gelsd").solution[:, 0]
    return solution, float((a @ solution - t).square().mean())


def _rebuilt(model: SymbolicKAN, at: int, terms: list[_Term], coefficients: Tensor) -> SymbolicKAN:
    """The network with these terms, and their coefficients in the sum above."""
    layers = model.stack()
    identity = layers[at + 1].symbolic.functions[0]
    edges, summed, products = [], [], []
    bias = coefficients.new_zeros(1)
    node = 0
    for term, c in zip(terms, coefficients.tolist(), strict=True):
        if not term.factors:
            bias[0] += c
            continue
        for e in term.factors:
            edges.append(replace(e, o=node, c=1.0, d=0.0))
        products.append(node)
        summed.append(Edge(node, 0, identity, 1.0, 0.0, c))
        node += 1
    width = layers[at].in_features
    new = SymbolicEdges(width, coefficients.new_zeros(node), edges, products)
    # A product of functions without constants beside them: none is added by a refit.
    new.free[:, 2:] = False
    new.free_bias[:] = False
    above = SymbolicEdges(node, bias, summed)
    return with_layers(
        model,
        [*layers[:at], SymbolicLayer(new), SymbolicLayer(above), *layers[at + 2 :]],
    )
