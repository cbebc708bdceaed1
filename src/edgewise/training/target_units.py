"""Steps of an optimizer in units of the targets, where these are far from 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.optim import Optimizer

from edgewise.models.kan import KAN
from edgewise.nn.product_nodes import owners


@dataclass(frozen=True)
class TargetUnits:
    """Parameters that are as large as the targets.

    Attributes:
        sizes: the parameters of the last layer, each with its size; none if targets are near 1.
        loss: the loss of errors as large as the targets; as the smallest of several, whose
            gradients Adam would otherwise take for 0.
    """

    sizes: tuple[tuple[Parameter, Tensor], ...] = ()
    loss: float = 1.0


def find_units(model: KAN, spread: Tensor, loss: Any) -> TargetUnits:
    """The units of a model for targets of this spread.

    Sizes are powers of 2, so that dividing by them loses no digit.

    Shape:
        spread: (outputs of the model,)
    """
    last = model.stack()[-1]
    owner = torch.tensor(owners(last.out_features, model.products[-1]), device=spread.device)
    factors = owner.bincount()[owner]
    size = torch.exp2((spread.log2()[owner] / factors).round())
    scaled = last.coef_scale if isinstance(last.coef_scale, Parameter) else last.coef
    every = (scaled, last.base_weight, last.bias)
    sizes = tuple((p, size.to(p)) for p in every if p is not None and p.requires_grad)
    return TargetUnits(sizes, float(spread.min()) ** (1 if loss == "mae" else 2))


@contextmanager
def steps_in_units(optimizer: Optimizer, units: TargetUnits) -> Iterator[None]:
    """Let an optimizer see a network whose targets are near 1.

    To the optimizer a parameter p of size u is p/u, and the loss L is L/c, where c is the unit of
    the loss. So the gradient of p is u/c times as large, and that of other parameters 1/c times.
    An error within a step leaves parameters divided; :func:`.whole_steps` puts them back.
    """
    if not units.sizes:
        yield
        return
    params: list[Parameter] = [p for group in optimizer.param_groups for p in group["params"]]

    def divide() -> None:
        for p, size in units.sizes:
            p.data.div_(size)

    def multiply() -> None:
        for p, size in units.sizes:
            p.data.mul_(size)

    def scale_gradients() -> None:
        for p in params:
            if p.grad is not None:
                p.grad.div_(units.loss)
        for p, size in units.sizes:
            if p.grad is not None:
                p.grad.mul_(size)

    depth = 0  # the step of a subclass calls that of its base, and torch runs the hooks of both

    def begin(_: Optimizer, args: Any, settings: Any) -> Any:
        nonlocal depth
        depth += 1
        if depth > 1:
            return None
        divide()
        itself, *closures = args
        if not closures:
            scale_gradients()
            return None
        closure: Callable[[], Tensor] = closures[0]

        def in_units() -> Tensor:
            multiply()
            loss = closure()
            divide()
            scale_gradients()
            return loss / units.loss

        return (itself, in_units), settings

    def end(*_: Any) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            multiply()

    hooks = [optimizer.register_step_pre_hook(begin), optimizer.register_step_post_hook(end)]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
