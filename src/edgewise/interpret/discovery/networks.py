"""Small KANs for a discovery: trained, pruned, and turned into formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import torch
from torch import Tensor

from edgewise import grids
from edgewise.bases import Basis
from edgewise.interpret.discovery.search import Data, Try, judged
from edgewise.interpret.edges import stack
from edgewise.interpret.prune import prune_to
from edgewise.interpret.symbolic.regress import regress
from edgewise.models.kan import KAN
from edgewise.nn.norm import Affine
from edgewise.training.levenberg import MOST_PARAMETERS, levenberg_marquardt

FIRST_STEPS, MORE_STEPS = 20, 25
STARTS = 3
POOR = 0.3
"""Share of the variance above which a network isn't worth a formula."""
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
    if not trained.share < POOR:
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
