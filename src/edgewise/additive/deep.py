"""Interactions of any number of columns: small Kolmogorov-Arnold networks on what curves leave.

.. math:: f(x) = \\sum_h g_h(s_h), \\qquad s_h = b_h + \\sum_i f_{hi}(x_i)

Both layers become additive models: the first of the columns, with an output for each hidden sum
s_h, and the second of these sums. So a network is kept and exported as curves are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.interpolate import make_interp_spline
from torch import Tensor

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns
from edgewise.additive.curves import Curve, make_bare
from edgewise.additive.links import Identity
from edgewise.additive.stages import AdditiveProblem, Stage, add_terms
from edgewise.additive.surfaces import TAIL
from edgewise.additive.terms import LEVELS_OF_A_PAIR, Levels, Missing, Term, make_missing
from edgewise.bases import BSpline
from edgewise.charts.scales import Scale
from edgewise.models import KAN
from edgewise.nn.linear import KANLinear
from edgewise.training import OutsideWarning, fit

FEWEST_COLUMNS, FEWEST_ROWS = 3, 50
"""With fewer columns there is nothing beyond pairs."""
NETWORKS, HIDDEN = 3, 16
"""The networks that are averaged, and the hidden sums of each."""
BASIS = BSpline(grid=5, lo=-2.0, hi=2.0, linear_tails=True)
HELD_OUT = 5
"""A fifth of the rows, drawn anew for each network, isn't fitted: its loss says when to stop."""
STEPS, BATCH, RATE, DECAY, PATIENCE = 800, 256, 0.02, 1e-3, 15
KNOTS = 5
"""The most knots of the curves whose coordinates and ends the inputs have."""
CLOSEST = 1e-9
"""The least scale of an input or a hidden sum, and the least distance of a knot from the ends."""


@dataclass(frozen=True, eq=False)
class Deep(Term):
    """The mean of some networks, with a design column for each output.

    Attributes:
        networks: for each network the model of its hidden sums, and the model of its outputs, whose
            columns are these sums.
        means: of the outputs over the rows of the fit, (outputs,).
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    networks: tuple[tuple[Additive, Additive], ...]
    means: Array

    @property
    def key(self) -> tuple[int, ...]:
        return ()

    def design(self, columns: Columns) -> Array:
        total = np.tile(-self.means, (len(columns[0]), 1))
        for inner, outer in self.networks:
            total += outer.effects(list(inner.effects(columns).T)) / len(self.networks)
        return total


def add_deep(problem: AdditiveProblem, stage: Stage) -> Stage | None:
    """Add networks that are fitted to the residuals; None with too few columns or rows."""
    seed = problem.settings.deep
    inputs = list(_list_inputs(problem, stage.model))
    columns = tuple(one.column for one in inputs)
    if seed is None or len(columns) < FEWEST_COLUMNS or len(problem.y) < FEWEST_ROWS:
        return None
    x = np.concatenate([one.encode(problem.columns) for one in inputs], 1)
    size = float(np.sqrt(np.average(stage.residual**2, weights=stage.working)))
    if not size > 0:
        return None
    random = torch.Generator().manual_seed(seed)
    networks = []
    for _ in range(NETWORKS):
        kan = _train(x, stage.residual / size, stage.working, random)
        first, second = (layer.double() for layer in kan.stack())
        networks.append((_read_first(first, inputs, problem), _read_second(second, size)))
    width = stage.residual.shape[1]
    deep = Deep(columns, (np.arange(width),), tuple(networks), np.zeros(width))
    means = np.average(deep.design(problem.columns), axis=0, weights=problem.weight)
    return add_terms(problem, stage, [replace(deep, means=means)])


# The inputs: of numbers the coordinates of their curves, of levels 0 and 1 or their own effects.


Read = tuple[list[Term], Array, Array]
"""Terms, their coefficients (width, hidden), and a constant beside them, (hidden,)."""


@dataclass(frozen=True, eq=False)
class _Number:
    """The coordinate of a number within the ends of its curve, and whether it is missing."""

    column: int
    curve: Curve
    missing: Missing | None

    @property
    def count(self) -> int:
        """The number of inputs."""
        return 1 if self.missing is None else 2

    def encode(self, columns: Columns) -> Array:
        """The inputs at the rows of a table, (rows, inputs)."""
        x = columns[self.column]
        inputs = [np.clip(self.curve.coordinate(x), *self.curve.ends), np.isnan(x)]
        return np.stack(inputs[: self.count], 1).astype(np.float64)

    def read(self, edges: _Edges, problem: AdditiveProblem) -> Read:
        """The edges of these inputs as terms.

        They are a curve of mean 0, which is what a missing number has without a term of its own.
        """
        x = problem.columns[self.column]
        curve, weights = edges.draw(self.column, self.curve.axis, self.curve.ends, 0.0)
        known = ~np.isnan(x)
        share = problem.weight[known] / problem.weight[known].sum()
        splines = curve.splines(curve.coordinate(x[known]))
        curve = replace(curve, means=np.asarray(splines.T @ share))
        mean = curve.means @ weights
        if self.missing is None:
            return [curve], weights, mean
        two = [np.array([self.curve.centre, np.nan])] * (self.column + 1)
        inputs, design = self.encode(two), self.missing.design(two)[:, 0]
        there, absent = edges.read(inputs)
        there = there - edges.read(inputs[:1, :1])[0] + mean
        own = (absent - there) / (design[1] - design[0])
        terms: list[Term] = [curve, self.missing]
        return terms, np.concatenate([weights, own[None]]), there - design[0] * own


@dataclass(frozen=True, eq=False)
class _Names:
    """The inputs of each level, (levels, inputs); those of unknown levels are 0."""

    column: int
    levels: Levels
    table: Array

    @property
    def count(self) -> int:
        return self.table.shape[1]

    def encode(self, columns: Columns) -> Array:
        codes = self.levels.codes(columns[self.column])
        return np.where((codes >= 0)[:, None], self.table[codes], 0.0)

    def read(self, edges: _Edges, problem: AdditiveProblem) -> Read:
        values = edges.read(self.table)
        group = (np.arange(len(values)),)
        levels = replace(self.levels, groups=group, ordered=0, transform=None, is_population=False)
        return [levels], values, self.levels.shares @ values


_Input = _Number | _Names
"""The inputs of the networks for one column."""


def _list_inputs(problem: AdditiveProblem, model: Additive) -> Iterator[_Input]:
    """Inputs for all columns that may be in pairs."""
    for k in problem.outline.used:
        term = None if k in problem.settings.shaped else problem.sides.find_term(k, KNOTS)
        if isinstance(term, Curve):
            x = problem.columns[k]
            curve = term.limit(x, problem.weight, TAIL)
            if curve.ends[0] < curve.ends[1] and not np.isnan(x).all():
                yield _Number(k, curve, make_missing(k, x, problem.weight))
        elif term is not None:
            levels = problem.sides.levels[k]
            yield _Names(k, levels, _code_levels(levels, model))


def _code_levels(levels: Levels, model: Additive) -> Array:
    """An input for each of few levels; of many, their own effects."""
    if len(levels.names) <= LEVELS_OF_A_PAIR:
        return np.eye(len(levels.names))
    (own,) = (w for term, w in model.weights() if term.columns == levels.columns)
    own = own - levels.shares @ own
    return np.asarray(own / (np.abs(own).max() or 1.0))


def _train(x: Array, y: Array, weight: Array, random: torch.Generator) -> KAN:
    """A network fitted to most rows, and stopped when it gets worse on the others."""
    kan = KAN([x.shape[1], HIDDEN, y.shape[1]], basis=BASIS, seed=random)
    order = torch.randperm(len(x), generator=random)
    rows = torch.tensor_split(order, [len(x) // HELD_OUT])
    inputs = torch.from_numpy(x).float()
    targets = torch.from_numpy(np.stack([y, weight / weight.mean()], -1)).float()
    held, fitted = ((inputs[some], targets[some]) for some in rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OutsideWarning)  # inputs of 0 and 1 leave functions empty
        fit(
            *(kan, fitted),
            val=held,
            loss=_measure,
            optimizer="adam",
            lr=RATE,
            weight_decay=DECAY,
            steps=STEPS,
            patience=PATIENCE,
            batch_size=BATCH,
            seed=random,
            progress=False,
        )
    return kan


def _measure(prediction: Tensor, target: Tensor) -> Tensor:
    """The weighted squared error; target holds y and the weight, (rows, outputs, 2)."""
    y, weight = target.unbind(-1)
    return (weight * (prediction - y) ** 2).mean()


# Layers as additive models.


def _read_first(layer: KANLinear, inputs: Sequence[_Input], problem: AdditiveProblem) -> Additive:
    """The hidden sums as a model of the columns."""
    terms: list[Term] = []
    constant, coef = _read_bias(layer), []
    starts = np.cumsum([0, *(one.count for one in inputs)]).tolist()
    for one, start in zip(inputs, starts, strict=False):
        some, weights, more = one.read(_Edges(layer, start), problem)
        terms += some
        coef.append(weights)
        constant = constant + more
    return Additive(tuple(terms), np.concatenate([constant[None], *coef]), Identity(), {}, ())


def _read_second(layer: KANLinear, size: float) -> Additive:
    """The outputs, times a size, as a model of the hidden sums."""
    drawn = [_Edges(layer, h).draw(h, Scale(), None, np.inf) for h in range(layer.in_features)]
    coef = np.concatenate([_read_bias(layer)[None], *(weights for _, weights in drawn)])
    return Additive(tuple(curve for curve, _ in drawn), size * coef, Identity(), {}, ())


def _read_bias(layer: KANLinear) -> Array:
    bias = torch.zeros(layer.out_features) if layer.bias is None else layer.bias
    return np.asarray(bias.detach().double().numpy())


@dataclass(frozen=True, eq=False)
class _Edges:
    """The edges of a layer from one of its inputs on."""

    layer: KANLinear
    first: int

    @torch.no_grad()
    def read(self, values: Array) -> Array:
        """What they add for values of one input or more, (rows, inputs) → (rows, outputs)."""
        own = slice(self.first, self.first + values.shape[1])
        x = torch.zeros(len(values), self.layer.in_features, dtype=torch.float64)
        x[:, own] = torch.from_numpy(values)
        return np.asarray(self.layer.edge_values(x)[:, own].sum(1).numpy())

    def draw(
        self, column: int, axis: Scale, ends: tuple[float, float] | None, reach: float
    ) -> tuple[Curve, Array]:
        """The edges of the first input as a curve, and their coefficients, (splines, outputs).

        An edge is a cubic spline within the ends of its grid, and straight beyond.

        Args:
            ends: those of the curve; None for those of the grid.
            reach: as in :class:`Curve`.
        """
        points = self._find_points()
        low, high = (points[0], points[-1]) if ends is None else ends
        inner = np.repeat(points, [2, *[1] * (len(points) - 2), 2])
        room = CLOSEST * (high - low)
        inner = inner[(inner > low + room) & (inner < high - room)]
        degree = BASIS.degree
        knots = np.r_[[low] * (degree + 1), inner, [high] * (degree + 1)]
        width = len(knots) - degree - 1
        places = np.mean([knots[j : j + width] for j in range(1, degree + 1)], axis=0)
        places = np.clip(places, low, high)
        weights = make_interp_spline(places, self.read(places[:, None]), degree, knots).c
        bare, means = make_bare(column, axis, knots, degree, reach), np.zeros(width)
        form = replace(bare, groups=(np.arange(width),), means=means, transform=np.eye(width))
        return form, weights

    @torch.no_grad()
    def _find_points(self) -> Array:
        """The points of the grid in the first input's coordinate, in rising order."""
        x = torch.tensor([0.0, 1.0], dtype=torch.float64)[:, None]
        normed = self.layer.normalized(x.expand(2, self.layer.in_features))
        low, high = normed[:, self.first].tolist()
        slope = np.copysign(max(abs(high - low), CLOSEST), high - low)
        points = self.layer.basis.points(self.layer.grid)
        assert points is not None  # a B-spline's
        own = (points[self.first] if points.dim() > 1 else points).double().numpy()
        return np.sort((own - low) / slope)
