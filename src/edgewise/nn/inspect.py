"""Inspect a model: its KAN layers, engines, device, type and modes; hand scores down its layers."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import MethodType
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel

from edgewise.engines.select import Choice, explain, select
from edgewise.nn.linear import KANLinear
from edgewise.nn.sharding import is_sharded_module

M = TypeVar("M", bound=nn.Module)

SLACK = 1e-4
"""What pykan adds to the deviation of a node, so that one may divide by it."""


def check_module(model: Any) -> None:
    """Raise TypeError unless the model is a torch.nn.Module."""
    if not isinstance(model, nn.Module):
        raise TypeError(f"expected a torch.nn.Module such as a KAN, got {type(model).__name__}")


def check_callable(model: nn.Module) -> None:
    """Raise TypeError unless the model is a module that may compute, as ModuleLists don't.

    A module without a forward of its own that draws its own edges can be plotted, so it passes.
    """
    check_module(model)
    if isinstance(model, nn.ModuleList | nn.ModuleDict | nn.ParameterList | nn.ParameterDict):
        raise TypeError(
            f"expected a module that can be called, got {type(model).__name__}, which has no "
            "forward: pass the modules in it one by one, or put them into a Sequential"
        )


Before = Callable[[Any, Tensor], Any]
After = Callable[[Any, Tensor, Tensor], Any]


@contextmanager
def listen(
    layers: Iterable[nn.Module], *, before: Before | None = None, after: After | None = None
) -> Iterator[None]:
    """Tell of every call of the layers: ``before(layer, x)``, or ``after(layer, x, y)``."""

    def enter(layer: Any, args: Any, named: Any) -> None:
        if before is not None:
            before(layer, args[0] if args else next(iter(named.values())))

    def leave(layer: Any, args: Any, named: Any, y: Tensor) -> None:
        if after is not None:
            after(layer, args[0] if args else next(iter(named.values())), y)

    hooks = []
    for layer in layers:
        if before is not None:
            hooks.append(layer.register_forward_pre_hook(enter, with_kwargs=True))
        if after is not None:
            hooks.append(layer.register_forward_hook(leave, with_kwargs=True))
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def kan_layers(model: nn.Module) -> dict[str, KANLinear]:
    """The KAN layers of a model by name.

    Raises:
        TypeError: if it is no torch.nn.Module.
        ValueError: if there is none.
    """
    check_module(model)
    found = {name: m for name, m in model.named_modules() if isinstance(m, KANLinear)}
    if not found:
        raise ValueError(
            f"expected a model with KAN layers, got {type(model).__name__} without any"
        )
    return found


def check_own_weights(model: nn.Module) -> None:
    """Raise ValueError where a tool of torch computes the weights of a KAN layer.

    Such a layer computes and trains, but weights of another shape can't be put into it.
    """
    for name, layer in model.named_modules():
        if not isinstance(layer, KANLinear):
            continue
        for weight in ("coef", "base_weight", "bias"):
            if weight not in layer._parameters:
                place = f"{name}.{weight}" if name else weight
                raise ValueError(
                    f"expected layers with weights of their own, got {place}, which torch's "
                    "parametrize or prune computes: take that away first, by "
                    f"torch.nn.utils.parametrize.remove_parametrizations(layer, {weight!r}) or "
                    f"torch.nn.utils.prune.remove(layer, {weight!r})"
                )


def model_device(model: nn.Module) -> torch.device:
    """Device of the first parameter or buffer; the CPU if there is none."""
    check_module(model)
    for tensor in (*model.parameters(), *model.buffers()):
        return tensor.device
    return torch.device("cpu")


def count_trainable(model: nn.Module) -> int:
    """How many numbers training moves: those of parameters with gradients."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def model_dtype(model: nn.Module) -> torch.dtype | None:
    """Type of the first floating-point parameter; None if there is none."""
    return next((p.dtype for p in model.parameters() if p.is_floating_point()), None)


def explain_engine(layer: KANLinear, x: Tensor) -> Choice:
    """The engine that would compute the layer on inputs of the type and device of ``x``, and why.

    Shape:
        x: anything
    """
    like = torch.empty(0, layer.in_features, device=x.device, dtype=x.dtype)
    norm = None if layer.norm is None else layer.norm.for_engine()
    try:
        return explain(layer.call(like, None, norm), layer.engine)
    except ValueError as error:
        return Choice("none", str(error))


def count_held(layer: KANLinear, x: Tensor) -> int:
    """How many numbers a step of the layer holds at its peak for every one of its inputs.

    Beside the inputs themselves, on the engine that would compute inputs of the type and device of
    ``x``: a normalisation adds n(x) and its gradient to what the engine holds.

    Shape:
        x: anything
    """
    like = torch.empty(0, layer.in_features, device=x.device, dtype=x.dtype)
    call = layer.call(like, None, None if layer.norm is None else layer.norm.for_engine())
    return select(call, layer.engine).count_held(call) + (0 if layer.norm is None else 2)


def explain_engines(model: nn.Module, x: Tensor) -> str:
    """One line for each KAN layer of ``model``: the engine that would compute it, and why.

    Args:
        model: any module with KAN layers.
        x: a tensor whose type and device are those of the rows; its values don't matter.

    Example:
        >>> import torch, edgewise as ew
        >>> ew.nn.explain_engines(ew.KAN([2, 1], engine="reference"), torch.rand(5, 2))
        'layers.0: reference (asked for)'
    """
    check_module(model)
    if not isinstance(x, Tensor):
        raise TypeError(f"explain_engines expected x as a tensor, got {type(x).__name__}")
    named = [(name, m) for name, m in model.named_modules() if isinstance(m, KANLinear)]
    chosen = [(name or "layer", explain_engine(layer, x)) for name, layer in named]
    return "\n".join(f"{name}: {engine} ({reason})" for name, (engine, reason) in chosen)


def in_evaluation(model: M) -> M:
    """The model in evaluation mode: modules of its own around the same tensors.

    Modes and hooks of a module belong to everyone who uses it, other threads too. What only reads
    a model therefore takes one of its own, which shares all parameters and buffers with it and has
    its hooks. Torch's wrappers, as of torch.compile and DistributedDataParallel, are left out.

    Raises:
        TypeError: if it is no torch.nn.Module.
        ValueError: if processes share the parameters (FSDP2) and it is in training mode.
    """
    check_module(model)
    if any(map(is_sharded_module, model.modules())):
        if any(module.training for module in model.modules()):
            raise ValueError(
                "expected a model in evaluation mode where processes share its parameters: call "
                "model.eval() in each of them first"
            )
        return model
    return cast(M, _mirror(model, {}))


def _mirror(value: Any, known: dict[int, Any]) -> Any:
    """The value with every module in it replaced by one of its own, in evaluation mode."""
    if id(value) in known:
        return known[id(value)]
    if isinstance(value, torch.jit.ScriptModule):  # its state is in C++
        shared = {id(t): t for t in (*value.parameters(), *value.buffers())}
        known[id(value)] = copy.deepcopy(value, shared).eval()
    elif isinstance(value, nn.Module):
        if inner := wrapped(value):
            return _mirror(inner, known)
        new = known[id(value)] = value.__class__.__new__(value.__class__)
        own = {name: _mirror(entry, known) for name, entry in vars(value).items()}
        vars(new).update(own, training=False, _compiled_call_impl=None)
    elif type(value) in (dict, OrderedDict):
        return type(value)((k, _mirror(entry, known)) for k, entry in value.items())
    elif type(value) in (list, tuple, set):
        return type(value)(_mirror(entry, known) for entry in value)
    elif isinstance(value, MethodType) and isinstance(value.__self__, nn.Module):
        return MethodType(value.__func__, _mirror(value.__self__, known))
    else:
        return value
    return known[id(value)]


WRAPPERS = (DistributedDataParallel, nn.DataParallel, AveragedModel)
"""Classes of torch's that compute what their ``module`` does; torch.compile has another name."""


def wrapped(module: nn.Module) -> nn.Module | None:
    """The module that one of torch's wrappers computes with, None for all other modules."""
    return module._modules.get("module" if isinstance(module, WRAPPERS) else "_orig_mod")


def unwrap(model: Any) -> Any:
    """The model without torch's wrappers; anything else unchanged."""
    while isinstance(model, nn.Module) and (inner := wrapped(model)) is not None:
        model = inner
    return model


@contextmanager
def keep_modes(model: nn.Module) -> Iterator[None]:
    """Give every submodule its training mode back at the end: for what trains the model."""
    check_module(model)
    modes = [(module, module.training) for module in model.modules()]
    try:
        yield
    finally:
        for module, mode in modes:
            module.training = mode


def hand_down(
    edges: Sequence[Tensor],
    nodes: Sequence[Tensor],
    top: Tensor,
    owners: Sequence[Tensor] | None,
) -> list[Tensor]:
    """pykan's backward attribution B_ij = A_j E_ij / (N_j + SLACK) with A_i = Σ_j B_ij below.

    Args:
        edges, nodes: E and N, standard deviations of what edges add and of what layers answer.
        top: A of the last nodes.
        owners: for each layer the node that each output is a factor of, which hands its score on
            to each of them whole; None if outputs are nodes.

    Shape:
        edges: depth of (in, out); nodes, owners: depth of (out,); top: (nodes,) → depth of
        (in, out)
    """
    found: list[Tensor] = []
    for k in reversed(range(len(edges))):
        above = top if owners is None else top[owners[k]]
        found.append(edges[k] * (above / (nodes[k] + SLACK)))
        top = found[-1].sum(1)
    return found[::-1]
