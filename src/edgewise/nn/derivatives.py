"""Partial derivatives of a module's outputs by its inputs, of any order, in one pass forwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, cast

from torch import Tensor, nn

from edgewise._checks import is_number, read_count
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets

MOST_DERIVATIVES = 10_000


def jets(model: nn.Module | Any, x: Tensor, orders: int | Iterable[Sequence[int]] = 2) -> Jets:
    """The outputs of a module with their partial derivatives by the columns of x.

    .. math:: ∂^α y_o / ∂x^α = \\sum_k \\sum_{π} φ^{(k)}(h) \\prod_{β ∈ π} ∂^β h

    Each layer makes the derivatives of its outputs out of those of its inputs by the rules of
    Leibniz and Faà di Bruno; autograd differentiates the result by parameters and by x as usual.
    The module may hold KAN layers of every basis and normalisation, ``nn.Linear``, LayerNorm,
    smooth activations, sums and products.

    Args:
        model: in evaluation mode if it has dropout.
        x: points.
        orders: the highest total order, or the derivatives wanted, such as [(2, 0), (0, 1)] for
            ∂²/∂x² and ∂/∂t of points (x, t).

    Shape:
        x: (*, coordinates); ``value`` and each ``derivative(...)``: (*, out)

    Raises:
        ValueError: if x has another number of columns than the orders say, or there would be more
            than 10,000 derivatives.
        TypeError: if the module has a function whose derivatives aren't known, such as a sort.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], basis=ew.Chebyshev(4), dtype=torch.float64)
        >>> u = ew.jets(model, torch.rand(5, 2, dtype=torch.float64), 2)
        >>> laplacian = u.derivative(2, 0) + u.derivative(0, 2)
        >>> laplacian.shape
        torch.Size([5, 1])

    Reference: Griewank and Walther, *Evaluating derivatives* (2008), chapter 13.
    """
    return model(Jets.begin(x, read_orders(x, orders)))


def read_orders(x: Tensor, orders: int | Iterable[Sequence[int]]) -> Orders:
    columns = x.shape[-1]
    if is_number(orders):
        orders = read_count("jets", "the order", orders, 0, 6)
        if (count := math.comb(columns + orders, orders)) > MOST_DERIVATIVES:
            raise ValueError(
                f"jets expected at most {MOST_DERIVATIVES:,} derivatives, got {count:,} up to "
                f"order {orders} by {columns} columns: list those that you want"
            )
        return Orders.up_to(orders, columns)
    wanted = [tuple(int(n) for n in index) for index in cast(Iterable[Sequence[int]], orders)]
    if not wanted or any(len(index) != columns or min(index) < 0 for index in wanted):
        raise ValueError(
            f"jets expected indices of {columns} numbers of at least 0, one for each column of x, "
            f"got {wanted}"
        )
    return Orders.of(wanted)
