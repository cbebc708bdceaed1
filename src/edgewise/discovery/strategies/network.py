"""Train small KANs, prune them and turn them into formulas; tried last because it is slow."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import final

import torch
from torch import Tensor

from edgewise import grids
from edgewise.bases import RSWAF, Basis, BSpline, Gaussian
from edgewise.discovery.problem import Problem
from edgewise.discovery.separable import basis_rows
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.explain.prune import prune_to
from edgewise.formula.expression import free, multiply
from edgewise.models.kan import KAN
from edgewise.nn.init import put_weights
from edgewise.search.budget import RATE, Budget
from edgewise.symbolic.regress import regress
from edgewise.training.levenberg import MOST_PARAMETERS, levenberg_marquardt

TRIED_BASES: tuple[Basis, ...] = (
    BSpline(grid=7),
    Gaussian(num=10),
    RSWAF(num=10, inv_denominator=2.0),
)

FIRST_STEPS, MORE_STEPS = 20, 25
STARTS = 3
REGRESSION = 3 * RATE
"""Most evaluations for the formula of a network."""
POOR = 0.3
"""Networks with a larger FVU aren't turned into formulas."""
PRUNING = 0.05
FINEST = 12
TRAINED_ROWS = 1000


@dataclass(frozen=True)
class SplitRows:
    """Training and validation rows, y scaled to standard deviation 1.

    Shape:
        x: (rows, in), y: (rows, 1); the first `train` rows are for training.
    """

    x: Tensor
    y: Tensor
    train: int
    scale: float
    generator: torch.Generator

    def training_rows(self) -> tuple[Tensor, Tensor]:
        """The training rows."""
        return self.x[: self.train], self.y[: self.train]

    def compute_fvu(self, model: torch.nn.Module) -> float:
        """The FVU on the validation rows, without the 2 % with the largest errors."""
        with torch.no_grad():
            missed = (model(self.x[self.train :]) - self.y[self.train :]).square().flatten()
        kept = missed.sort().values[: len(missed) - len(missed) // 50]
        return float(kept.mean()) if bool(kept.isfinite().all()) else float("inf")


def rows_of(problem: Problem, stream: int) -> SplitRows:
    """The problem as tensors, in random order."""
    some = problem.some_rows(TRAINED_ROWS)
    order = problem.generator(stream).permutation(some.rows)
    scale = some.variance**0.5
    x = torch.from_numpy(some.x[order].copy())
    y = torch.from_numpy(some.y[order][:, None] / scale)
    generator = torch.Generator().manual_seed(problem.seed + stream)
    return SplitRows(x, y, some.rows - some.rows // 5, scale, generator)


@final
@dataclass(frozen=True)
class Networks(Strategy):
    """KANs of growing width on each basis in turn, each the best of a few random starts."""

    most_inputs: int = 10

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs > self.most_inputs or problem.rows < 50:
            return
        for number, basis in enumerate(problem.bases or TRIED_BASES):
            rows = rows_of(problem, 10 + number)
            for model in index_networks(rows, basis):
                yield from name_network(problem, rows, model, budget)
            for widths in list_widths(problem.inputs):
                trials: list[KAN] = []
                for _ in range(STARTS):
                    if budget.over:
                        return
                    trial = start(rows, widths, basis)
                    budget.spend(100 * FIRST_STEPS)
                    trials += [] if trial is None else [trial]
                if trials:
                    best = min(trials, key=rows.compute_fvu)
                    yield from name_network(problem, rows, finish(rows, best), budget)


def name_network(
    problem: Problem, rows: SplitRows, model: KAN, budget: Budget
) -> Iterator[Candidate]:
    """The formula of a network; none if the network itself fits poorly."""
    # Outside the training rows a curve is arbitrary, so a few validation rows may be far off.
    if budget.over or not rows.compute_fvu(model) < POOR:
        return
    x, y = rows.training_rows()
    formula = regress(
        model,
        x,
        y,
        library=problem.library,
        reach=problem.reach,
        snap=False,
        budget=max(1.0, 2 * budget.left),
        evaluations=REGRESSION,
    )
    budget.spend(REGRESSION // 2)
    tree = multiply(free(rows.scale), formula.trees()[0])
    yield Candidate(tree, f"KAN {model.widths} with {model.stack()[0].basis.name}")


def list_widths(inputs: int) -> list[tuple[int, ...]]:
    """Widths to try, small ones first."""
    return [
        (inputs, 1, 1),
        (inputs, 2, 1),
        (inputs, 1, 1, 1),
        (inputs, 2, 1, 1),
        (inputs, 3, 1),
        (inputs, 2, 2, 1),
        (inputs, 5, 1),
    ]


def index_networks(rows: SplitRows, basis: Basis) -> Iterator[KAN]:
    """Networks [in, 1, 1] that start as single-index models y = g(Σ w_i s(x_i)).

    w and s are the best of a quick search. From random starts, training hardly ever finds the sum
    inside an oscillating g.
    """
    x, y = rows.training_rows()
    # Validation rows must lie in the domain of s, too.
    usable = [s for s in BENDS if s.is_usable(rows.x)]
    scored = sorted((_index(x, y[:, 0], s) for s in usable), key=lambda f: f[0])
    for fvu, weights, shape in scored[:2]:
        if fvu > POOR:
            return
        model = _index_model(rows, basis, weights, shape)
        levenberg_marquardt(model, (x, y), steps=FIRST_STEPS)
        yield model


@dataclass(frozen=True)
class _Bend:
    """The function s of a single-index model."""

    apply: Callable[[Tensor], Tensor]
    positive: bool = False

    def is_usable(self, x: Tensor) -> bool:
        """Whether all rows lie in its domain and have finite values."""
        if self.positive and not bool((x > 0).all()):
            return False
        return bool(self.apply(x).isfinite().all())

    def scale(self, x: Tensor) -> Tensor:
        """Factors that standardise its columns: 1 / standard deviation, or 0 for a constant."""
        values = self.apply(x)
        if self.positive:
            return torch.ones_like(values[0])
        spread = values.std(0)
        flat = spread <= 1e-13 * values.abs().amax(0)
        return torch.where(flat, 0.0, 1 / torch.where(flat, 1.0, spread))


BENDS = (
    _Bend(lambda x: x),
    _Bend(torch.log, positive=True),
    _Bend(torch.square),
    _Bend(torch.reciprocal, positive=True),
)
WEIGHTS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
INDEX_CELLS = 24


def _index(x: Tensor, y: Tensor, shape: _Bend) -> tuple[float, list[float], _Bend]:
    """The FVU, weights and function of the best index, by two rounds of coordinate descent."""
    scale = shape.scale(x)
    columns = shape.apply(x) * scale
    weights = [1.0] * x.shape[1]

    def compute_fvu(trial: list[float]) -> float:
        h = columns @ torch.tensor(trial, dtype=x.dtype)
        if float(h.std()) == 0:
            return 1.0
        phi = basis_rows(BSpline(grid=INDEX_CELLS), h[:, None])[0]
        c = torch.linalg.lstsq(phi, y, driver="gelsd").solution
        return float((phi @ c - y).square().mean() / y.var())

    best = compute_fvu(weights)
    for _ in range(2):
        for i in range(len(weights)):
            for w in WEIGHTS:
                trial = [*weights[:i], w, *weights[i + 1 :]]
                fvu = compute_fvu(trial)
                if fvu < best - 1e-9:
                    best, weights = fvu, trial
    return best, (torch.tensor(weights, dtype=x.dtype) * scale).tolist(), shape


@torch.no_grad()
def _index_model(rows: SplitRows, basis: Basis, weights: list[float], shape: _Bend) -> KAN:
    """The network of a single-index model, its curves fitted by least squares."""
    x, y = rows.training_rows()
    inner = basis if basis.size_name is None else basis.resized(FINEST)
    outer = basis if basis.size_name is None else basis.resized(INDEX_CELLS)
    model = KAN(
        [x.shape[1], 1, 1],
        basis=[inner, outer],
        norm="affine",
        seed=rows.generator,
        dtype=torch.float64,
    )
    first, last = model.stack()
    index = shape.apply(rows.x) @ torch.tensor(weights, dtype=x.dtype)[:, None]
    h = index[: rows.train]
    for layer, inputs, wanted, reached in ((first, x, h, rows.x), (last, h, y, index)):
        if layer.norm is not None:
            # The grid covers validation rows as well, or one might fall outside.
            layer.norm.fit_(reached, -0.98, 0.98)
        psi = layer.features(inputs)
        a = torch.cat([psi.flatten(1), torch.ones_like(inputs[:, :1])], 1)
        # The ridge keeps coefficients small where there are no rows.
        ridge = 1e-5 * torch.eye(a.shape[1], dtype=a.dtype)
        wanted = torch.cat([wanted, torch.zeros(len(ridge), wanted.shape[1], dtype=a.dtype)])
        solution = torch.linalg.lstsq(torch.cat([a, ridge]), wanted, driver="gelsd").solution
        put_weights(layer, solution[:-1], solution[-1])
        h = layer(inputs) if layer is first else h
    return model


def start(rows: SplitRows, widths: tuple[int, ...], basis: Basis) -> KAN | None:
    """A network after its first training steps; None if it is too large for the optimiser."""
    model = KAN(widths, basis=basis, norm="affine", seed=rows.generator, dtype=torch.float64)
    if sum(p.numel() for p in model.parameters()) > MOST_PARAMETERS:
        return None
    if (norm := model.stack()[0].norm) is not None:
        norm.fit_(rows.x, -0.98, 0.98)
    levenberg_marquardt(model, rows.training_rows(), steps=FIRST_STEPS)
    return model


def finish(rows: SplitRows, model: KAN) -> KAN:
    """Prune a network, and double the points of its grid."""
    x, y = rows.training_rows()
    model = grids.fit_range(model, x, tolerance=math.inf)  # trained again
    levenberg_marquardt(model, (x, y), steps=MORE_STEPS)
    model = prune_to(model, x, y, loss_budget=PRUNING)
    basis = model.stack()[0].basis
    if basis.size_name is not None and basis.points(basis.init_grid(1)) is not None:
        size: int = getattr(basis, basis.size_name)
        if size < FINEST:
            model = grids.refine(model, min(2 * size, FINEST), x, even=True, tolerance=math.inf)
    if sum(p.numel() for p in model.parameters()) <= MOST_PARAMETERS:
        levenberg_marquardt(model, (x, y), steps=MORE_STEPS)
    return model
