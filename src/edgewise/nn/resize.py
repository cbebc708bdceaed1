"""Layers with other inputs and outputs: some of the old ones, in any order, or more of them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from edgewise.nn.linear import KANLinear


@torch.no_grad()
def take_(layer: KANLinear, rows: Tensor, columns: Tensor) -> None:
    """Leave a layer, in place, these inputs and outputs, in this order.

    Raises:
        ValueError: if inputs would go that a normalisation over all of them needs.

    Shape:
        rows: (inputs,) and columns: (outputs,), indices
    """
    trained_grid = [t.requires_grad for t in layer.grid]
    grid = tuple(
        (t if shared else t[rows]).detach().clone()
        for t, shared in zip(layer.grid, layer.shared_grid(), strict=True)
    )
    inputs = layer.in_features
    if layer.norm is not None and len(rows) == inputs:
        layer.norm.reorder(rows)
    elif layer.norm is not None:
        layer.norm.keep(rows)
    layer.in_features, layer.out_features = len(rows), len(columns)
    for name in ("coef", "base_weight", "coef_scale"):
        replace_parameter(layer, name, lambda t: t[rows][..., columns])
    replace_parameter(layer, "bias", lambda t: t[columns])
    if layer.mask is not None:
        layer.mask = layer.mask[rows][:, columns]
    if layer.frozen is not None:
        last = torch.cat([rows, rows.new_tensor([inputs])])
        layer.frozen = layer.frozen[last][:, columns]
    layer.set_basis(layer.basis, grid)
    for tensor, trained in zip(layer.grid, trained_grid, strict=True):
        tensor.requires_grad_(trained)


def replace_parameter(module: nn.Module, name: str, change: Callable[[Tensor], Tensor]) -> None:
    """Put another tensor in the place of a parameter, trained or not like it, or of a buffer; None
    stays None."""
    old = getattr(module, name)
    if old is not None:
        new = change(old.detach()).contiguous()
        is_parameter = isinstance(old, nn.Parameter)
        setattr(module, name, nn.Parameter(new, old.requires_grad) if is_parameter else new)


@torch.no_grad()
def grow(
    layer: KANLinear, inputs: int, outputs: int, generator: torch.Generator | None
) -> KANLinear:
    """A layer with so many more inputs and outputs behind those that it has.

    Edges into new outputs are made as those of a new layer; edges from new inputs are 0, so that
    old outputs stay what they are, with the mean of the others' grids.

    Raises:
        ValueError: for new inputs of a layer whose normalisation mixes them.
    """
    if inputs and layer.mixes_features:
        raise ValueError(f"expected features that {layer.norm_name} treats one by one")
    old_in, old_out = layer.in_features, layer.out_features
    new = layer.make_like(old_in + inputs, old_out + outputs, generator)
    grid = tuple(
        t.detach().clone()
        if shared
        else torch.cat([t.detach(), t.detach().mean(0, keepdim=True).expand(inputs, *t.shape[1:])])
        for t, shared in zip(layer.grid, layer.shared_grid(), strict=True)
    )
    new.set_basis(layer.basis, grid)
    new.coef[old_in:] = 0
    if new.base_weight is not None:
        new.base_weight[old_in:] = 0
    if new.bias is not None:
        new.bias.zero_()
    for name, old in layer.named_parameters():
        own = new.get_parameter(name)
        own.requires_grad_(old.requires_grad)
        if name in layer.basis.grid_names:
            continue
        if name == "bias":
            own[:old_out] = old
        else:  # of the norm, by input; or of the edges
            part = own[:old_in] if old.dim() == 1 else own[:old_in, ..., :old_out]
            part.copy_(old)
    if layer.coef_scale is not None and new.coef_scale is not None:  # a constant is no parameter
        new.coef_scale[:old_in, :old_out] = layer.coef_scale
    if layer.norm is not None and new.norm is not None:
        for name, buffer in layer.norm.named_buffers(recurse=False):  # by input, too
            new.norm.get_buffer(name)[:old_in] = buffer
    if layer.mask is not None:
        new.mask = torch.ones_like(new.coef[:, 0])
        new.mask[:old_in, :old_out] = layer.mask
    if layer.frozen is not None:
        new.frozen = new.no_edges()
        new.frozen[:old_in, :old_out] = layer.frozen[:-1]
        new.frozen[-1, :old_out] = layer.frozen[-1]
    return new.train(layer.training)
