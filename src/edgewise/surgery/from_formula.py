"""A formula as a network: of its own functions, or of curves that draw them."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers, read_count
from edgewise._tensors import tensors_on_cpu
from edgewise.bases import Basis
from edgewise.datasets.functions import read_ranges
from edgewise.formula.affine import X, put_in
from edgewise.formula.continuation import evaluate
from edgewise.formula.expression import add, free
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.parse import parse_formula
from edgewise.grids.changes import ChangeWarning
from edgewise.models.adapt_to_data import place_grid
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.arguments import read_seed, renamed, resolve_basis
from edgewise.nn.init import leave_zero
from edgewise.nn.product_nodes import multiply_nodes
from edgewise.surgery.sizes import expand_width
from edgewise.symbolic.columns import ColumnLayer, columns_of
from edgewise.symbolic.edges import Edge
from edgewise.symbolic.from_tree import network_of
from edgewise.symbolic.network import SymbolicKAN

ROWS, MOST_CORNERS = 4096, 1024
"""Points on which ranges and errors are measured, and how many corners of the ranges at most."""
MARGIN = 1e-3
"""How far nodes' ranges are taken beyond what was found, as a share of them."""
ROUNDS, NEAR = 8, 32
"""Rounds of the search for the ends of ranges, and points around each end in a round."""
MOST_FUNCTIONS = 500
"""Functions of a basis up to which a network grows."""


@dataclass(frozen=True)
class FormulaFit:
    """How near a network of curves came to a formula: ``model.report``.

    Attributes:
        error: the greatest difference on points that weren't fitted.
        relative: that over the spread of the formula's values.
        num_basis: the functions of each curve.

    Example:
        >>> import edgewise as ew
        >>> drawn = ew.surgery.from_formula("x0**2 + x0", basis=ew.BSpline(5)).report
        >>> drawn.num_basis, drawn.relative < 1e-12
        (8, True)
    """

    error: float
    relative: float
    num_basis: int


@renamed(generator="seed")
@tensors_on_cpu()
def from_formula(
    formula: Any,
    ranges: Sequence[Any] = (-1.0, 1.0),
    *,
    basis: Basis | str | None = None,
    spare: int = 0,
    input_names: Sequence[str] | None = None,
    tolerance: float = 1e-6,
    library: Library = LIBRARY,
    seed: int | torch.Generator | None = None,
) -> KAN | SymbolicKAN:
    """A network that computes a formula, to be trained on data.

    Sums become nodes that add, products nodes that multiply, and functions edges. Without a basis
    the edges are the functions themselves: a :class:`~edgewise.symbolic.network.SymbolicKAN`, whose
    values are the formula's wherever that is defined. With a basis the edges are curves, fitted to
    the functions over the ranges that the inputs lead to, and the network is a KAN. Its bases get
    finer until the greatest error is below the tolerance, relative to the spread of the values.
    ``model.report``, a :class:`FormulaFit`, says what was reached; if it wasn't enough there is a
    ``ChangeWarning``.

    Args:
        formula: a text such as "exp(sin(pi*x0) + x1**2)", which is read and never evaluated, or an
            expression of sympy. Decimal numbers in it are free, whole ones, pi and e are exact.
        ranges: of the inputs: one (low, high) for all, or one for each.
        basis: of the curves, of the fewest functions to try, or its name; None for functions.
        spare: with a basis, more nodes at each hidden level that add; edges into them are random,
            and those out of them 0, so that the function is the same until training uses them.
        input_names: the inputs in their order; None takes x0, x1, … or the alphabet.
        tolerance: with a basis, the greatest error, relative to the spread of the values.
        library: the functions that names stand for.
        seed: seed of the edges into spare nodes; None takes torch's global one.

    Shape:
        (*, in_features) → (*, 1), in float64

    Raises:
        ValueError: if the text is no formula, a range is none, or the formula isn't defined in it.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("exp(sin(pi*x0) + x1**2)")
        >>> x = torch.tensor([[0.5, 0.0]], dtype=torch.float64)
        >>> round(model(x).item(), 4), str(model.formula())
        (2.7183, 'exp(x1**2 + sin(pi*x0))')
        >>> kan = ew.surgery.from_formula("x0*x1 + x0", basis=ew.BSpline(5), spare=1)
        >>> kan.report.error < 1e-6, kan.levels()[1].products
        (True, (2,))

    Reference: pykan's ``kanpiler``.
    """
    spare = read_count("from_formula", "spare", spare, 0)
    check_numbers("from_formula", tolerance=tolerance)
    if spare > 10**4 or (spare and basis is None):
        raise ValueError(
            f"from_formula expected spare nodes, at most 10,000, with a basis, got spare={spare} "
            f"and basis={basis!r:.80}: curves are what they are made of"
        )
    tree, names = parse_formula(formula, input_names, Library.of(library))
    network = network_of(tree, names or ["x0"])
    low, high = read_ranges("from_formula", ranges, network.in_features)
    x = torch.cat([_draw(low, high, seed=0), low[None], high[None]])
    _check_defined(network, x, formula)
    if basis is None:
        return network
    model = _draw_curves(network, resolve_basis("from_formula", basis), x, low, high, tolerance)
    drawn = model.report
    seed = read_seed("from_formula", seed, model.stack()[0].coef.device)
    for level in range(1, len(model.layers)):
        model = expand_width(model, level, spare, seed=seed) if spare else model
    model.report = drawn
    return model


def _draw(low: Tensor, high: Tensor, seed: int) -> Tensor:
    """Points in the ranges, and their corners if there aren't too many."""
    generator = torch.Generator().manual_seed(seed)
    t = torch.rand(ROWS, len(low), generator=generator, dtype=torch.float64, device="cpu")
    if 2 ** len(low) <= MOST_CORNERS:
        corners = list(itertools.product((0.0, 1.0), repeat=len(low)))
        t = torch.cat([t, torch.tensor(corners, dtype=torch.float64, device="cpu")])
    return low + t * (high - low)


def _check_defined(network: SymbolicKAN, x: Tensor, formula: Any) -> None:
    defined = network.is_defined(x)
    with torch.no_grad():
        defined &= network(x).isfinite().all(-1)
    if not bool(defined.all()):
        row = x[int((~defined).nonzero()[0, 0])].tolist()
        raise ValueError(
            f"from_formula expected ranges in which the formula is defined, got {formula!s:.80} at "
            f"{dict(zip(network.input_names, row, strict=True))}: pass others, such as "
            f"ranges={[(0.1, 2.0)] * len(row)} for the inputs in this order"
        )


def _draw_curves(
    network: SymbolicKAN, basis: Basis, x: Tensor, low: Tensor, high: Tensor, tolerance: float
) -> KAN:
    """The coarsest network of curves that is near enough; the best of all if none is."""
    layers = _without_added(columns_of(network))
    read = list(range(len(low))) if network.inputs is None else network.inputs
    ranges = _find_ranges(layers, x[:, read], low[read], high[read])
    fresh = _draw(low, high, seed=1)
    with torch.no_grad():
        wanted = network(fresh)
    spread = float(wanted.std()) or 1.0
    best: KAN | None = None
    while True:
        model = _kan_of(network, layers, basis, ranges)
        with torch.no_grad():
            error = float((model(fresh) - wanted).abs().max())
        model.report = FormulaFit(error, error / spread, basis.num_basis)
        if best is None or error < best.report.error:
            best = model
        finer = _finer(basis)
        if best.report.relative <= tolerance or finer is None:
            break
        basis = finer
    if best.report.relative > tolerance:
        warnings.warn(
            f"curves of {best.report.num_basis} functions differ from the formula by up to "
            f"{best.report.relative:.2g} of its spread, more than tolerance={tolerance:g}: take "
            "narrower ranges, another basis, or none for the functions themselves",
            ChangeWarning,
            stacklevel=3,
        )
    return best


def _finer(basis: Basis) -> Basis | None:
    size = None if basis.size_name is None else getattr(basis, basis.size_name)
    finer = None if size is None else basis.resized(math.ceil(1.6 * size))
    return None if finer is None or finer.num_basis > MOST_FUNCTIONS else finer


def _without_added(layers: list[ColumnLayer]) -> list[ColumnLayer]:
    """Layers in which nothing is added to products: the edges above read them shifted instead."""
    found: list[ColumnLayer] = []
    shift: dict[int, float] = {}
    for layer in layers:
        edges = [_shifted(e, shift.get(e.i, 0.0)) for e in layer.edges]
        sums = len(layer.bias) - sum(layer.products)
        shift = {sums + p: value for p, value in enumerate(layer.added)}
        found.append(replace(layer, edges=edges, added=[0.0] * len(layer.added)))
    if any(shift.values()):
        nodes = len(layers[-1].bias) - sum(layers[-1].products) + len(layers[-1].products)
        edges = [Edge(n, n, X) for n in range(nodes)]
        bias = [shift.get(n, 0.0) for n in range(nodes)]
        found.append(ColumnLayer(nodes, edges, bias, (), [], None))
    return found


def _shifted(edge: Edge, shift: float) -> Edge:
    """The edge of x0 + shift in the place of x0."""
    return edge.with_tree(put_in(edge.tree, add(X, free(shift)))) if shift else edge


@torch.no_grad()
def _find_ranges(
    layers: list[ColumnLayer], x: Tensor, low: Tensor, high: Tensor
) -> list[tuple[Tensor, Tensor]]:
    """The least and greatest values of what each layer reads: found at points, and near the best.

    Shape:
        x: (rows, inputs of the first layer); low, high: (inputs,) → for each layer two of (in,)
    """
    generator = torch.Generator().manual_seed(2)
    reach = 0.1 * (high - low)
    ends = x
    for _ in range(ROUNDS):
        every = torch.cat(_values_at(layers, ends), 1)
        best = ends[torch.cat([every.argmin(0), every.argmax(0)])]
        noise = torch.randn(
            len(best), NEAR, len(low), generator=generator, dtype=torch.float64, device="cpu"
        )
        near = (best[:, None] + reach * noise).flatten(0, 1)
        ends = torch.cat([best, torch.minimum(torch.maximum(near, low), high)])
        reach = reach / 3
    ranges = [(low, high)]
    for h in _values_at(layers, ends):
        first, last = h.amin(0), h.amax(0)
        margin = torch.where(last > first, MARGIN * (last - first), 0.5)
        ranges.append((first - margin, last + margin))
    return ranges[:-1]


def _values_at(layers: list[ColumnLayer], x: Tensor) -> list[Tensor]:
    """The nodes above each layer, by the functions themselves."""
    found = []
    for layer in layers:
        y = torch.tensor(layer.bias, dtype=torch.float64, device="cpu").repeat(len(x), 1)
        for edge in layer.edges:
            y[:, edge.o] += evaluate(edge.tree, x[:, edge.i])
        x = multiply_nodes(y, layer.products)
        found.append(x)
    return found


@torch.no_grad()
def _kan_of(
    network: SymbolicKAN,
    layers: list[ColumnLayer],
    basis: Basis,
    ranges: list[tuple[Tensor, Tensor]],
) -> KAN:
    """Layers of curves, each drawn over the range that reaches it."""
    made = []
    solver = _Solver()
    for layer, (low, high) in zip(layers, ranges, strict=True):
        curves = KANLinear(
            layer.in_features,
            len(layer.bias),
            basis=basis,
            norm=None,
            base=None,
            init=leave_zero,
            dtype=torch.float64,
        )
        nn.init.zeros_(curves.coef)
        place_grid(curves, torch.stack([low, high]))
        curves.mask = torch.zeros_like(curves.coef[:, 0])
        bias = torch.tensor(layer.bias, dtype=torch.float64, device="cpu")
        _draw_layer(curves, layer, bias, (low, high), solver)
        curves.bias = nn.Parameter(bias)
        made.append(curves)
    model = KAN.from_layers(made, products=[layer.products for layer in layers])
    if network.inputs is not None:
        model.set_inputs(network.inputs, network.in_features)
    model.input_names = list(network.input_names)
    return model


class _Solver:
    """Least squares whose inverse is kept: grids that differ in their scale have the same."""

    def __init__(self) -> None:
        self.columns: Tensor | None = None
        self.inverse: Tensor

    def solve(self, columns: Tensor, wanted: Tensor) -> Tensor:
        known = self.columns
        if known is None or not torch.allclose(columns, known, rtol=0, atol=1e-11):
            self.columns, self.inverse = columns, torch.linalg.pinv(columns, rtol=1e-13)
        found = self.inverse @ wanted
        return found + self.inverse @ (wanted - columns @ found)


def _draw_layer(
    curves: KANLinear,
    layer: ColumnLayer,
    bias: Tensor,
    ends: tuple[Tensor, Tensor],
    solver: _Solver,
) -> None:
    """Let a layer of curves, and the bias, in place, draw the functions of the edges."""
    low, high = ends
    turn = torch.linspace(
        0, math.pi, 6 * curves.basis.num_basis + 64, dtype=torch.float64, device="cpu"
    )
    t = low + (1 - turn.cos())[:, None] / 2 * (high - low)
    phi = curves.features(t)
    for i in range(layer.in_features):
        mine = [e for e in layer.edges if e.i == i]
        if not mine:
            continue
        columns = torch.cat([phi[:, i], torch.ones_like(phi[:, i, :1])], 1)
        wanted = torch.stack([evaluate(e.tree, t[:, i]) for e in mine], 1)
        found = solver.solve(columns, wanted)
        for n, edge in enumerate(mine):
            curves.coef[i, :, edge.o] += found[:-1, n]
            bias[edge.o] += found[-1, n]
            if curves.mask is not None:
                curves.mask[i, edge.o] = 1
