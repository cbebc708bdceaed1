"""The last layer in closed form, from sums over all data that it has seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers
from edgewise.nn import KANLinear
from edgewise.nn.init import put_weights
from edgewise.nn.inspect import in_evaluation
from edgewise.training.continual import Continual
from edgewise.training.data import Batch, Batches
from edgewise.training.frozen_parameters import Hold
from edgewise.training.importance import linear_layers, record_calls
from edgewise.training.losses import match_target
from edgewise.training.memory import Memory, decay
from edgewise.training.objective import Objective

RIDGES = tuple(10.0**power for power in range(-12, 1))
LEAST_FREEDOM = 0.2
"""Degrees of freedom, of all rows, that a ridge has to leave."""
_NEVER = -1e4
"""The logit of a class that no data had: no other class's is as low, and it is finite."""


@dataclass(frozen=True)
class Moments(Continual):
    """The last layer is solved from sums over all data so far; the layers before it stay.

    The last layer is linear in its features ψ = (φ_1(z_1) …, s(x_1) …): in the outputs of its
    functions for a KAN layer, in its inputs for nn.Linear. Training on the first data is as usual.
    At the end, and for all later data instead of training, the sums

    .. math:: n, \\quad \\sum ψ, \\quad \\sum ψψ^T, \\quad \\sum ψ\\,t^T, \\quad \\sum t

    over their rows are added up, t being targets, or ones at the place of the class. They hold no
    row, and they are the same in whatever order the rows come. With means μ and covariances of all
    rows, ridge regression and linear discriminant analysis are

    .. math:: W = (Σ + ridge·\\overline{Σ_{kk}}\\, I)^{-1} \\mathrm{cov}(ψ, t), \\quad
              b = \\bar t - μ^T W

    for squared errors, with Σ = cov(ψ), and for classes with Σ the covariance within classes

    .. math:: W_c = (Σ + …)^{-1} (μ_c - μ), \\quad
              b_c = \\log \\frac{n_c}{n} - \\tfrac12 (μ_c + μ)^T W_c.

    So the last layer forgets nothing: after all tasks it is the same as if it had seen all data at
    once. The price is that the layers before it learn from the first data alone; a model with one
    layer pays nothing. ``MLP`` can do it as well.

    A class that no data had gets the logit -10,000. Later runs have one row in their history and
    ignore steps, epochs and the optimizer.

    Args:
        memory: None for the first data, then ``history.memory`` of the run before.
        ridge: relative to the features' mean variance. None takes the power of ten from 1e-12 to 1
            that has the least generalised cross-validation, which also follows from the sums, among
            those that leave a fifth of the rows as degrees of freedom.

    Raises:
        ValueError: a number out of range; in `fit`, a loss other than squared errors or cross
            entropy of classes, a model that doesn't end in a KAN layer or nn.Linear with a bias, or
            a memory of another model.

    References: McDonnell et al., *RanPAC*, arXiv:2307.02251, whose ridge regression of classes is
    close to this; Hayes & Kanan, *Lifelong machine learning with deep streaming linear
    discriminant analysis*, arXiv:1909.01520.

    Example:
        >>> import torch, edgewise as ew
        >>> model, memory = ew.KAN([1, 1], basis=ew.Chebyshev(4)), None
        >>> for left in (-1.0, 0.0):
        ...     x = left + torch.rand(100, 1)
        ...     history = ew.fit(model, x, x.sin(), steps=50, progress=False,
        ...                      continual=ew.continual.Moments(memory))
        ...     memory = history.memory
        >>> x = torch.linspace(-1, 1, 9)[:, None]
        >>> bool((model(x) - x.sin()).abs().max() < 0.03)
        True
    """

    memory: Memory | None = None
    ridge: float | None = None
    name: ClassVar[str] = "Moments"

    def __post_init__(self) -> None:
        if self.ridge is not None:
            check_numbers("Moments", ridge=self.ridge)
        self.check_memory()

    def hold(self, model: nn.Module, batches: Batches, objective: Objective) -> Hold:
        batch = next(iter(batches.epoch()))
        with torch.no_grad():
            layer, x, prediction = _call(in_evaluation(model), batch.x)
            targets = _targets(objective, prediction, batch)
        if self.memory is None:
            return Hold()
        size = _features(layer, x).shape[-1]
        self.memory.match(model, _shapes(size, targets.shape[-1]))
        return Hold(solves=True)

    @torch.no_grad()
    def learn(self, model: nn.Module, batches: Batches, objective: Objective) -> Memory:
        sums = dict(self.memory.tensors) if self.memory is not None else {}
        kind = "numbers"
        for batch in batches.epoch():
            layer, x, prediction = _call(model, batch.x)
            kind = objective.kind(prediction, batch.y)
            psi, targets = _features(layer, x).double(), _targets(objective, prediction, batch)
            weighted = psi
            if batch.weight is not None:
                weighted = psi * batch.weight.double()[:, None]
            ones = psi.new_ones(len(psi), 1) if batch.weight is None else batch.weight[:, None]
            new = {
                "count": ones.double().sum(0),
                "features": weighted.sum(0),
                "squares": weighted.t() @ psi,
                "products": weighted.t() @ targets,
                "targets": (ones.double() * targets).sum(0),
                "energy": (ones.double() * targets.square()).sum(0),
            }
            sums = {name: decay(sums.get(name), value, 1.0) for name, value in new.items()}
        solve = _solve_numbers if kind == "numbers" else _solve_classes
        weight, bias = solve(sums, self.ridge)
        _write(layer, weight, bias)
        return Memory(self.name, self.tasks + 1, sums)


def _shapes(size: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {
        "count": (1,),
        "features": (size,),
        "squares": (size, size),
        "products": (size, outputs),
        "targets": (outputs,),
        "energy": (outputs,),
    }


def _call(model: nn.Module, x: Tensor) -> tuple[KANLinear | nn.Linear, Tensor, Tensor]:
    """The last layer, its inputs as rows, and its answers, which must be the model's."""
    with record_calls(linear_layers(model)) as calls:
        prediction = model(x)
    layer, inputs, answer = calls[-1] if calls else (None, x, x)
    own = answer is prediction or (
        answer.shape == prediction.shape and torch.equal(answer, prediction)
    )
    if not isinstance(layer, KANLinear | nn.Linear) or not own or prediction.dim() != 2:
        raise ValueError(
            "Moments expected a model whose output, (rows, outputs), is that of its last KAN layer "
            f"or nn.Linear, got {type(model).__name__}, which does something else at the end: "
            "leave out what follows, such as post= or a softmax"
        )
    if layer.bias is None:
        raise ValueError("Moments expected a last layer with a bias, got none: pass bias=True")
    if isinstance(layer, KANLinear) and layer.mask is not None:
        raise ValueError(
            "Moments expected a last layer without a mask, got one with pruned edges, which a "
            "solution would bring back: prune after the last task"
        )
    return layer, inputs, prediction


def _features(layer: KANLinear | nn.Linear, x: Tensor) -> Tensor:
    return x if isinstance(layer, nn.Linear) else layer.features(x).flatten(1)


def _targets(objective: Objective, prediction: Tensor, batch: Batch) -> Tensor:
    """t, in float64; (rows, outputs)."""
    kind = objective.kind(prediction, batch.y)
    if kind == "classes":
        return nn.functional.one_hot(batch.y.long(), prediction.shape[-1]).double()
    if kind == "numbers":
        return match_target("Moments", prediction, batch.y).double()
    raise ValueError(
        "Moments expected a loss of squared errors, or the cross entropy of integer classes, got "
        f"one of {kind}: leave loss= out, with one output for each class"
    )


@dataclass(frozen=True)
class _Statistics:
    """Means and covariances of features ψ and targets t.

    Shape:
        mean: (features,), own: (features, features), target, spread: (outputs,), the mean and the
        variance of t, cross: (features, outputs)
    """

    count: float
    mean: Tensor
    own: Tensor
    target: Tensor
    spread: Tensor
    cross: Tensor


def _statistics(sums: dict[str, Tensor]) -> _Statistics:
    count = sums["count"]
    mean, target = sums["features"] / count, sums["targets"] / count
    own = sums["squares"] / count - torch.outer(mean, mean)
    cross = sums["products"] / count - torch.outer(mean, target)
    spread = sums["energy"] / count - target.square()
    return _Statistics(float(count), mean, own, target, spread, cross)


@dataclass(frozen=True)
class _Inverse:
    """A covariance Σ by its eigenvalues, to be divided by with any ridge."""

    values: Tensor
    vectors: Tensor

    @staticmethod
    def of(covariance: Tensor) -> _Inverse:
        values, vectors = torch.linalg.eigh(covariance)
        return _Inverse(values.clamp_min(0), vectors)

    def shrink(self, ridge: float) -> Tensor:
        """1 / (λ + ridge · mean λ) for each eigenvalue λ, and 0 for the zeros of a singular Σ."""
        # Rounding leaves those zeros as large as ε times the greatest eigenvalue.
        floor = torch.finfo(self.values.dtype).eps * len(self.values) * self.values[-1]
        shifted = self.values + ridge * self.values.mean()
        return torch.where(shifted > floor, 1 / shifted.clamp_min(1e-300), 0)

    def divide(self, right: Tensor, ridge: float) -> Tensor:
        """(Σ + ridge · mean(λ) I)⁻¹ right."""
        return self.vectors @ (self.shrink(ridge)[:, None] * (self.vectors.t() @ right))


def _choose_ridge(known: _Statistics, inverse: _Inverse) -> float:
    """The ridge with the least GCV = RSS / n / (1 - df / n)², over all outputs.

    Reference: Golub, Heath and Wahba, *Generalized cross-validation as a method for choosing a good
    ridge parameter*, Technometrics 21 (1979).
    """
    along = (inverse.vectors.t() @ known.cross).square().sum(1)

    def score(ridge: float) -> float:
        shrunk = inverse.shrink(ridge)
        explained = (along * shrunk * (2 - shrunk * inverse.values)).sum()
        freedom = float((shrunk * inverse.values).sum()) + 1
        left = 1 - freedom / known.count
        # As many features as rows fit anything: the score, 0 / 0 there, means nothing.
        return float(known.spread.sum() - explained) / left**2 if left > LEAST_FREEDOM else math.inf

    return min(reversed(RIDGES), key=score)


def _solve_numbers(sums: dict[str, Tensor], ridge: float | None) -> tuple[Tensor, Tensor]:
    known = _statistics(sums)
    inverse = _Inverse.of(known.own)
    chosen = _choose_ridge(known, inverse) if ridge is None else ridge
    weight = inverse.divide(known.cross, chosen)
    return weight, known.target - known.mean @ weight


def _solve_classes(sums: dict[str, Tensor], ridge: float | None) -> tuple[Tensor, Tensor]:
    known = _statistics(sums)
    share, seen = known.target, known.target > 0
    chosen = _choose_ridge(known, _Inverse.of(known.own)) if ridge is None else ridge
    # cov(ψ, t_c) = (n_c / n) (μ_c - μ), from which the covariance between classes follows.
    apart = torch.where(seen, known.cross / share.clamp_min(1e-300), 0)
    weight = _Inverse.of(known.own - (apart * share) @ apart.t()).divide(apart, chosen)
    bias = share.clamp_min(1e-300).log() - (known.mean @ weight) - 0.5 * (apart * weight).sum(0)
    return weight, torch.where(seen, bias, _NEVER)


def _write(layer: KANLinear | nn.Linear, weight: Tensor, bias: Tensor) -> None:
    """Put W, (features, outputs), and b where the layer has its weights."""
    if isinstance(layer, KANLinear):
        put_weights(layer, weight, bias)
        return
    layer.weight.copy_(weight.t())
    if layer.bias is not None:
        layer.bias.copy_(bias)
