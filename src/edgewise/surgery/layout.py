"""Nodes in another order: the same function, with edges that cross less when it is drawn."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import torch
from torch import Tensor

from edgewise.explain.attribution import attribute
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn.inspect import check_own_weights
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
        ValueError: if x doesn't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([4, 4, 4, 1]), torch.rand(100, 4)
        >>> swapped = ew.surgery.auto_swap(model, x)
        >>> torch.allclose(swapped(x), model(x), atol=1e-5)
        True
        >>> costs = [ew.surgery.connection_cost(m, x) for m in (swapped, model)]
        >>> costs[0] <= costs[1]
        True

    Reference: pykan's ``auto_swap``.
    """
    kan = check_kan("auto_swap", model)
    scores = _node_scores(kan, x)
    orders = [torch.arange(level.nodes, device=scores[0].device) for level in kan.levels()]
    better = True
    while better:
        better = False
        for k, level in enumerate(kan.levels()[1:-1], 1):
            better |= _sort(k, level.sums, orders, scores)
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

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 20)[:, None].expand(-1, 2)
        >>> model = ew.KAN([2, 2], norm=None)
        >>> costs = []
        >>> for mask in (torch.eye(2), torch.eye(2).flip(0)):  # edges straight ahead, then crossed
        ...     model.layers[0].mask = mask
        ...     costs.append(round(ew.surgery.connection_cost(model, x), 2))
        >>> costs
        [0.0, 0.5]
    """
    scores = _node_scores(check_kan("connection_cost", model), x)
    return float(sum((s * _distances(*s.shape).to(s.device)).sum() for s in scores))


def _node_scores(model: KAN, x: Any) -> list[Tensor]:
    """The scores of edges from node to node, those of a product's factors added up."""
    found = []
    for k, edges in enumerate(attribute(model, x).edges):
        nodes = edges.new_zeros(len(edges), model.levels()[k + 1].nodes)
        found.append(nodes.index_add(1, model.owners(k), edges).double())
    return found


def _distances(ins: int, outs: int) -> Tensor:
    a, b = ((torch.arange(n, dtype=torch.float64, device="cpu") + 0.5) / n for n in (ins, outs))
    return (a[:, None] - b).abs()


def _sort(level: int, sums: int, orders: list[Tensor], scores: Sequence[Tensor]) -> bool:
    """Exchange pairs of nodes of a level, in place, as long as the cost falls; did it?

    Nodes that add stay in front of those that multiply.
    """
    into = scores[level - 1][orders[level - 1]]  # (places below, nodes)
    out = scores[level][:, orders[level + 1]]  # (nodes, places above)
    width = len(orders[level])
    cost = into.t() @ _distances(len(into), width).to(into)  # (nodes, places)
    cost = cost + out @ _distances(width, out.shape[1]).t().to(out)
    order, changed = orders[level].clone(), False
    adds = torch.arange(width, device=cost.device) < sums
    apart = adds[:, None] != adds
    while True:
        here = cost[order]  # (places, places): the node at a place, put at another
        stay = here.diagonal()
        gain = (stay[:, None] + stay - here - here.t()).masked_fill(apart, 0.0)
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
    """A copy whose nodes stand in these orders, one for each level; inputs and outputs stay.

    Args:
        model: a KAN; it isn't changed.
        orders: for each level, that of the inputs first, the nodes of the model in the new order;
            nodes that multiply stay behind those that add.

    Raises:
        TypeError: if the model is no KAN.
        ValueError: unless each level has an order with each of its nodes once.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 3, 1]), torch.rand(10, 2)
        >>> orders = [torch.tensor(order) for order in ([0, 1], [2, 0, 1], [0])]
        >>> new = ew.surgery.reorder(model, orders)
        >>> torch.equal(new.layers[0].coef[..., 0], model.layers[0].coef[..., 2])
        True
        >>> torch.allclose(new(x), model(x), atol=1e-6)
        True
    """
    model = check_kan("reorder", model)
    check_own_weights(model)
    orders = _read_orders(model, orders)
    new = copy.deepcopy(model)
    for k, (layer, level) in enumerate(zip(new.stack(), model.levels()[1:], strict=True)):
        order, owner = orders[k + 1], model.owners(k)
        take_(layer, orders[k], torch.cat([(owner == n).nonzero()[:, 0] for n in order]))
        new.products[k] = tuple(level.products[int(n) - level.sums] for n in order[level.sums :])
    for post, order in zip(new.post_norms(), orders[1:], strict=False):
        replace_parameter(post, "weight", itemgetter(order))
        replace_parameter(post, "bias", itemgetter(order))
    return new


def _read_orders(model: KAN, orders: Sequence[Tensor]) -> list[Tensor]:
    """The orders of all levels as integers; ValueError if one isn't an order of its level."""
    levels = model.levels()
    if len(orders) != len(levels):
        raise ValueError(f"reorder expected {len(levels)} orders, one a level, got {len(orders)}")
    read = [torch.as_tensor(order, device="cpu").reshape(-1).tolist() for order in orders]
    for k, (level, order) in enumerate(zip(levels, read, strict=True)):
        nodes = list(range(level.nodes))
        stays = k in (0, len(levels) - 1)
        if sorted(order) != nodes or (stays and order != nodes):
            what = "all nodes, unmoved," if stays else "each node once"
            raise ValueError(f"reorder expected {what} at level {k}, got {order[:20]}")
        if any(node >= level.sums for node in order[: level.sums]):
            raise ValueError(
                f"reorder expected the {level.sums} nodes that add first at level {k}, got {order}"
            )
    device = model.stack()[0].coef.device
    return [torch.tensor(order, dtype=torch.long, device=device) for order in read]
