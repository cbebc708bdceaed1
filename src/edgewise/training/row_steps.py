"""Gauss-Newton steps of `fit`: damped least squares on the rows of each batch."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from edgewise._derivatives import with_derivatives
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.training.damped import LEAST, MOST, STRONGER, TRIES, prepare
from edgewise.training.data import Batch
from edgewise.training.linearisation import Linearisation
from edgewise.training.objective import LossSpec, Objective
from edgewise.training.target_units import TargetUnits

NAME = "gauss-newton"
FIRST_DAMPING = 1e-2


class GaussNewton(Optimizer):
    """What a run keeps between steps: the rate, which shortens them, and the damping."""

    def __init__(self, params: Any, lr: float = 1.0) -> None:
        super().__init__(params, {"lr": lr, "damping": FIRST_DAMPING})

    def step(self, closure: Any = None) -> Any:
        """Steps need the rows of a batch, which :class:`RowSteps` has."""
        raise TypeError("expected fit(optimizer='gauss-newton') to take the steps")


def is_by_rows(optimizer: Any) -> bool:
    """Whether `fit` was asked for Gauss-Newton."""
    return isinstance(optimizer, str) and optimizer.lower().replace("-", "") == "gaussnewton"


def check_least_squares(loss: LossSpec, **refused: Any) -> None:
    """Raise ValueError unless the loss is a sum of squares and nothing is added to it."""
    if loss not in (None, "mse"):
        raise ValueError(f"gauss-newton expected loss='mse', a sum of squares, got {loss!r}")
    for name, value in refused.items():
        if value is not None:
            raise ValueError(
                f"gauss-newton expected {name}=None, as it solves least squares, got {value!r}: "
                "leave it out, or take another optimizer"
            )


class RowSteps:
    """Damped least-squares steps of a model on batches.

    .. math:: (J^T J + λ\\, m)\\, Δ = -J^T r

    J holds the derivatives of every weighted prediction by the parameters of KAN and linear layers;
    the parameters of normalisations stay. A step that doesn't lower the loss of its batch isn't
    made. The matrix is computed and factorised in float64 whatever the model's type.

    Args:
        objective: a mean of squares.
        optimizer: holds the damping.
        units: what the lengths of steps are measured in.
    """

    def __init__(
        self, model: nn.Module, objective: Objective, optimizer: Optimizer, units: TargetUnits
    ) -> None:
        self.model, self.objective, self.optimizer = model, objective, optimizer
        self.linearisation = Linearisation([model], "fit with gauss-newton")
        known = {id(p): size for p, size in units.sizes}
        sizes = [known.get(id(p), torch.ones_like(p)) for p in self.linearisation.params]
        every = zip(self.linearisation.params, sizes, strict=True)
        expanded = [size.expand_as(p).flatten() for p, size in every]
        self.sizes = torch.cat(expanded)[self.linearisation.moving].double()

    @with_derivatives()
    def step(self, batch: Batch, closure: Callable[[], Tensor]) -> None:
        """One step.

        Args:
            batch: the rows.
            closure: computes the loss for the history.
        """
        before = float(closure())
        group = self.optimizer.param_groups[0]
        at, costs = descend(
            Trial(self.linearisation.read(), before),
            lambda at: self._linearise(at, batch, group["lr"]),
            Tenfold(group["damping"], least=LEAST),
            steps=1, tries=TRIES, most=MOST,
        )  # fmt: skip
        self.linearisation.write(at.point)
        if costs and at.damping is not None:
            group["damping"] = max(at.damping / 10, LEAST)

    def _linearise(self, at: Trial, batch: Batch, rate: float) -> Attempt:
        jacobian, values = self.linearisation.jacobian(lambda: self._predict(batch.x))
        slope, bend = self._differentiate(values, batch)
        root = bend.sqrt()
        rows = jacobian.double() * root[:, None] * self.sizes
        factorise, residuals = prepare(rows, rows.shape[1]), slope / root

        def attempt(damping: float) -> Trial | None:
            found = [
                self._try(at, solve(residuals) * self.sizes, each, batch, rate)
                for each in (damping, STRONGER * damping)
                if (solve := factorise(each)) is not None
            ]
            return min(filter(None, found), key=lambda trial: trial.cost, default=None)

        return attempt

    def _predict(self, x: Tensor) -> Tensor:
        made: Tensor = self.model(x)
        return made[:, None] if made.dim() == 1 else made

    @torch.enable_grad()
    def _differentiate(self, values: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
        """First and second derivatives of the loss by each prediction, column by column."""
        columns = values.reshape(-1, len(batch.x)).t().double()
        kind = self.objective.kind(columns, batch.y)
        if kind != "numbers":
            raise ValueError(
                f"gauss-newton expected numbers as targets, got {kind} ({batch.y.dtype}): pass "
                "y.float(), or take another optimizer"
            )
        prediction = columns.reshape(batch.y.shape).requires_grad_()
        weight = None if batch.weight is None else batch.weight.double()
        loss = self.objective.loss(prediction, batch.y.double(), weight)
        (slope,) = torch.autograd.grad(loss, prediction, create_graph=True)
        (bend,) = torch.autograd.grad(slope.sum(), prediction)
        both = [each.detach().reshape(len(batch.x), -1).t().reshape(-1) for each in (slope, bend)]
        return both[0], both[1].clamp(min=1e-300)

    @torch.no_grad()
    def _try(
        self, at: Trial, step: Tensor, damping: float, batch: Batch, rate: float
    ) -> Trial | None:
        if not bool(step.isfinite().all()):
            return None
        point = at.point + rate * step.to(at.point)
        self.linearisation.write(point)
        cost = float(self.objective.loss(self.model(batch.x), batch.y, batch.weight))
        return Trial(point, cost if cost == cost else math.inf, damping=damping)
