"""Models out of the checkpoints of other programs, and back into them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from edgewise.bases.base import check_count
from edgewise.interop.formats import FORMATS, find_format, recognize
from edgewise.interop.layout import Format, Leaves
from edgewise.interop.read import read_state
from edgewise.models.adopt import build, check_fit, translate, write, write_posts
from edgewise.models.attention import KANAttention
from edgewise.models.kan import KAN, check_kan
from edgewise.nn.arguments import check_device

_SETTINGS = {"base", "denominator", "num_heads"}
_ATTENTION = {"linear_q.", "linear_k.", "linear_v.", "linear_o."}


def load_foreign(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    device: torch.device | str = "cpu",
    **settings: Any,
) -> KAN | KANAttention:
    """Read a checkpoint of another program and return it as a model of ours.

    The format is recognised by its keys and the architecture inferred from its shapes. Tensors
    are read with ``torch.load(weights_only=True)``, so no code in the file is ever run.

    Args:
        path: a ``.pt``/``.pth`` state dict (bare, or under "state_dict", "model_state_dict",
            "model" or "net"), or a ``.safetensors`` file.
        format: one of :data:`edgewise.interop.FORMATS`; needed only where keys are ambiguous.
        **settings: what such files don't hold: ``denominator`` (fast-kan-playground, faster-kan's
            first generation), ``base`` (the base activation, default "silu"), ``num_heads``
            (fast-kan's attention).

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged, would run code, or is of a format we can't read, or
            the device isn't there.
    """
    if unknown := sorted(set(settings) - _SETTINGS):
        raise ValueError(
            f"load_foreign expected settings among {', '.join(sorted(_SETTINGS))}; got "
            f"{', '.join(unknown)}"
        )
    check_device("load_foreign", device)
    if format is not None:
        find_format(format)
    state = read_state(path)
    names = [format] if format is not None else recognize(state)
    if len(names) > 1:
        raise ValueError(
            f"the keys in {path} fit {' and '.join(names)} alike: say which with format="
        )
    layers = FORMATS[names[0]].group(state) if names else None
    if layers is None:
        raise ValueError(
            f"expected a checkpoint of {format or ', '.join(FORMATS)} in {path}, got the keys "
            f"{', '.join(map(str, list(state)[:6]))}{', …' if len(state) > 6 else ''}: rename them "
            "to one of these layouts, or build the model in code"
        )
    fmt = FORMATS[names[0]]
    try:
        if layers.keys() >= _ATTENTION:
            return _load_attention(fmt, layers, settings).to(device)
        return _load_stack(fmt, layers, settings, path).to(device)
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
    check_kan("to_foreign", model)
    state = find_format(format).from_native(model.stack(), model.post_norms())
    return {key: tensor.detach().clone() for key, tensor in state.items()}


def _load_stack(
    fmt: Format, layers: Mapping[str, Leaves], settings: dict[str, Any], path: Any
) -> KAN:
    _check_alike(layers, path)
    natives = [translate(fmt, leaves, None, settings) for leaves in layers.values()]
    if len({native.parameters["coef"].dtype for native in natives}) > 1:
        raise ValueError(f"expected layers of one type in {path}, got several: convert it first")
    for a, b in pairwise(natives):
        if a.out_features != b.in_features:
            raise ValueError(
                f"expected layers that follow one another in {path}, got one with "
                f"{a.out_features} outputs before one with {b.in_features} inputs"
            )
    post = "layernorm_silu" if natives[0].post else None
    model = KAN.from_layers([build(native) for native in natives], post)
    write_posts(natives, model.post_norms())
    return model


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
    check_count("load_foreign", "num_heads", heads, 1)
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
        dtype=query.parameters["coef"].dtype,
    )
    projections = model.projections()
    for name, native in natives.items():
        check_fit("fast-kan attention", {name: (native, projections[name])})
        write(native, projections[name])
    return model
