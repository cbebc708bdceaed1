"""An additive model as an ew.KAN, exactly.

A curve is an edge: B-splines on the knots that the data gave it, which go on as lines. Levels and
missing values are inputs of 0 and 1 with straight edges. A surface Σ W_ab f_a(x) g_b(y) is a sum
of product nodes, one for each singular value of W; a surface of three columns has a few for each.
Hidden sums of networks are further nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve
from edgewise.additive.deep import Deep
from edgewise.additive.encoder import Absence, Encoder, Number, make_encoder, read_input
from edgewise.additive.fitted_range import Seen
from edgewise.additive.joined_splines import DEGREE, find_control_points, join_points
from edgewise.additive.outputs import Output
from edgewise.additive.products import Surface
from edgewise.additive.terms import Levels, Offset, Term
from edgewise.bases import BSpline
from edgewise.models import KAN
from edgewise.nn.linear import KANLinear
from edgewise.nn.standard import Standard


class TermPart(NamedTuple):
    """The contribution of a term of one column to an output of the first layer.

    Attributes:
        output: its number.
        weights: as :meth:`Term.multiply` takes them, (weights, 1).
    """

    output: int
    term: Term
    weights: Array


@dataclass(frozen=True, eq=False)
class Plan:
    """The sums of a model, the hidden sums of its networks, and the factors of its surfaces.

    Attributes:
        parts: the parts of all nodes: sums, hidden sums, then the factors of each product.
        constants: the constants of sums and hidden sums, (sums + hidden sums,).
        owners: the sum to which each product belongs, (products,).
        arities: the number of its factors, (products,).
        hidden: the curve of each hidden sum, and its coefficients, (splines, sums).
    """

    parts: list[TermPart]
    constants: Array
    owners: list[int]
    arities: list[int]
    hidden: list[tuple[Curve, Array]]


def find_encoder(outputs: Sequence[Output], names: Sequence[str], seen: Sequence[Seen]) -> Encoder:
    """The encoder of a table for the network of :func:`make_kan`.

    Raises:
        ValueError: if no column has an effect.
    """
    terms: list[Term] = []
    for output in outputs:
        for term, weights in output.model.weights():
            if weights[:, output.place].any() or isinstance(term, Offset):
                terms += _list_readers(term)
    return make_encoder(terms, names, seen)


def _list_readers(term: Term) -> list[Term]:
    """The terms of single columns that a term is made of."""
    if isinstance(term, Deep):
        return [one for inner, _ in term.networks for one in inner.terms]
    if isinstance(term, Surface):
        return [side for part, _ in term.split(np.zeros((term.width, 1))) for side in part.sides]
    return [term]


def make_kan(outputs: Sequence[Output], encoder: Encoder) -> KAN:
    """The network that computes sums of effects from the rows of an encoder.

    .. math:: y_k = b_k + \\sum_i f_{ki}(x_i) + \\sum_r \\prod_s g_{krs}(x_{i(r, s)})

    y_k is the argument of the link; where effects add up, in the units of the target. The network
    has one layer, and with surfaces or networks a second one, which adds the products and the
    curves of hidden sums to the sums. Edges that the model doesn't have are masked, so that the
    network stays such a sum when it is trained.
    """
    plan = _plan(outputs)
    layers = [_make_first(plan, encoder)]
    if plan.owners or plan.hidden:
        layers.append(_make_second(len(outputs), plan))
    kan = KAN.from_layers(layers, products=[tuple(plan.arities), ()][: len(layers)])
    kan.input_names = encoder.labels
    return kan


def _plan(outputs: Sequence[Output]) -> Plan:
    parts: list[TermPart] = []
    constants: list[float] = []
    owners: list[int] = []
    arities: list[int] = []
    hidden, inner, starts = _plan_hidden(outputs)
    for k, output in enumerate(outputs):
        constant = _find_base(output)
        for term, weights in output.model.weights():
            own = output.size * weights[:, [output.place]]
            if isinstance(term, Offset):
                own = np.full((1, 1), output.size)
            if not own.any():
                continue
            if isinstance(term, Deep):
                constant += _add_curves(term, own[:, 0], k, hidden)
                continue
            if not isinstance(term, Surface):
                parts.append(TermPart(k, term, own))
                continue
            constant -= float(term.means @ own[:, 0])
            for sides in term.factors(own[:, 0]):
                first = len(outputs) + len(starts) + sum(arities)
                parts += [TermPart(first + j, *side) for j, side in enumerate(sides)]
                owners.append(k)
                arities.append(len(sides))
        constants.append(constant)
    return Plan(
        inner + parts, np.array([*constants, *starts]), owners, arities, list(hidden.values())
    )


Hidden = dict[tuple[int, int, int], tuple[Curve, Array]]
"""By the id of a term, the number of its network and that of a hidden sum: as :class:`Plan`."""


def _plan_hidden(outputs: Sequence[Output]) -> tuple[Hidden, list[TermPart], list[float]]:
    """The curves of hidden sums, without coefficients, the parts of these sums, and constants."""
    hidden: Hidden = {}
    parts: list[TermPart] = []
    constants: list[float] = []
    deep = {id(t): t for output in outputs for t in output.model.terms if isinstance(t, Deep)}
    for name, term in deep.items():
        for n, (inner, outer) in enumerate(term.networks):
            for h, curve in enumerate(outer.terms):
                assert isinstance(curve, Curve)
                node = len(outputs) + len(hidden)
                hidden[name, n, h] = curve, np.zeros((curve.width, len(outputs)))
                parts += [TermPart(node, each, w[:, [h]]) for each, w in inner.weights()]
                constants.append(float(inner.coef[0, h]))
    return hidden, parts, constants


def _add_curves(term: Deep, own: Array, k: int, hidden: Hidden) -> float:
    """Set the coefficients of a term's curves for output k; return the constant beside them.

    Args:
        own: what multiplies the term's design columns, (columns,).
    """
    constant = -float(term.means @ own)
    own = own / len(term.networks)
    for n, (_, outer) in enumerate(term.networks):
        constant += float(outer.coef[0] @ own)
        for h, (_, weights) in enumerate(outer.weights()):
            hidden[id(term), n, h][1][:, k] = weights @ own
    return constant


def _find_base(output: Output) -> float:
    """The argument of the link for a row whose effects are all 0: log(scale · exp) adds a log."""
    if output.model.link.name == "log":
        return float(output.model.coef[0, output.place] + np.log(output.scale))
    return output.base


# The layers.


def _make_first(plan: Plan, encoder: Encoder) -> KANLinear:
    """The layer of all curves, levels and missing values."""
    knots = _find_knots(plan.parts, encoder)
    width, outputs = len(knots), len(plan.constants) + sum(plan.arities)
    coef = np.zeros((width, _count_splines(knots), outputs))
    base, mask = np.zeros((2, width, outputs))
    bias = np.zeros(outputs)
    bias[: len(plan.constants)] = plan.constants
    for k, term, weights in plan.parts:
        read = read_input(term)
        at = encoder.places[read]
        mask[at, k] = 1
        if isinstance(term, Curve):
            coef[at, :, k] += find_control_points(term.pieces(weights[:, 0]), knots[at.start])
            bias[k] -= term.means @ weights[:, 0]
            absent = encoder.places.get(Absence(read.column))
            if absent is not None:
                base[absent, k] -= _read_at(term, weights, term.centre)
                mask[absent, k] = 1
        elif isinstance(term, Levels):
            values, unknown = term.split(weights)
            base[at, k] += values[:, 0]
            bias[k] += unknown[0]
        elif isinstance(term, Offset):
            base[at, k] += term.factor * weights[0, 0]
            bias[k] += term.factor * weights[0, 0] * term.shift
        else:
            here, away = (_read_at(term, weights, x) for x in (0.0, np.nan))
            base[at, k] += away - here
            bias[k] += here
    layer = _make_layer(knots, coef, base, bias, mask)
    layer.norm = _standardise(encoder, width)
    return layer


def _make_second(sums: int, plan: Plan) -> KANLinear:
    """The layer that adds each product to its sum, and a curve of each hidden sum."""
    inner = slice(sums, sums + len(plan.hidden))
    base = np.zeros((inner.stop + len(plan.owners), sums))
    base[np.arange(sums), np.arange(sums)] = 1.0
    base[np.arange(inner.stop, len(base)), plan.owners] = 1.0
    mask = base.copy()
    points = [np.array([-2.0, 2.0]) for _ in base]
    points[inner] = [join_points([curve]) for curve, _ in plan.hidden]
    knots = _align_knots(points)
    coef = np.zeros((len(base), _count_splines(knots), sums))
    for at, (curve, weights) in enumerate(plan.hidden, start=sums):
        mask[at] = weights.any(0)
        for k in np.flatnonzero(mask[at]):
            coef[at, :, k] = find_control_points(curve.pieces(weights[:, k]), knots[at])
    return _make_layer(knots, coef, base, np.zeros(sums), mask)


def _count_splines(knots: Array) -> int:
    return knots.shape[1] - DEGREE - 1


def _make_layer(knots: Array, coef: Array, base: Array, bias: Array, mask: Array) -> KANLinear:
    """A layer of cubic splines that go on as lines, plus straight lines."""
    cells = _count_splines(knots) - DEGREE
    basis = BSpline(cells, DEGREE, uniform=False, linear_tails=True)
    layer = KANLinear(*base.shape, basis=basis, norm=None, init="zero", dtype=torch.float64)
    layer.set_basis(basis, (torch.from_numpy(knots),))
    with torch.no_grad():
        for tensor, values in ((layer.coef, coef), (layer.base_weight, base), (layer.bias, bias)):
            if tensor is not None:
                tensor.copy_(torch.from_numpy(values))
    layer.mask = torch.from_numpy(mask)
    return layer


def _standardise(encoder: Encoder, width: int) -> Standard:
    """The fixed map from the inputs to the coordinates of their knots."""
    norm = Standard(width, dtype=torch.float64)
    for one, place in encoder.places.items():
        if isinstance(one, Number):
            norm.scale[place], norm.shift[place] = one.map
    norm.settle()
    return norm


def _read_at(term: Term, weights: Array, x: float) -> float:
    """The effect at one value of its column, of a term of a column of numbers."""
    return float(term.multiply([np.array([x])] * (term.columns[0] + 1), weights)[0, 0])


# Splines.


def _find_knots(parts: Iterable[TermPart], encoder: Encoder) -> Array:
    """Knots of cubic splines for every input, on which all curves that read it are exact.

    Cells beyond the ends are as wide as their neighbours. Inputs of 0 and 1 have even knots, as
    they have no curves.

    Shape:
        (inputs, knots)
    """
    curves: dict[int, list[Curve]] = {}
    for part in parts:
        if isinstance(part.term, Curve):
            curves.setdefault(encoder.places[read_input(part.term)].start, []).append(part.term)
    return _align_knots(
        [
            join_points(curves[k]) if k in curves else np.array([0.0, 1.0])
            for k in range(len(encoder.labels))
        ]
    )


def _align_knots(points: Sequence[Array]) -> Array:
    """As many knots for every input, by halving the widest cells, and three cells at either end."""
    cells = max(len(each) for each in points) - 1
    return np.stack([_extend(_halve_cells(each, cells)) for each in points])


def _halve_cells(points: Array, cells: int) -> Array:
    while len(points) - 1 < cells:
        k = int(np.diff(points).argmax())
        points = np.insert(points, k + 1, (points[k] + points[k + 1]) / 2)
    return points


def _extend(points: Array) -> Array:
    """Add three cells at either end."""
    away = np.arange(1, DEGREE + 1)
    left, right = points[1] - points[0], points[-1] - points[-2]
    return np.concatenate([points[0] - left * away[::-1], points, points[-1] + right * away])
