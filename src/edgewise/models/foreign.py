"""Read the checkpoints of other programs as KANs, and write KANs as such checkpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import check_device, read_count
from edgewise.data.names import list_names
from edgewise.interop.formats import FORMATS, find_format, recognize
from edgewise.interop.layout import Format, Leaves
from edgewise.interop.pykan_files import Description
from edgewise.models.adopt import check_layers, fill_layer, make_layer, translate, write_posts
from edgewise.models.as_kan import check_kan
from edgewise.models.attention import KANAttention
from edgewise.models.kan import KAN
from edgewise.models.widths import levels_above

_SETTINGS = {"base", "denominator", "num_heads", "products"}
_ATTENTION = {"linear_q.", "linear_k.", "linear_v.", "linear_o."}


def check_arguments(
    format: str | None, device: torch.device | str, settings: Mapping[str, Any]
) -> None:
    """Raise ValueError for what no reader of checkpoints knows."""
    if unknown := sorted(set(settings) - _SETTINGS):
        raise ValueError(
            f"load_foreign expected settings among {', '.join(sorted(_SETTINGS))}; got "
            f"{', '.join(unknown)}"
        )
    check_device("load_foreign", device)
    if format is not None:
        find_format(format)


def find_part(state: Mapping[str, Any]) -> tuple[str, str] | None:
    """The prefix below which a known format has most keys, and its name; None without one."""
    below: dict[str, dict[str, Any]] = {}
    for key, value in ((str(key), value) for key, value in state.items()):
        for end in (n + 1 for n, character in enumerate(key) if character == "."):
            below.setdefault(key[:end], {})[key[end:]] = value
    for prefix, part in sorted(below.items(), key=lambda item: (-len(item[1]), -len(item[0]))):
        of_a_list = any(key[0].isdigit() for key in part)  # its layers, without their name
        if not of_a_list and (names := recognize(part)):
            return prefix, names[0]
    return None


def read_kan(
    path: Any,
    state: Mapping[str, Any],
    description: Description | None,
    format: str | None,
    settings: dict[str, Any],
) -> KAN | KANAttention:
    """The model of a state dict that was read from ``path``.

    Raises:
        ValueError: if it is damaged, or of a format that we can't read.
    """
    names = [format] if format is not None else recognize(state)
    if len(names) > 1:
        raise ValueError(
            f"the keys in {path} fit {' and '.join(names)} alike: say which with format="
        )
    layers = FORMATS[names[0]].group(state) if names else None
    if part := None if layers else find_part(state):
        raise ValueError(
            f"expected the checkpoint of a KAN in {path}, got a larger model's, whose keys below "
            f"{part[0]!r} are {part[1]}'s: load it into your model with a KAN there (its "
            "load_state_dict reads them), or save those keys alone"
        )
    if layers is None:
        raise ValueError(
            f"expected a checkpoint of {format or ', '.join(FORMATS)} in {path}, got the keys "
            f"{list_names([*map(str, state)])}: rename them to one of these layouts, or build the "
            "model in code"
        )
    fmt = FORMATS[names[0]]
    try:
        if layers.keys() >= _ATTENTION:
            return _load_attention(fmt, layers, settings)
        if description is not None:
            settings = {"products": description.products, "base": description.base, **settings}
        return _load_stack(fmt, layers, settings, path)
    except (LookupError, TypeError, AttributeError, RuntimeError, ArithmeticError) as error:
        raise ValueError(
            f"expected tensors of {fmt.name} that fit together in {path}, got "
            f"{type(error).__name__}: {error}: the checkpoint is damaged, or of another program"
        ) from error


def to_foreign(model: KAN, format: str) -> dict[str, Tensor]:
    """The model's state dict in another program's key layout.

    Raises:
        ValueError: for an unknown format, or a model that it can't express.
    """
    model = check_kan("to_foreign", model)
    fmt = find_format(format)
    state = fmt.multiply(fmt.from_native(model.stack(), model.post_norms()), model.products)
    return {key: tensor.detach().clone() for key, tensor in state.items()}


def _load_stack(
    fmt: Format, layers: Mapping[str, Leaves], settings: dict[str, Any], path: Any
) -> KAN:
    _check_alike(layers, path)
    products = _read_products(settings.get("products"), len(layers))
    natives = [
        translate(fmt, leaves, None, {**settings, "products": arities})
        for leaves, arities in zip(layers.values(), products, strict=True)
    ]
    if len({native.parameters["coef"].dtype for native in natives}) > 1:
        raise ValueError(f"expected layers of one type in {path}, got several: convert it first")
    outputs = [native.out_features for native in natives]
    levels = levels_above(outputs, products)
    for a, level, b in zip(natives, levels, natives[1:], strict=False):
        if level.nodes != b.in_features:
            raise ValueError(
                f"expected layers that follow one another in {path}, got one with "
                f"{a.out_features} outputs before one with {b.in_features} inputs"
            )
    post = "layernorm_silu" if natives[0].post else None
    model = KAN.from_layers([make_layer(native) for native in natives], post, products)
    write_posts(natives, model.post_norms())
    return model


def _read_products(products: Any, depth: int) -> list[tuple[int, ...]]:
    given = [()] * depth if products is None else products
    listed = isinstance(given, list | tuple) and all(isinstance(p, list | tuple) for p in given)
    if not listed or len(given) != depth:
        raise ValueError(
            f"load_foreign expected products for each of {depth} layers, such as [(2, 2), ()], got "
            f"{products!r:.80}"
        )
    for arity in (arity for arities in given for arity in arities):
        read_count("load_foreign", "the factors of a product", arity, 2)
    return [tuple(arities) for arities in given]


def _check_alike(layers: Mapping[str, Leaves], path: Any) -> None:
    """Raise ValueError if a layer lacks what another has: these programs build all alike."""
    everything = {name for leaves in layers.values() for name in leaves}
    for place, leaves in layers.items():
        if missing := sorted(everything - leaves.keys()):
            raise ValueError(
                f"expected layers with the same tensors in {path}, got {place or 'a layer'} "
                f"without {', '.join(missing)}: the checkpoint is damaged, or of another program"
            )


def _load_attention(
    fmt: Format, layers: Mapping[str, Leaves], settings: dict[str, Any]
) -> KANAttention:
    if "num_heads" not in settings:
        raise ValueError(
            "a checkpoint of fast-kan's attention doesn't hold its number of heads: pass num_heads="
        )
    natives = {name: translate(fmt, leaves, None, settings) for name, leaves in layers.items()}
    heads, query = settings["num_heads"], natives["linear_q."]
    read_count("load_foreign", "num_heads", heads, 1)
    if query.out_features % heads:
        raise ValueError(f"expected num_heads to divide {query.out_features}, got {heads}")
    model = KANAttention(
        query.in_features,
        natives["linear_k."].in_features,
        natives["linear_v."].in_features,
        query.out_features // heads,
        heads,
        gating="linear_g." in natives,
        basis=query.basis,
        norm=query.norm,
        base=query.base,
        seed=0,
        dtype=query.parameters["coef"].dtype,
    )
    projections = model.projections()
    for name, native in natives.items():
        check_layers("fast-kan attention", {name: (native, projections[name])})
        fill_layer(native, projections[name])
    return model
