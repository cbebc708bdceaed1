"""Single edges: a function in the place of a curve, a curve again, and what an edge does."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers
from edgewise.bases import Basis
from edgewise.data.rows import pick_evenly
from edgewise.explain.edge_curves import mixing_norm
from edgewise.explain.edges import layer_inputs
from edgewise.formula.continuation import evaluate
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, Library
from edgewise.grids.layers import as_input
from edgewise.models.adapt_to_data import place_grid
from edgewise.models.kan import KAN
from edgewise.models.layered import Layered
from edgewise.nn import KANLinear
from edgewise.nn.frozen import freeze_
from edgewise.nn.init import leave_zero, put_coef
from edgewise.surgery.views import check_edge, takes_edge
from edgewise.symbolic.build import as_curves, layer_places, with_edges, with_layers
from edgewise.symbolic.curve_fits import WeightedCurves, fit_function
from edgewise.symbolic.edges import Edge, EdgeIndex
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN

FIT_ROWS = 5000
POINTS = 400
"""Rows on which a function is fitted, and points on which a curve draws a function."""


@dataclass(frozen=True)
class EdgeFix:
    """The function that :func:`fix_edge` gave an edge: ``model.report``.

    Attributes:
        layer, i, j: where the edge is in the new model, in which products are layers of their own.
        function: its name.
        a, b, c, d: of c · f(a x + b) + d.
        r2: the part of the curve's variance that it explains; None for numbers that were given.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.fix_edge(ew.KAN([2, 1]), (0, 1, 0), "sin", numbers=(3, 0, 2, 0))
        >>> model.report
        EdgeFix(layer=0, i=1, j=0, function='sin', a=3.0, b=0.0, c=2.0, d=0.0, r2=None)
    """

    layer: int
    i: int
    j: int
    function: str
    a: float
    b: float
    c: float
    d: float
    r2: float | None


@takes_edge
def fix_edge(
    model: nn.Module,
    edge: tuple[int, int, int],
    function: str | Function,
    x: Any = None,
    *,
    numbers: Sequence[float] | None = None,
    reach: float = 16.0,
    library: Library = LIBRARY,
) -> SymbolicKAN:
    """A network in which one edge is a function with a name, c · f(a x + b) + d.

    With data the four numbers are those with which it comes nearest to the curve that was there,
    over the rows that reach it; otherwise they are `numbers`. All other edges are what they were.
    The new model trains like any other: `fit` moves the numbers and the curves that are left, and
    with :func:`~edgewise.surgery.freeze` the edge stays as it is. At a node that adds, d goes into
    its bias. ``model.report`` says what was found, an :class:`EdgeFix`.

    Args:
        model: a KAN or a SymbolicKAN; it isn't changed.
        edge: (layer, i, j), from input i to output j of a layer, all from 0.
        function: a name in the library, or a Function.
        x: rows to fit it on; None takes the numbers.
        numbers: a, b, c and d; by default 1, 0, 1, 0.
        reach: the greatest \\|a\\| to try, where what reaches the edge is scaled to [-1, 1].
        library: the functions that names stand for.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN or SymbolicKAN, or ``library`` has no functions.
        ValueError: if there is no such edge or function, a normalisation mixes features (take
            ``ew.surgery.unmix(model, x)`` first), the function fits nowhere, or both x and
            numbers are given.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 200)[:, None]
        >>> model = ew.KAN([1, 1], seed=0)
        >>> history = ew.fit(model, x, torch.sin(3 * x), optimizer="lbfgs", steps=20,
        ...                  progress=False)
        >>> fixed = ew.surgery.fix_edge(model, (0, 0, 0), "sin", x)
        >>> round(abs(fixed.report.a), 2), round(fixed.report.r2, 3)
        (3.0, 1.0)

    Reference: pykan's ``fix_symbolic``.
    """
    _, (layer, i, j) = check_edge("fix_edge", model, edge)
    _check_unmixed("fix_edge", model)
    library = Library.of(library)
    f = function if isinstance(function, Function) else library.only(_name(function))[function]
    check_numbers("fix_edge", least=1e-6, greatest=1e4, reach=reach)
    if x is not None and numbers is not None:
        raise ValueError("fix_edge expected x or numbers, got both: leave one of them out")
    if x is None:
        a, b, c, d = _read_numbers((1.0, 0.0, 1.0, 0.0) if numbers is None else numbers)
        r2 = None
    else:
        a, b, c, d, r2 = _fit(f, edge_curve(model, (layer, i, j), x), reach)
    place = layer_places(model)[layer] if isinstance(model, KAN) else layer
    made = Edge(i, j, f, a, b, c)
    new = with_edges(_as_symbolic(model), {EdgeIndex(place, i, j): (made, d)})
    new.report = EdgeFix(place, i, j, f.name, a, b, c, d, r2)
    return new


def _name(function: Any) -> str:
    if not isinstance(function, str):
        raise ValueError(
            f"fix_edge expected the name of a function or a Function, got {function!r:.80}: "
            'pass "sin", for example'
        )
    return function


def _check_unmixed(owner: str, model: nn.Module) -> None:
    if isinstance(model, KAN) and model.mixes_features:
        raise ValueError(
            f"{owner} expected edges that are functions of one input, got a normalisation over all "
            "features: take ew.surgery.unmix(model, x) first"
        )


def _read_numbers(values: Any) -> tuple[float, float, float, float]:
    try:
        a, b, c, d = (float(v) for v in values)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(
            f"fix_edge expected numbers a, b, c and d, got {values!r:.80}: four numbers"
        ) from error
    check_numbers("fix_edge", least=-1e30, a=a, b=b, c=c, d=d)
    return a, b, c, d


def _fit(f: Function, curve: EdgeCurve, reach: float) -> tuple[float, float, float, float, float]:
    rows = pick_evenly(len(curve.x), FIT_ROWS)
    x, y = curve.x[rows].double(), curve.y[rows].double()
    if not bool((y != y[0]).any()):
        raise ValueError(
            "fix_edge expected an edge that varies on x, got one that is the same on all rows: "
            "pass numbers=(a, b, c, d)"
        )
    fit = fit_function(f, WeightedCurves(x[None], y[None, None], torch.ones_like(y)[None]), reach)
    a, b, c, d, r2 = (float(t) for t in (fit.a, fit.b, fit.c, fit.d, fit.r2))
    if r2 <= 0 and f.name != "0":
        raise ValueError(
            f"fix_edge expected a function that comes near to the edge, got {f.name!r}, which "
            "explains nothing of it: look at ew.symbolic.suggest(model, x, (layer, i, j))"
        )
    return a, b, c, d, r2


def _as_symbolic(model: Any) -> SymbolicKAN:
    return model if isinstance(model, SymbolicKAN) else as_curves(copy.deepcopy(model))


@takes_edge
def free_edge(
    model: nn.Module, edge: tuple[int, int, int], x: Any, *, basis: Basis | str | None = None
) -> SymbolicKAN:
    """A network in which an edge that was a function is a curve again, with the same shape.

    The curve comes as near to the function as its basis does, by least squares over the range that
    the rows have there, and trains on from it.

    Args:
        model: a SymbolicKAN; it isn't changed.
        edge: (layer, i, j), all from 0.
        x: rows; they say where the curve is needed.
        basis: of the curve, where no other edge of the layer is one; else the layer's own is taken.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN or SymbolicKAN.
        ValueError: if the edge is no function, its node multiplies, or x doesn't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50)[:, None]
        >>> model = ew.surgery.fix_edge(ew.KAN([1, 1]), (0, 0, 0), "sin", numbers=(1, 0, 2, 0))
        >>> free = ew.surgery.free_edge(model, (0, 0, 0), x)
        >>> bool((free(x) - model(x)).abs().max() < 1e-3)
        True

    Reference: pykan's ``unfix_symbolic``.
    """
    layers, (layer, i, j) = check_edge("free_edge", model, edge)
    old = layers[layer].symbolic
    mine = [e for e in old.edges() if (e.i, e.o) == (i, j)]
    if not mine or not isinstance(model, SymbolicKAN):
        raise ValueError(
            f"free_edge expected an edge that is a function, got a curve or no edge at layer="
            f"{layer}, i={i}, j={j}: fix_edge makes functions of curves"
        )
    if j in old.products:
        raise ValueError(
            f"free_edge expected a node that adds its edges, got node {j}, which multiplies them"
        )
    h = layer_inputs(model, _rows(model, x))[layer].detach()
    numeric = _curves_of(layers[layer], basis, h)
    t = torch.linspace(0, 1, POINTS, dtype=torch.float64, device=h.device)
    low, high = h[:, i].min().double(), h[:, i].max().double()
    if not high > low:
        raise ValueError("free_edge expected an edge whose input varies on x, got one value")
    values = [evaluate(e.tree, torch.lerp(low, high, t)) for e in mine]
    constant = _draw(numeric, i, j, torch.lerp(low, high, t), torch.stack(values).sum(0))
    bias = old.biases()
    bias[j] = bias[j].plus(constant)
    edges = [e for e in old.edges() if (e.i, e.o) != (i, j)]
    symbolic = old.others(old.in_features, bias, edges, old.products)
    new = copy.deepcopy(layers)
    new[layer] = SymbolicLayer(symbolic, numeric)
    return with_layers(model, new)


def _curves_of(layer: SymbolicLayer, basis: Basis | str | None, h: Tensor) -> KANLinear:
    """A copy of the layer's curves; or new ones, all masked, whose grid is where the data is."""
    if layer.numeric is not None:
        if basis is not None:
            raise ValueError(
                "free_edge expected no basis where the layer has curves already, got "
                f"{basis!r:.80}: leave it out"
            )
        return copy.deepcopy(layer.numeric)
    like = layer.symbolic.bias
    numeric = KANLinear(
        layer.in_features,
        layer.out_features,
        basis=basis,
        bias=False,
        init=leave_zero,
        device=like.device,
        dtype=like.dtype,
    )
    place_grid(numeric, h)
    numeric.mask = torch.zeros_like(numeric.coef[:, 0])
    return numeric


@torch.no_grad()
def _draw(layer: KANLinear, i: int, j: int, t: Tensor, values: Tensor) -> float:
    """Let an edge, in place, draw a curve; returns the constant that its node has to add.

    Shape:
        t, values: (points,)
    """
    rows = t.to(layer.coef)[:, None].expand(-1, layer.in_features)
    psi = layer.features(rows)[:, i].double()
    columns = torch.cat([psi, torch.ones_like(psi[:, :1])], 1)
    scale = columns.norm(dim=0).clamp_min(1e-300)
    weights = (torch.linalg.pinv(columns / scale, rtol=1e-12) @ values.double()) / scale
    size = layer.basis.num_basis
    put_coef(layer, weights[:size], (i, j))
    if layer.base_weight is not None:
        layer.base_weight[i, j] = weights[size]
    if layer.mask is not None:
        layer.mask[i, j] = 1
    freeze_(layer, i, j, held=False)
    return float(weights[-1])


@dataclass(frozen=True)
class EdgeCurve:
    """What an edge does with rows, in their order: y = curve + base + symbolic.

    Attributes:
        x: what reaches the edge.
        y: what the edge adds to its node.
        curve: the part of the basis, Σ_g C_g φ_g(n(x)).
        base: the part of the base activation, V s(x); 0 without one.
        symbolic: the function, c f(a x + b) + d; 0 for a curve.
        norm: what a normalisation that mixes features is called, of which the curve is a function
            then; else None.

    Shape:
        (rows,) each

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 5)[:, None]
        >>> edge = ew.surgery.edge_curve(ew.surgery.from_formula("3*x0**2"), (0, 0, 0), x)
        >>> edge.symbolic.tolist(), edge.curve.tolist()
        ([3.0, 0.75, 0.0, 0.75, 3.0], [0.0, 0.0, 0.0, 0.0, 0.0])
    """

    x: Tensor
    y: Tensor
    curve: Tensor
    base: Tensor
    symbolic: Tensor
    norm: str | None


@takes_edge
@torch.no_grad()
def edge_curve(model: nn.Module, edge: tuple[int, int, int], x: Any) -> EdgeCurve:
    """One edge of a network at the rows of x, in their order, and the parts it is made of.

    Args:
        model: a KAN or a SymbolicKAN; it isn't changed.
        edge: (layer, i, j), from input i to output j of a layer, all from 0.
        x: inputs of the model.

    Shape:
        x: (*, in_features) → (rows,)

    Raises:
        TypeError: if the model is no KAN or SymbolicKAN.
        ValueError: if there is no such edge, or x doesn't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1])
        >>> edge = ew.surgery.edge_curve(model, (0, 1, 2), torch.rand(10, 2))
        >>> torch.allclose(edge.y, edge.curve + edge.base)
        True

    Reference: pykan's ``get_fun``.
    """
    layers, (layer, i, j) = check_edge("edge_curve", model, edge)
    part = layers[layer]
    h = layer_inputs(cast(Layered, model), _rows(model, x))[layer].detach()
    symbolic, curve, base = (torch.zeros_like(h[:, i]) for _ in range(3))
    if part.symbolic.ends:
        mine = [k for k, end in enumerate(part.symbolic.ends) if end == (i, j)]
        symbolic = part.symbolic.terms(h)[:, mine].sum(1)
    numeric = part.numeric
    if numeric is not None:
        coef, base_weight = numeric.edge_weights()
        z = numeric.normalized(h)
        phi = numeric.basis.evaluate(z, numeric.grid)[:, i]
        curve = phi @ coef[i, :, j]
        if base_weight is not None:
            base = base_weight[i, j] * numeric.activation(numeric.base_input(h, z)[:, i])
    norm = None if numeric is None else mixing_norm(numeric)
    return EdgeCurve(h[:, i], curve + base + symbolic, curve, base, symbolic, norm)


def _rows(model: nn.Module, x: Any) -> Tensor:
    x = as_input(model, x)
    return x.reshape(-1, x.shape[-1])
