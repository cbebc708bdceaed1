"""Optimizers by name, what weight decay acts on, and Muon for three-dimensional matrices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, overload

import torch
from torch import Tensor, nn
from torch.nn import Parameter
from torch.optim import LBFGS, SGD, Adam, AdamW, Muon, Optimizer
from torch.optim.lr_scheduler import LRScheduler

from edgewise._checks import check_numbers, read_count
from edgewise.nn.inspect import check_module
from edgewise.nn.linear import KANLinear
from edgewise.nn.rational import Rational
from edgewise.training.linearisation import Linearised
from edgewise.training.row_steps import NAME, GaussNewton

OptimizerSpec = str | Optimizer | Callable[[list[Parameter]], Optimizer]
SchedulerSpec = LRScheduler | Callable[[Optimizer], LRScheduler] | None

_DEFAULT_LR = {"adam": 3e-3, "adamw": 3e-3, "muon": 0.02, "lbfgs": 1.0, NAME: 1.0, "sgd": 0.01}
_MOMENTUM = 0.9  # of SGD by name: without one it needs far more steps
_ADAM_SHARE = 0.05  # Muon's step has unit spectral norm; AdamW's usual rate is 20 times smaller


def parameter_groups(
    model: nn.Module,
    *,
    lr: float | None = None,
    weight_decay: float = 0.01,
    base_width: int | None = None,
) -> list[dict[str, Any]]:
    """The trained parameters of any model in groups for an optimizer: with weight decay, without.

    Coefficients, base weights and the weights of other layers decay. Parameters that say where or
    how large something is don't: biases, scales of edges, centres and widths of grids,
    normalisations, embeddings, rational functions, and the constants of formulas. `fit` divides
    them in the same way.

    Args:
        lr: a learning rate for all groups; None leaves it to the optimizer.
        weight_decay: of the first group; the second has 0. A group without parameters is left out.
        base_width: the width of the KAN that ``lr`` was chosen for. Coefficients and base weights
            of a layer with n inputs then have the rate lr · min(1, base_width / n), so that one
            ``lr`` suits networks of all widths, as in maximal update parametrisation (Yang et al.,
            arXiv:2203.03466). The last layer of a very wide network should begin smaller, too, see
            ``size`` of :func:`~edgewise.nn.init.line_`. None is one rate for all layers.

    Raises:
        ValueError: if a number is negative, the model has nothing to train, or there is a
            ``base_width`` without ``lr``.
        TypeError: if the model is no module.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 5, 1], basis=ew.Gaussian(8, train_centers=True), norm="affine")
        >>> groups = ew.training.parameter_groups(model, weight_decay=0.05)
        >>> optimizer = torch.optim.AdamW(groups, lr=1e-2)
        >>> names = {p: name for name, p in model.named_parameters()}
        >>> for group in optimizer.param_groups:
        ...     first = sorted(names[p] for p in group["params"] if names[p].startswith("layers.0"))
        ...     print(group["weight_decay"], *first)
        0.05 layers.0.base_weight layers.0.coef
        0.0 layers.0.bias layers.0.centers layers.0.norm.scale layers.0.norm.shift
    """
    check_module(model)
    check_numbers("parameter_groups", greatest=math.inf, weight_decay=weight_decay)
    if lr is not None:
        check_numbers("parameter_groups", greatest=math.inf, lr=lr)
    params = [p for p in model.parameters() if p.requires_grad]
    if not params:
        raise ValueError(
            "parameter_groups expected a model with trainable parameters, got none: set "
            "requires_grad on some"
        )
    groups = _divide(params, find_decaying(model), weight_decay)
    if base_width is not None:
        read_count("parameter_groups", "base_width", base_width, 1)
        if lr is None:
            raise ValueError(
                "parameter_groups expected lr, got base_width alone: pass the learning rate that "
                "suits a network of that width"
            )
        return _slow_wide_layers(model, groups, lr, base_width)
    return groups if lr is None else [group | {"lr": lr} for group in groups]


def _slow_wide_layers(
    model: nn.Module, groups: list[dict[str, Any]], lr: float, base_width: int
) -> list[dict[str, Any]]:
    """Every group divided by the learning rates of its parameters."""
    rates = {
        id(parameter): lr * min(1.0, base_width / layer.in_features)
        for layer in model.modules()
        if isinstance(layer, KANLinear)
        for parameter in (layer.coef, layer.base_weight)
        if parameter is not None
    }
    divided = []
    for group in groups:
        by_rate: dict[float, list[Parameter]] = {}
        for parameter in group["params"]:
            by_rate.setdefault(rates.get(id(parameter), lr), []).append(parameter)
        divided += [group | {"params": some, "lr": rate} for rate, some in by_rate.items()]
    return divided


def find_decaying(model: nn.Module) -> list[Parameter]:
    """The parameters that weight decay is for."""
    return [
        parameter
        for module in model.modules()
        for name, parameter in module.named_parameters(recurse=False)
        if _decays(module, name, parameter)
    ]


def _decays(module: nn.Module, name: str, parameter: Parameter) -> bool:
    if isinstance(module, KANLinear):
        return name in ("coef", "base_weight")
    kept = Linearised | Rational | nn.Embedding | nn.EmbeddingBag | nn.LayerNorm | nn.RMSNorm
    return parameter.dim() > 1 and "bias" not in name and not isinstance(module, kept)


def _divide(
    params: list[Parameter], decaying: list[Parameter], weight_decay: float
) -> list[dict[str, Any]]:
    """Groups for an optimizer, of which only the first has weight decay."""
    mine = {id(p) for p in decaying}
    first, rest = ([p for p in params if (id(p) in mine) == wanted] for wanted in (True, False))
    decays = ((first, weight_decay), (rest, 0.0))
    return [{"params": some, "weight_decay": decay} for some, decay in decays if some]


class MuonAdamW(Optimizer):
    """Muon for the matrices of a model, AdamW for everything else.

    A coefficient tensor ``(in, num_basis, out)`` is orthogonalised as the matrix
    ``(in * num_basis, out)`` that multiplies the basis values; tensors with four or more
    dimensions as ``(shape[0], rest)``. Vectors, scalars and tensors that cannot be viewed as a
    matrix go to AdamW.

    Args:
        params: the parameters to train, or groups of them with a weight decay of their own.
        lr: learning rate of Muon; AdamW uses ``lr / 20``.
        weight_decay: decoupled weight decay of both.

    Source: Jordan et al. (2024), "Muon: an optimizer for hidden layers in neural networks".
    """

    def __init__(
        self,
        params: Iterable[Parameter] | Iterable[dict[str, Any]],
        lr: float = 0.02,
        weight_decay: float = 0.0,
    ) -> None:
        given: list[Any] = list(params)
        if not given or not isinstance(given[0], dict):
            given = [{"params": given}]
        self._matrices: list[Parameter] = []
        self._views: list[Parameter] = []
        self._inner: list[Optimizer] = []
        groups: list[dict[str, Any]] = []
        for part in given:
            members, decay = list(part["params"]), part.get("weight_decay", weight_decay)
            rate = part.get("lr", lr)
            matrices = [p for p in members if _is_matrix(p)]
            others = [p for p in members if not _is_matrix(p)]
            views = [Parameter(_as_matrix(p)) for p in matrices]
            self._matrices += matrices
            self._views += views
            if matrices:
                self._inner.append(Muon(views, lr=rate, weight_decay=decay))
                groups.append(self._inner[-1].param_groups[0] | {"params": matrices})
            if others:
                self._inner.append(_adam(AdamW, others, rate * _ADAM_SHARE, decay))
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
        """Restore what `state_dict` returned."""
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
    """Let the optimizer forget what it knows about parameters whose values got another meaning.

    L-BFGS keeps directions of all parameters together, so it forgets them all.
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
    kind: type[Adam] | type[AdamW], params: list[Any], lr: float, weight_decay: float
) -> Optimizer:
    """Adam of parameters or groups of them, fused where torch can."""
    members = [p for part in params for p in (part["params"] if isinstance(part, dict) else [part])]
    fused = all(p.is_floating_point() and p.device.type in ("cpu", "cuda") for p in members)
    return kind(params, lr=lr, weight_decay=weight_decay, fused=fused or None)


def build_optimizer(
    spec: OptimizerSpec,
    params: list[Parameter],
    lr: float | None,
    weight_decay: float | None,
    decaying: list[Parameter] | None = None,
) -> Optimizer:
    """The optimizer that `fit` was asked for.

    Args:
        decaying: those of the parameters that weight decay acts on; None for all.
    """
    for name, value in (("lr", lr), ("weight_decay", weight_decay)):
        if value is not None:
            check_numbers("fit", greatest=math.inf, **{name: value})
    if isinstance(spec, str):
        members: list[Any] = params
        if weight_decay and decaying is not None:
            members = _divide(params, decaying, weight_decay)
        return _by_name(spec, members, lr, weight_decay or 0.0)
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


def _by_name(name: str, params: list[Any], lr: float | None, weight_decay: float) -> Optimizer:
    known = {each.replace("-", ""): each for each in _DEFAULT_LR}
    given, name = name, known.get(name.lower().replace("-", ""), "")
    if not name:
        raise ValueError(
            f"optimizer expected one of {', '.join(_DEFAULT_LR)}, got {given!r}: use one of these, "
            "a torch.optim.Optimizer, or a callable that builds one"
        )
    rate = _DEFAULT_LR[name] if lr is None else lr
    if name in ("adam", "adamw"):
        return _adam(Adam if name == "adam" else AdamW, params, rate, weight_decay)
    if name == "sgd":
        return SGD(params, rate, momentum=_MOMENTUM, weight_decay=weight_decay)
    if name == "muon":
        return MuonAdamW(params, rate, weight_decay)
    if weight_decay:
        raise ValueError(
            f"{given} expected weight_decay 0, got {weight_decay}: penalise the weights with "
            "regularizer= instead"
        )
    if name == NAME:
        return GaussNewton(params, rate)
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


def check_clipping(norm: float | None, optimizer: Optimizer) -> None:
    """Raise ValueError unless gradients can be clipped to that norm."""
    if norm is None:
        return
    if isinstance(norm, bool) or not isinstance(norm, int | float) or not norm > 0:
        raise ValueError(f"max_grad_norm expected a positive number or None, got {norm!r}")
    if isinstance(optimizer, LBFGS):
        raise ValueError(
            "max_grad_norm expected an optimizer that takes one gradient a step, got lbfgs, whose "
            "search along a line compares gradients with losses: leave it out"
        )


def build_scheduler(spec: SchedulerSpec, optimizer: Optimizer) -> LRScheduler | None:
    """The learning-rate schedule that `fit` was asked for."""
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
