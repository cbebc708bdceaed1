"""Linear layers of any model, turned into KAN layers that begin as the same function."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn

from edgewise._checks import read_list
from edgewise.data.names import list_names
from edgewise.nn.inspect import check_module
from edgewise.nn.linear import KANLinear

M = TypeVar("M", bound=nn.Module)

Where = str | Sequence[str] | Callable[[str, Any], bool] | None


def _find_weight(module: nn.Module) -> Tensor | None:
    """The weight of a linear layer, (out, in): of ``nn.Linear`` and of GPT-2's ``Conv1D``.

    None for other modules, those of a derived type included.
    """
    if type(module) is nn.Linear:
        return module.weight
    if (type(module).__module__, type(module).__name__) == ("transformers.pytorch_utils", "Conv1D"):
        return cast(Tensor, module.weight).t()
    return None


def replace_linear(model: M, where: Where = None, **layer: Any) -> M:
    """A copy of a model in which chosen linear layers are KAN layers that begin as the same.

    .. math:: W x + b = b + \\sum_i V_{io}\\, x_i + \\sum_g 0 · φ_g(n(x)_i), \\qquad V = W^T

    A layer's base is the identity with its weights, and its coefficients are zero; training moves
    both. They have a gradient from the first step on, as φ isn't zero.

    Args:
        model: any module; it isn't changed.
        where: names in ``model.named_modules()``, with wildcards such as "blocks.*.mlp.fc?", one
            or several, or a function of name and layer; None for every ``nn.Linear``, and every
            ``Conv1D`` of transformers' GPT-2. Layers of a type derived from ``nn.Linear``, such as
            the projections of ``nn.MultiheadAttention``, which are read and never called, stay as
            they are.
        **layer: ``basis``, ``norm``, ``coef_scale``, ``engine`` of :class:`KANLinear`.

    Raises:
        TypeError: if the model is no module, or an argument isn't one of these.
        ValueError: if nothing was chosen, a layer's weight is also another module's, or it is
            hidden behind hooks or a parametrisation.

    Example:
        >>> import torch, edgewise as ew
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))
        >>> new = ew.replace_linear(model, "2", basis=ew.Gaussian(6))
        >>> x = torch.randn(5, 3)
        >>> type(new[2]).__name__, torch.allclose(new(x), model(x), atol=1e-6)
        ('KANLinear', True)
    """
    check_module(model)
    if unknown := sorted(set(layer) - {"basis", "norm", "coef_scale", "engine"}):
        raise TypeError(
            "replace_linear expected basis, norm, coef_scale or engine, got "
            f"{', '.join(unknown)}: base and bias are what makes the new layer the old function"
        )
    names = _choose(model, where)
    _check_shared(model, names)
    made: dict[nn.Module, KANLinear] = {}
    new = copy.deepcopy(model)
    for name in names:
        old = new.get_submodule(name)
        if old not in made:
            made[old] = _make(old, layer)
        if name == "":
            return cast(M, made[old])
        parent = new.get_submodule(name.rpartition(".")[0])
        setattr(parent, name.rpartition(".")[2], made[old])
    return new


def _choose(model: nn.Module, where: Where) -> list[str]:
    """The names of the linear layers that are meant, duplicates of shared ones included."""
    linear = {
        name: module
        for name, module in model.named_modules(remove_duplicate=False)
        if _find_weight(module) is not None
    }
    if callable(where):
        chosen = [name for name, module in linear.items() if where(name, module)]
    else:
        where = "*" if where is None else where
        one = isinstance(where, str)
        patterns = [where] if one else read_list("replace_linear", "where", where)
        chosen = [n for n in linear if any(fnmatchcase(n, pattern) for pattern in patterns)]
    if not chosen and not linear:
        raise ValueError(
            f"replace_linear expected a model with an nn.Linear in it, got {type(model).__name__}, "
            f"which has none{_list_kinds(model)}: pass a model that has some, as layers of other "
            "types, those derived from nn.Linear included, stay as they are"
        )
    if not chosen:
        raise ValueError(
            f"replace_linear expected where= to choose a layer, got {where!r}, which chooses none "
            f"of {list_names([*map(repr, linear)])}: leave it out for all of them"
        )
    return chosen


def _list_kinds(model: nn.Module) -> str:
    """The types of a model's modules with their numbers, in a clause; containers don't count."""
    containers = nn.Sequential | nn.ModuleList | nn.ModuleDict
    inside = [m for m in model.modules() if m is not model and not isinstance(m, containers)]
    parts = [m for m in inside if [*m.parameters(recurse=False)] or not [*m.children()]]
    kinds = Counter(type(part).__name__ for part in parts).most_common()
    return f" among {list_names([f'{n} {kind}' for kind, n in kinds])}" if kinds else ""


def _check_shared(model: nn.Module, names: list[str]) -> None:
    """Raise ValueError if a layer's tensors are another's too, or more than they seem."""
    owners: dict[int, set[nn.Module]] = {}
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            owners.setdefault(id(parameter), set()).add(module)
    for name in names:
        layer = model.get_submodule(name)
        if any(len(owners[id(p)]) > 1 for p in layer.parameters(recurse=False)):
            raise ValueError(
                f"replace_linear expected layers with weights of their own, got {name!r}, which "
                "shares one with another module: leave it out by where=, or clone the weight first"
            )
        plain = {"weight", "bias"} >= {n for n, _ in layer.named_parameters()}
        if not plain or layer._forward_pre_hooks or layer._forward_hooks:
            raise ValueError(
                f"replace_linear expected plain layers, got {name!r} with hooks or a "
                "parametrisation: remove these first, or leave it out by where="
            )


def _make(old: nn.Module, settings: dict[str, Any]) -> KANLinear:
    weight, bias = _find_weight(old), old.bias
    assert weight is not None
    new = KANLinear(
        weight.shape[1],
        weight.shape[0],
        base="identity",
        bias=bias is not None,
        init="zero",
        device=weight.device,
        dtype=weight.dtype,
        **settings,
    )
    with torch.no_grad():
        if new.base_weight is not None:
            new.base_weight.copy_(weight.t())
        if new.bias is not None:
            new.bias.copy_(cast(Tensor, bias))
    new.train(old.training)
    return new
