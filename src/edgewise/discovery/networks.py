"""Small KANs for a discovery: trained, pruned, and turned into formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

import torch
from torch import Tensor

from edgewise import grids
from edgewise.bases import Basis, BSpline
from edgewise.discovery.search import Data, Try, judged
from edgewise.discovery.separable import basis_rows
from edgewise.interpret.edges import features, stack
from edgewise.interpret.prune import prune_to
from edgewise.symbolic.regress import regress
from edgewise.models.kan import KAN
from edgewise.nn.norm import Affine
from edgewise.training.levenberg import MOST_PARAMETERS, levenberg_marquardt

FIRST_STEPS, MORE_STEPS = 20, 25
STARTS = 3
POOR = 0.3
"""Share of the variance above which a network isn't worth a formula."""
BEYOND = 0.02
"""Part of the rows that judge which may lie outside the curves' data."""
PRUNING = 0.05
FINEST = 12


@dataclass(frozen=True)
class Trained:
    """A network, and the share of the variance that it misses on the rows that judge."""

    model: KAN
    share: float
    widths: tuple[int, ...]


def shapes(inputs: int) -> list[tuple[int, ...]]:
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


def trained_networks(data: Data, basis: Basis, part: float) -> Iterator[Trained]:
    """Networks of growing width, the best of a few starts each, for a part of the budget."""
    while True:
        for widths in shapes(data.x.shape[1]):
            best: Trained | None = None
            for _ in range(STARTS):
                if data.late(part):
                    return
                found = _start(data, widths, basis)
                if found is not None and (best is None or found.share < best.share):
                    best = found
            if best is not None:
                yield finished(data, best)


def index_networks(data: Data, basis: Basis) -> Iterator[Trained]:
    """Networks [in, 1, 1] that start as y = g(Σ w_i s(x_i)), for the best w and s found quickly.

    From random starts the hidden sum hardly ever finds its way to an oscillating g.
    """
    x, y = _train(data)
    found = sorted((_index(x, y, s) for s in SHAPES if s.usable(x)), key=lambda f: f[0])
    for share, weights, shape in found[:2]:
        if share > POOR or data.late(0.6):
            return
        model = _index_model(data, basis, weights, shape)
        levenberg_marquardt(model, (x, y), steps=FIRST_STEPS)
        yield Trained(model, data.network_share(model), tuple(model.widths))


@dataclass(frozen=True)
class _Shape:
    """s of an index model."""

    apply: Callable[[Tensor], Tensor]
    positive: bool = False

    def usable(self, x: Tensor) -> bool:
        return not self.positive or bool((x > 0).all())


SHAPES = (
    _Shape(lambda x: x),
    _Shape(torch.log, positive=True),
    _Shape(torch.square),
    _Shape(torch.reciprocal, positive=True),
)
WEIGHTS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
INDEX_CELLS = 24


def _index(x: Tensor, y: Tensor, shape: _Shape) -> tuple[float, list[float], _Shape]:
    """The best weights, one after another, twice around; and the share that is missed."""
    columns = shape.apply(x)
    columns = columns / columns.std(0).clamp_min(1e-300) if not shape.positive else columns
    weights = [1.0] * x.shape[1]

    def missed(trial: list[float]) -> float:
        h = columns @ torch.tensor(trial, dtype=x.dtype)
        if float(h.std()) == 0:
            return 1.0
        phi = basis_rows(BSpline(grid=INDEX_CELLS), h[:, None])[0]
        c = torch.linalg.lstsq(phi, y, driver="gelsd").solution
        return float((phi @ c - y).square().mean() / y.var())

    best = missed(weights)
    for _ in range(2):
        for i in range(len(weights)):
            for w in WEIGHTS:
                trial = [*weights[:i], w, *weights[i + 1 :]]
                share = missed(trial)
                if share < best - 1e-9:
                    best, weights = share, trial
    scale = 1.0 if shape.positive else 1 / shape.apply(x).std(0).clamp_min(1e-300)
    return best, (torch.tensor(weights, dtype=x.dtype) * scale).tolist(), shape


@torch.no_grad()
def _index_model(data: Data, basis: Basis, weights: list[float], shape: _Shape) -> KAN:
    """The network of an index model: its curves drawn by least squares."""
    x, y = _train(data)
    inner = basis if basis.size_name is None else basis.resized(FINEST)
    outer = basis if basis.size_name is None else basis.resized(INDEX_CELLS)
    model = KAN(
        [x.shape[1], 1, 1],
        basis=[inner, outer],
        norm="affine",
        generator=data.generator,
        dtype=torch.float64,
    )
    first, last = stack(model)
    index = shape.apply(data.x) @ torch.tensor(weights, dtype=x.dtype)[:, None]
    h = index[: data.train]
    for layer, inputs, wanted, reached in ((first, x, h, data.x), (last, h, y, index)):
        norm = layer.norm
        if isinstance(norm, Affine):
            norm.fit_(reached, -0.98, 0.98)  # also of the rows that judge, or one may fall outside
        psi = features(layer, inputs)
        a = torch.cat([psi.flatten(1), torch.ones_like(inputs[:, :1])], 1)
        # Coefficients that no row reaches stay small.
        ridge = 1e-5 * torch.eye(a.shape[1], dtype=a.dtype)
        wanted = torch.cat([wanted, torch.zeros(len(ridge), wanted.shape[1], dtype=a.dtype)])
        solution = torch.linalg.lstsq(torch.cat([a, ridge]), wanted, driver="gelsd").solution
        w = solution[:-1].view(layer.in_features, -1, 1)
        layer.coef.copy_(w[:, : layer.basis.num_basis])
        if layer.base_weight is not None:
            layer.base_weight.copy_(w[:, -1])
        if layer.bias is not None:
            layer.bias.copy_(solution[-1])
        h = layer(inputs) if layer is first else h
    return model


def _start(data: Data, widths: tuple[int, ...], basis: Basis) -> Trained | None:
    model = KAN(widths, basis=basis, norm="affine", generator=data.generator, dtype=torch.float64)
    if sum(p.numel() for p in model.parameters()) > MOST_PARAMETERS:
        return None
    norm = model.layers[0].norm
    if isinstance(norm, Affine):
        norm.fit_(data.x, -0.98, 0.98)
    x, y = _train(data)
    levenberg_marquardt(model, (x, y), steps=FIRST_STEPS)
    return Trained(model, data.network_share(model), widths)


def finished(data: Data, trained: Trained) -> Trained:
    """The network with what it doesn't need pruned, on a grid twice as fine."""
    x, y = _train(data)
    model = grids.fit_range(trained.model, x)
    levenberg_marquardt(model, (x, y), steps=MORE_STEPS)
    model = prune_to(model, x, y, loss_budget=PRUNING)
    basis = stack(model)[0].basis
    if basis.size_name is not None and basis.edges(basis.init_grid(1)) is not None:
        size: int = getattr(basis, basis.size_name)
        if size < FINEST:
            model = grids.refine(model, min(2 * size, FINEST), x, even=True)
    if sum(p.numel() for p in model.parameters()) <= MOST_PARAMETERS:
        levenberg_marquardt(model, (x, y), steps=MORE_STEPS)
    return Trained(model, data.network_share(model), trained.widths)


def _train(data: Data) -> tuple[Tensor, Tensor]:
    """Rows to fit, y scaled to about 1."""
    return data.x[: data.train], data.target()[: data.train] / data.scale


def network_formula(data: Data, trained: Trained) -> Try | None:
    """The formula of a network; None if the network is no good itself."""
    # A curve says nothing where no row fitted it: a few rows beyond may be far off.
    if not data.network_share(trained.model, BEYOND) < POOR:
        return None
    x, y = _train(data)
    left = max(1.0, min(6.0, data.deadline - perf_counter()))
    model = regress(
        trained.model, x, y, library=data.library, reach=data.reach, snap=False, budget=left
    )
    with torch.no_grad():
        last = model.stack()[-1].symbolic
        last.affine[:, 2:].mul_(data.scale)
        last.bias.mul_(data.scale)
    model.input_names = [f"x{i}" for i in range(model.in_features)]
    name = f"KAN {list(trained.widths)} with {stack(trained.model)[0].basis.name}"
    return judged(data, model, name)
