"""Nodes in another order: the same function, with edges that cross less when it is drawn."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import torch
from torch import Tensor

from edgewise.explain.attribution import attribute
from edgewise.models.kan import KAN, check_kan
from edgewise.nn.resize import replace_parameter, take_


def auto_swap(model: KAN, x: Any) -> KAN:
    """The same function with hidden nodes in an order in which strong edges are short.

    Levels are sorted one after the other, again and again, until no exchange of two nodes makes
    :func:`connection_cost` smaller.

    Args:
        model: a KAN; it isn't changed.
        x: rows, on which the edges' scores are measured.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if x doesn't fit, or there are nodes that multiply.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([4, 4, 4, 1]), torch.rand(100, 4)
        >>> swapped = ew.auto_swap(model, x)
        >>> torch.allclose(swapped(x), model(x), atol=1e-5)
        True
        >>> costs = [ew.surgery.connection_cost(m, x) for m in (swapped, model)]
        >>> costs[0] <= costs[1]
        True

    Reference: pykan's ``auto_swap``.
    """
    kan = check_kan("auto_swap", model)
    if any(kan.products):
        raise ValueError(
            f"auto_swap expected sums only, got a network with products, {kan.products}: their "
            "factors stand beside each other"
        )
    scores = [s.double() for s in attribute(kan, x).edges]
    orders = [torch.arange(w, device=scores[0].device) for w in kan.widths]
    better = True
    while better:
        better = False
        for level in range(1, len(orders) - 1):
            better |= _sort(level, orders, scores)
    return reorder(kan, orders)


def connection_cost(model: KAN, x: Any) -> float:
    """Σ score · \\|height of the one end - height of the other\\| over all edges of a drawing.

    Nodes of a level of n stand at (k + ½) / n; scores are those of :func:`~edgewise.attribute`.

    Args:
        model: a KAN.
        x: rows, on which the edges' scores are measured.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if x doesn't fit.
    """
    scores = attribute(check_kan("connection_cost", model), x).edges
    return float(sum((s.double() * _distances(*s.shape).to(s.device)).sum() for s in scores))


def _distances(ins: int, outs: int) -> Tensor:
    a, b = ((torch.arange(n, dtype=torch.float64) + 0.5) / n for n in (ins, outs))
    return (a[:, None] - b).abs()


def _sort(level: int, orders: list[Tensor], scores: Sequence[Tensor]) -> bool:
    """Exchange pairs of nodes of a level, in place, as long as the cost falls; did it?"""
    into = scores[level - 1][orders[level - 1]]  # (places below, nodes)
    out = scores[level][:, orders[level + 1]]  # (nodes, places above)
    width = len(orders[level])
    cost = into.t() @ _distances(len(into), width).to(into)  # (nodes, places)
    cost = cost + out @ _distances(width, out.shape[1]).t().to(out)
    order, changed = orders[level].clone(), False
    while True:
        here = cost[order]  # (places, places): the node at a place, put at another
        stay = here.diagonal()
        gain = stay[:, None] + stay - here - here.t()
        best = int(gain.argmax())
        if float(gain.flatten()[best]) <= 1e-12 * float(stay.sum()):
            break
        p, q = divmod(best, width)
        order[[p, q]] = order[[q, p]]
        changed = True
    orders[level] = order
    return changed


@torch.no_grad()
def reorder(model: KAN, orders: Sequence[Tensor]) -> KAN:
    """A copy whose nodes stand in these orders, one for each level; inputs and outputs stay."""
    new = copy.deepcopy(model)
    for k, layer in enumerate(new.stack()):
        take_(layer, orders[k], orders[k + 1])
    for post, order in zip(new.post_norms(), orders[1:], strict=False):
        replace_parameter(post, "weight", itemgetter(order))
        replace_parameter(post, "bias", itemgetter(order))
    return new
