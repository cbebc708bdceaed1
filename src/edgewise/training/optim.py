"""Optimizers by name, and Muon for models whose matrices are three-dimensional."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, overload

import torch
from torch import Tensor
from torch.nn import Parameter
from torch.optim import LBFGS, SGD, Adam, AdamW, Muon, Optimizer
from torch.optim.lr_scheduler import LRScheduler

from edgewise.nn.arguments import check_numbers

OptimizerSpec = str | Optimizer | Callable[[list[Parameter]], Optimizer]
SchedulerSpec = LRScheduler | Callable[[Optimizer], LRScheduler] | None

_DEFAULT_LR = {"adam": 1e-3, "adamw": 1e-3, "muon": 0.02, "lbfgs": 1.0, "sgd": 0.01}
_MOMENTUM = 0.9  # of SGD by name: without one it needs far more steps
_ADAM_SHARE = 0.05  # Muon's step has unit spectral norm; AdamW's usual rate is 20 times smaller


class MuonAdamW(Optimizer):
    """Muon for the matrices of a model, AdamW for everything else.

    A coefficient tensor ``(in, num_basis, out)`` is orthogonalised as the matrix
    ``(in * num_basis, out)`` that multiplies the basis values; tensors with four or more
    dimensions as ``(shape[0], rest)``. Vectors, scalars and tensors that cannot be viewed as a
    matrix go to AdamW.

    Args:
        params: the parameters to train.
        lr: learning rate of Muon; AdamW uses ``lr / 20``.
        weight_decay: decoupled weight decay of both.

    Source: Jordan et al. (2024), "Muon: an optimizer for hidden layers in neural networks".
    """

    def __init__(
        self, params: Iterable[Parameter], lr: float = 0.02, weight_decay: float = 0.0
    ) -> None:
        params = list(params)
        self._matrices = [p for p in params if _is_matrix(p)]
        others = [p for p in params if not _is_matrix(p)]
        self._views = [Parameter(_as_matrix(p)) for p in self._matrices]
        self._inner: list[Optimizer] = []
        groups: list[dict[str, Any]] = []
        if self._matrices:
            self._inner.append(Muon(self._views, lr=lr, weight_decay=weight_decay))
            groups.append(self._inner[-1].param_groups[0] | {"params": self._matrices})
        if others:
            self._inner.append(_adam(AdamW, others, lr * _ADAM_SHARE, weight_decay))
            groups.append(self._inner[-1].param_groups[0] | {"params": others})
        # The outer groups hold the model's own parameters, so that zero_grad, gradient clipping
        # and GradScaler find the gradients where autograd puts them.
        super().__init__(groups, {"lr": lr, "weight_decay": weight_decay})

    @overload
    def step(self, closure: None = None) -> None: ...

    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Do one step of both optimizers; `closure` recomputes loss and gradients first."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for view, parameter in zip(self._views, self._matrices, strict=True):
            view.data = _as_matrix(parameter)  # follows a parameter that was moved
            gradient = parameter.grad
            view.grad = None if gradient is None else gradient.reshape(view.shape)
        for outer, inner in zip(self.param_groups, self._inner, strict=True):
            settings = {key: value for key, value in outer.items() if key != "params"}
            inner.param_groups[0].update(settings)  # what a scheduler changed
            inner.step()
        for view in self._views:
            view.grad = None
        return loss

    def state_dict(self) -> dict[str, Any]:
        """The states of the inner optimizers, with the settings of the groups."""
        outer = super().state_dict()
        return outer | {"inner": [inner.state_dict() for inner in self._inner]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Restore what `state_dict` returned.

        Raises:
            ValueError: the state belongs to another set of parameters.
        """
        inner_states = state_dict["inner"]
        if len(inner_states) != len(self._inner):
            raise ValueError(
                f"MuonAdamW expected the state of {len(self._inner)} inner optimizers, got "
                f"{len(inner_states)}: load it into the model that it was saved for"
            )
        super().load_state_dict({k: v for k, v in state_dict.items() if k != "inner"})
        for inner, state in zip(self._inner, inner_states, strict=True):
            inner.load_state_dict(state)

    def forget(self, params: Iterable[Tensor]) -> None:
        """Drop what both optimizers remember of these parameters."""
        mine = {id(p) for p in params}
        views = [v for v, p in zip(self._views, self._matrices, strict=True) if id(p) in mine]
        for inner in self._inner:
            forget(inner, [*views, *params])


def forget(optimizer: Optimizer, params: Iterable[Tensor]) -> None:
    """Make the optimizer start anew with parameters whose values got another meaning.

    L-BFGS knows directions of all parameters together, and forgets them all.
    """
    if isinstance(optimizer, MuonAdamW):
        optimizer.forget(list(params))
    elif isinstance(optimizer, LBFGS):
        optimizer.state.clear()
    else:
        for parameter in params:
            optimizer.state.pop(parameter, None)


def _is_matrix(parameter: Tensor) -> bool:
    return parameter.ndim == 2 or (parameter.ndim > 2 and parameter.is_contiguous())


def _as_matrix(parameter: Tensor) -> Tensor:
    detached = parameter.detach()
    if detached.ndim == 3:
        return detached.view(-1, detached.shape[-1])
    return detached if detached.ndim == 2 else detached.view(detached.shape[0], -1)


def _adam(
    kind: type[Adam] | type[AdamW], params: list[Parameter], lr: float, weight_decay: float
) -> Optimizer:
    fused = all(p.is_floating_point() and p.device.type in ("cpu", "cuda") for p in params)
    return kind(params, lr=lr, weight_decay=weight_decay, fused=fused or None)


def build_optimizer(
    spec: OptimizerSpec, params: list[Parameter], lr: float | None, weight_decay: float | None
) -> Optimizer:
    """The optimizer that `fit` was asked for.

    Raises:
        ValueError: an unknown name, settings that the optimizer does not take, or an optimizer
            that trains none of `params`.
    """
    for name, value in (("lr", lr), ("weight_decay", weight_decay)):
        if value is not None:
            check_numbers("fit", greatest=math.inf, **{name: value})
    if isinstance(spec, str):
        return _by_name(spec, params, lr, weight_decay or 0.0)
    if lr is not None or weight_decay is not None:
        raise ValueError(
            "lr and weight_decay go with an optimizer given by name, got an optimizer of your own: "
            "set them where you build it"
        )
    optimizer = spec if isinstance(spec, Optimizer) else spec(params)
    if not isinstance(optimizer, Optimizer):
        raise ValueError(
            "optimizer expected a name, a torch.optim.Optimizer or a callable that returns one, "
            f"got {type(optimizer).__name__}"
        )
    mine = {id(p) for p in params}
    if not any(id(p) in mine for group in optimizer.param_groups for p in group["params"]):
        raise ValueError(
            "the optimizer holds no trainable parameter of this model: build it from "
            "model.parameters()"
        )
    return optimizer


def _by_name(
    name: str, params: list[Parameter], lr: float | None, weight_decay: float
) -> Optimizer:
    given, name = name, name.lower().replace("-", "")
    if name not in _DEFAULT_LR:
        raise ValueError(
            f"optimizer expected one of {', '.join(_DEFAULT_LR)}, got {given!r}: use one of these, "
            "a torch.optim.Optimizer, or a callable that builds one"
        )
    rate = _DEFAULT_LR[name] if lr is None else lr
    if name == "adam":
        return _adam(Adam, params, rate, weight_decay)
    if name == "adamw":
        return _adam(AdamW, params, rate, weight_decay)
    if name == "sgd":
        return SGD(params, rate, momentum=_MOMENTUM, weight_decay=weight_decay)
    if name == "muon":
        return MuonAdamW(params, rate, weight_decay)
    if weight_decay:
        raise ValueError(
            f"lbfgs expected weight_decay 0, got {weight_decay}: penalise the weights with "
            "regularizer= instead"
        )
    return LBFGS(
        params,
        lr=rate,
        max_iter=20,
        history_size=10,
        # As good as zero: only the number of steps ends the search.
        tolerance_grad=1e-32,
        tolerance_change=1e-32,
        line_search_fn="strong_wolfe",
    )


def build_scheduler(spec: SchedulerSpec, optimizer: Optimizer) -> LRScheduler | None:
    """The learning-rate schedule that `fit` was asked for.

    Raises:
        ValueError: a schedule of another optimizer, or something that is not a schedule.
    """
    if spec is None:
        return None
    scheduler = spec(optimizer) if callable(spec) and not isinstance(spec, LRScheduler) else spec
    if not isinstance(scheduler, LRScheduler):
        raise ValueError(
            "scheduler expected an LRScheduler or a callable that makes one from the optimizer, "
            f"got {type(scheduler).__name__}"
        )
    if scheduler.optimizer is not optimizer:
        raise ValueError(
            "the scheduler belongs to another optimizer than the one that trains: pass that "
            "optimizer as optimizer=, or a callable such as lambda opt: StepLR(opt, 10)"
        )
    return scheduler
