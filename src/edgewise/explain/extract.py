"""`extract`: one KAN layer of a larger model as a network, with the rows that reach it."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import read_count
from edgewise.data.rows import pick_evenly
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_kan, kan_parts
from edgewise.models.kan import KAN
from edgewise.nn.inspect import check_module, in_evaluation, listen


@torch.no_grad()
def extract(model: nn.Module, x: Any, name: str, *, most: int = 10_000) -> tuple[KAN, Tensor]:
    """A KAN inside another model and what reaches it, for tools that read a KAN.

    ``plot``, ``plot_edge``, ``attribute``, ``prune``, ``suggest`` and ``regress`` take a KAN and
    rows. Of a convolutional network with a KAN behind it, of a transformer, or of a convolution of
    KAN edges, whose rows are its windows, each part can be read by itself. A part may be put back:
    ``model.set_submodule(name, ew.prune(kan, rows))``.

    Args:
        model: any module; it isn't changed, and runs once on x, in evaluation mode.
        x: inputs of the model.
        name: of a KAN in ``model.named_modules()``, or of a KAN layer that isn't in one.
        most: rows to return; of more, evenly spread ones are picked.

    Shape:
        x: whatever the model takes → rows: (rows, in_features)

    Returns:
        The KAN and its rows. Its layers are the model's own; a KAN layer comes as a KAN of one.

    Raises:
        TypeError: if the model is no module.
        ValueError: if there is no such KAN layer, or x doesn't reach it.

    Example:
        >>> import torch, edgewise as ew
        >>> head = ew.KAN([8, 3], norm="affine")
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), head)
        >>> kan, rows = ew.explain.extract(model, torch.randn(50, 4), "2")
        >>> ew.attribute(kan, rows).inputs.shape
        torch.Size([8])
    """
    check_module(model)
    most = read_count("extract", "most", most, 1)
    parts = kan_parts(model)
    if name not in parts:
        known = ", ".join(map(repr, parts)) or "there are none"
        raise ValueError(f"extract expected the name of a KAN or KAN layer ({known}), got {name!r}")
    part = parts[name]
    seen: list[Tensor] = []

    def keep(module: nn.Module, given: Tensor) -> None:
        seen.append(given.reshape(-1, given.shape[-1]))

    still = in_evaluation(model)
    with listen([kan_parts(still)[name]], before=keep):
        still(as_input(model, x))
    if not seen:
        raise ValueError(f"extract expected x to reach {name!r}, but it wasn't called")
    rows = torch.cat(seen)
    rows = rows[pick_evenly(len(rows), most)]
    return check_kan("extract", part), rows.clone()
