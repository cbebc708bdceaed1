"""A model as the KAN that it is, for functions that read, prune or edit one."""

from __future__ import annotations

import copy
from typing import Any

from torch import nn

from edgewise.data.names import list_names
from edgewise.models.kan import KAN
from edgewise.models.layered import Layered
from edgewise.nn.inspect import unwrap
from edgewise.nn.linear import KANLinear


def check_kan(owner: str, model: Any) -> KAN:
    """The KAN that a model is, without a wrapper of torch's (:func:`as_kan`).

    Raises:
        TypeError: if it is no stack of KAN layers.
    """
    kan = as_kan(model)
    if kan is None:
        model = unwrap(model)
        raise TypeError(
            f"{owner} expected a KAN (every preset is one), got {type(model).__name__}: "
            f"{_advise(model)}"
        )
    return kan


def check_layered(owner: str, model: Any) -> Any:
    """The model, without a wrapper of torch's, if it is a network of curves and functions.

    Raises:
        TypeError: if it is none.
    """
    inside = unwrap(model)
    is_other = isinstance(inside, Layered) and not isinstance(inside, KAN)
    return inside if is_other else check_kan(owner, inside)


def as_kan(model: Any) -> KAN | None:
    """The KAN that a model is, or None.

    A KAN layer is a KAN of one layer, and an nn.Sequential of KANs and KAN layers is the KAN of all
    their layers. It has the model's own layers. Only a layer that is there twice comes as two, the
    second a copy, because an edit in one place is none in the other.
    """
    parts = _in_a_row(model)
    kans = [part if isinstance(part, KAN) else KAN.from_layers([part]) for part in parts]
    if not kans or any(kan.inputs is not None for kan in kans[1:]):
        return None
    first, layers = kans[0], [layer for kan in kans for layer in kan.stack()]
    is_one = len(kans) == 1
    if is_one and len(set(layers)) == len(layers):
        return first
    if not is_one and any(kan.post is not None for kan in kans):
        return None
    layers = [copy.deepcopy(k) if k in layers[:n] else k for n, k in enumerate(layers)]
    products = [arities for kan in kans for arities in kan.products]
    made = KAN.from_layers(layers, first.post, products)
    made.posts, made.select, made.input_names = first.posts, first.select, first.input_names
    return made


def _in_a_row(model: Any) -> list[KAN | KANLinear]:
    """The KANs and KAN layers that a model calls one after another; [] if it does anything else."""
    model = unwrap(model)
    if isinstance(model, (KAN, KANLinear)):
        return [model]
    if type(model) is not nn.Sequential:
        return []
    parts = [_in_a_row(child) for child in model]
    return [part for each in parts for part in each] if all(parts) else []


def _advise(model: Any) -> str:
    """What to do with a model that isn't a KAN, with the names of the layers in it that are."""
    parts = kan_parts(model) if isinstance(model, nn.Module) else {}
    if not parts:
        return "it has no KAN layers"
    first = next(iter(parts))
    return (
        f"go layer by layer. Its KAN layers are {list_names([*map(repr, parts)])}; for the first "
        f"take kan, rows = edgewise.explain.extract(model, x, {first!r})"
    )


def kan_parts(model: nn.Module) -> dict[str, KAN | KANLinear]:
    """The KANs of a model by name, and its KAN layers that aren't in one of these."""
    found: dict[str, KAN | KANLinear] = {}
    inside: set[nn.Module] = set()
    for name, module in model.named_modules():
        if isinstance(module, KAN):
            inside.update(module.modules())
            found[name] = module
        elif isinstance(module, KANLinear) and module not in inside:
            found[name] = module
    return found
