"""Nodes that multiply: products of groups of a layer's outputs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

import torch
from torch import Tensor


def multiply_nodes(y: Tensor, arities: Sequence[int]) -> Tensor:
    """The nodes above a layer: its first outputs as they are, then products of the others.

    .. math:: h_p = \\prod_{f=1}^{a_p} y_{s_p + f}

    The last ``sum(arities)`` outputs are factors, those of one product beside each other.

    Args:
        arities: how many factors each product has; none for a layer of sums only.

    Shape:
        (*, out) → (*, out - sum(arities) + len(arities))

    Example:
        >>> import torch
        >>> multiply_nodes(torch.tensor([5.0, 2.0, 3.0, 2.0, 2.0, 2.0]), [2, 3])
        tensor([5., 6., 8.])

    Reference: Liu et al., arXiv:2408.10205, section 2.1 (MultKAN).
    """
    if not arities:
        return y
    at = y.shape[-1] - sum(arities)
    nodes = [y[..., :at]]
    for arity, run in groupby(arities):
        count = len(list(run))
        factors = y[..., at : at + count * arity].unflatten(-1, (count, arity))
        nodes.append(reduce(torch.mul, factors.unbind(-1)))
        at += count * arity
    return torch.cat(nodes, -1)


def owners(outputs: int, arities: Sequence[int]) -> list[int]:
    """The node that each output of a layer goes to, itself or as a factor.

    Example:
        >>> owners(6, [2, 3])
        [0, 1, 1, 2, 2, 2]
    """
    sums = outputs - sum(arities)
    factors = [sums + p for p, arity in enumerate(arities) for _ in range(arity)]
    return [*range(sums), *factors]
