"""Smaller networks: edges, nodes and inputs that hardly matter, taken away for good."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers
from edgewise._shown import shown_as_text
from edgewise.explain.attribution import attribute_moments
from edgewise.explain.cut import cut_network
from edgewise.explain.edges import BLOCK_ROWS, layer_inputs, moments
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_layered
from edgewise.models.layered import Layered
from edgewise.models.widths import Width
from edgewise.nn.arguments import renamed
from edgewise.nn.inspect import check_own_weights
from edgewise.training.evaluate import evaluate
from edgewise.training.objective import LossSpec

Network = TypeVar("Network", bound=nn.Module)
PATIENCE = 8
"""Edges in a row that `prune_to` tries in vain before it stops."""


@shown_as_text
@dataclass(frozen=True)
class PruneReport:
    """What pruning took away and what it cost: ``model.report``.

    Attributes:
        edges_before, edges_after: edges with weights other than 0.
        widths_before, widths_after: of the two models, as the constructor takes them.
        nodes_removed: for each hidden level, which nodes of the old model are gone.
        inputs_removed: the features of x that are read no longer: names, or indices without names.
        nodes_kept: (level, node) of the old model, for nodes that stay though no edge leaves them
            any more: a normalisation over all features of their level would compute something else
            without them.
        change: RMS change of the outputs over their spread, on the data of the pruning.
    """

    edges_before: int
    edges_after: int
    widths_before: tuple[Width, ...]
    widths_after: tuple[Width, ...]
    nodes_removed: tuple[tuple[int, ...], ...]
    inputs_removed: tuple[str | int, ...]
    nodes_kept: tuple[tuple[int, int], ...]
    change: float

    @property
    def edges_removed(self) -> int:
        return self.edges_before - self.edges_after

    def __str__(self) -> str:
        lines = [
            f"{list(self.widths_before)} → {list(self.widths_after)}, {self.edges_before:,} → "
            f"{self.edges_after:,} edges; the outputs changed by {100 * self.change:.3g} % of "
            "their spread"
        ]
        if self.inputs_removed:
            gone = ", ".join(str(name) for name in self.inputs_removed[:10])
            more = len(self.inputs_removed) - 10
            lines.append(f"inputs removed: {gone}" + (f" and {more} more" if more > 0 else ""))
        if self.nodes_kept:
            lines.append(
                f"{len(self.nodes_kept)} nodes without an edge stay, because a normalisation over "
                'all features counts them: norm="affine" or None lets them go'
            )
        return "\n".join(lines)


@renamed(edge="edge_threshold", node="node_threshold", inputs="input_threshold")
def prune(
    model: Network,
    x: Any,
    *,
    edge_threshold: float = 3e-2,
    node_threshold: float = 1e-2,
    input_threshold: float | None = None,
) -> Network:
    """A smaller model without the edges and nodes that hardly matter on x.

    Scores are those of ``attribute(model, x)``. An edge goes if its score is below
    ``edge_threshold`` times the highest edge score of its layer; a hidden node goes, with its
    edges, if its score is below ``node_threshold`` times the highest of its level; an input
    likewise. Then nodes without an edge in or without an edge out go, and inputs without an edge
    out, until none is left. The strongest edge into each output, the strongest into the node where
    it begins, and so on down to an input, always stay.

    A product goes or stays as a whole; on such a path each of its factors keeps its strongest edge.
    The mean of what a removed edge added goes into the bias of its output, which gets one if it had
    none. Nodes and inputs are cut out of all tensors; an edge between nodes that stay is masked.
    The new model takes the same x, see ``KAN.inputs``, and has all settings of the old one. Nodes
    in front of a normalisation over all features of a level (norm="layer" or "batch_minmax",
    KAL-Net's LayerNorm) stay, without their edges, as it would compute something else without them;
    ``model.report`` lists them, with everything else that was done.

    Args:
        model: a KAN, or one with functions on some edges, as which it comes back; it isn't
            changed.
        x: rows on which the scores, means and the change are measured.
        edge_threshold, node_threshold: fractions of the highest score, from 0 (only what has no
            effect) to 1.
        input_threshold: the same for the features of x; None removes only those left without an
            edge.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if a threshold isn't from 0 to 1, x has no rows or isn't finite, or the
            model's values aren't.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 5, 1])
        >>> model.layers[1].coef.data[2:] = 0
        >>> model.layers[1].base_weight.data[2:] = 0
        >>> ew.prune(model, torch.rand(100, 2), edge_threshold=0, node_threshold=0).widths
        [2, 2, 1]

    Reference: Liu et al., arXiv:2404.19756, section 2.5.1; thresholds of pykan's ``prune``.
    """
    given = {"edge_threshold": edge_threshold, "node_threshold": node_threshold}
    given |= {} if input_threshold is None else {"input_threshold": input_threshold}
    check_numbers("prune", greatest=1.0, **given)
    work = _Pruning(check_layered("prune", model), as_input(model, x))
    keep = [
        alive & (score >= edge_threshold * score.max())
        for alive, score in zip(work.alive, work.scores.edges, strict=True)
    ]
    for level, score in enumerate(work.scores.nodes[:-1]):
        threshold = node_threshold if level else (input_threshold or 0.0)
        weak = score < threshold * score.max()
        keep[level][weak] = False
        if level:
            keep[level - 1][:, weak[work.owners[level - 1]]] = False
    small: Network = work.finish(work.close(keep))
    return small


def prune_to(
    model: Network, x: Any, y: Any = None, *, loss_budget: float = 0.01, loss: LossSpec = None
) -> Network:
    """A model with as few edges as the budget allows.

    With targets, the loss on (x, y) may rise by ``loss_budget`` times what it was. If that loss is
    near 0 there is nothing to spend: leave y out. Without targets, the RMS change of the outputs
    may be ``loss_budget`` times their spread. Edges go in the order of their attribution, weakest
    first; how many is found by bisection, and the next ones are tried one by one, until 8 in a row
    cost too much. Everything else is as in :func:`prune`.

    Args:
        model: a KAN, or one with functions on some edges, as which it comes back; it isn't
            changed.
        x, y: data, as in `evaluate`; classes for cross entropy, else the mean squared error.
        loss_budget: fraction by which the loss may rise, or fraction of the spread.
        loss: None (by the targets), a name or a callable, as in :func:`~edgewise.training.fit.fit`.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if the budget is negative, there is a loss without targets, or data doesn't
            fit.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("x0 + x1/1000", basis="bspline")
        >>> x = 2 * torch.rand(100, 2, generator=torch.Generator().manual_seed(0)) - 1
        >>> small = ew.prune_to(model, x, loss_budget=0.01)
        >>> small.report.edges_removed, small.inputs
        (1, [0])
    """
    check_numbers("prune_to", greatest=math.inf, loss_budget=loss_budget)
    if y is None and loss is not None:
        raise ValueError(f"prune_to expected targets y for loss={loss!r}, got none: pass y")
    work = _Pruning(check_layered("prune_to", model), as_input(model, x))
    limit = loss_budget
    if y is not None:
        before = work.loss(model, y, loss)
        limit = before + loss_budget * abs(before)

    def fits(removed: Tensor) -> bool:
        small = work.smaller(work.without(removed))
        return (work.change(small) if y is None else work.loss(small, y, loss)) <= limit

    order = work.weakest_first()
    count, too_many = 0, len(order) + 1
    while too_many - count > 1:
        middle = (count + too_many) // 2
        count, too_many = (middle, too_many) if fits(order[:middle]) else (count, middle)
    removed, failures = order[:count], 0
    for position in range(count + 1, len(order)):
        more = torch.cat([removed, order[position : position + 1]])
        if fits(more):
            removed, failures = more, 0
        elif (failures := failures + 1) == PATIENCE:
            break
    small: Network = work.finish(work.without(removed))
    return small


class _Pruning:
    """A model, what its edges do on data, and smaller models made from it.

    Attributes:
        present: for each layer (in, out), which edges have weights other than 0.
        alive: those of them that aren't at a dead end.
        free: for each level but the last, whether its nodes can go without changing the others.
        owners: for each layer (out,), the node that an output goes to.
        paths: for each layer (in, out), the edges that always stay.
    """

    def __init__(self, model: Any, x: Tensor) -> None:
        check_own_weights(model)
        self.model, self.x = model, x if x.dim() > 1 else x[None]
        found = moments(model, self.x)
        self.means = [layer.edge_mean for layer in found]
        self.scores = attribute_moments(model, found, "backward")
        self.outputs = _outputs(model, self.x)
        self.free = model.free_levels()
        self.products = [model.edge_products(k) for k in range(len(found))]
        self.present = [k.weights().detach().ne(0).any(1) for k in model.stack()]
        self.owners = [model.owners(k) for k in range(len(found))]
        self.alive = _without_dead_ends(self.present, self.free, self.owners, self.products)
        self.paths = _strongest_paths(self.scores.edges, self.alive, self.owners, self.products)

    def close(self, keep: Sequence[Tensor]) -> list[Tensor]:
        """These edges, with those of the paths and without those at dead ends."""
        found = [k | path for k, path in zip(keep, self.paths, strict=True)]
        found = [
            _make_whole(edges, there, nodes)
            for edges, there, nodes in zip(found, self.alive, self.products, strict=True)
        ]
        return _without_dead_ends(found, self.free, self.owners, self.products)

    def weakest_first(self) -> Tensor:
        """Flat indices, over all layers, of the edges that may go."""
        score = torch.cat([s.flatten() for s in self.scores.edges])
        pairs = zip(self.alive, self.paths, strict=True)
        may_go = torch.cat([(alive & ~path).flatten() for alive, path in pairs]).nonzero()[:, 0]
        return may_go[score[may_go].argsort(stable=True)]

    def without(self, removed: Tensor) -> list[Tensor]:
        """The edges that are left when those of :meth:`weakest_first` go."""
        flat = torch.cat([alive.flatten() for alive in self.alive])
        flat[removed] = False
        parts = flat.split([alive.numel() for alive in self.alive])
        return self.close([p.view_as(a) for p, a in zip(parts, self.alive, strict=True)])

    def smaller(self, keep: list[Tensor]) -> Any:
        """A model with these edges only, and what the others added on average."""
        pairs = zip(self.means, self.present, keep, strict=True)
        constants = [(mean * (there & ~stays)).sum(0) for mean, there, stays in pairs]
        for k, constant in enumerate(constants):
            constant[self.products[k]] = 0  # their edges go together, with the node
        return cut_network(self.model, keep, constants, self.nodes(keep))

    def nodes(self, keep: list[Tensor]) -> list[Tensor]:
        """Indices, at each level, of the nodes that stay: at least one."""
        found = []
        for level, edges in enumerate(keep):
            lives = edges.any(1) if self.free[level] else torch.ones_like(edges[:, 0])
            if not lives.any():
                lives[self.scores.nodes[level].argmax()] = True
            found.append(lives.nonzero()[:, 0])
        outputs = torch.arange(self.model.widths[-1], device=self.x.device)
        return [*found, outputs]

    def change(self, small: Any) -> float:
        """RMS change of the outputs over their spread."""
        spread = (self.outputs - self.outputs.mean(0)).square().mean().sqrt()
        missed = (_outputs(small, self.x) - self.outputs).square().mean().sqrt()
        return float(missed / spread) if spread > 0 else float(missed)

    def loss(self, model: nn.Module, y: Any, loss: LossSpec) -> float:
        return evaluate(model, (self.x, y), loss=loss, batch_size=BLOCK_ROWS)["loss"]

    def finish(self, keep: list[Tensor]) -> Any:
        """:meth:`smaller` with a report."""
        small = self.smaller(keep)
        gone = [
            tuple(sorted(set(range(width)) - set(nodes.tolist())))
            for width, nodes in zip(self.model.widths, self.nodes(keep), strict=True)
        ]
        idle = tuple(
            (level, node)
            for level, edges in enumerate(keep)
            if not self.free[level]
            for node in (~edges.any(1)).nonzero()[:, 0].tolist()
        )
        read, known = self.model.inputs, self.model.input_names
        inputs = [i if read is None else read[i] for i in gone[0]]
        small.report = PruneReport(
            edges_before=sum(int(p.sum()) for p in self.present),
            edges_after=sum(int(k.sum()) for k in keep),
            widths_before=tuple(level.written for level in self.model.levels()),
            widths_after=tuple(level.written for level in small.levels()),
            nodes_removed=tuple(gone[1:-1]),
            inputs_removed=tuple(i if known is None else known[i] for i in inputs),
            nodes_kept=idle,
            change=self.change(small),
        )
        return small


@torch.no_grad()
def _outputs(model: Layered, x: Tensor) -> Tensor:
    """(*, in) → (rows, out), in float64."""
    blocks = x.reshape(-1, x.shape[-1]).split(BLOCK_ROWS)
    return torch.cat([layer_inputs(model, block)[-1].double() for block in blocks])


def _without_dead_ends(
    edges: Sequence[Tensor],
    free: Sequence[bool],
    owners: Sequence[Tensor],
    products: Sequence[list[int]],
) -> list[Tensor]:
    """The edges but those of nodes without an edge in, and of nodes without an edge out.

    A product has an edge in if one of its factors has one; the others are constants. Nodes that a
    normalisation mixes keep all their edges: such a node acts on the others without an edge out,
    and varies without an edge in. A node that multiplies edges keeps all of them, constants too, as
    long as one of them stays.

    Shape:
        for each layer (in, out) → the same; owners: (out,)
    """
    keep = list(edges)
    inner = [level for level in range(1, len(keep)) if free[level]]
    for level in inner:
        reached = owners[level - 1][keep[level - 1].any(0)]
        fed = torch.zeros_like(keep[level][:, 0]).index_fill(0, reached, True)
        keep[level] = _make_whole(keep[level] & fed[:, None], edges[level], products[level])
    for level in reversed(inner):
        keep[level - 1] = keep[level - 1] & keep[level].any(1)[owners[level - 1]]
    return keep


def _make_whole(edges: Tensor, there: Tensor, products: list[int]) -> Tensor:
    """The edges to keep, and all edges of a node that multiplies them if it keeps one.

    Shape:
        (in, out) each
    """
    if not products:
        return edges
    made = edges.clone()
    made[:, products] = there[:, products] & edges[:, products].any(0)
    return made


def _strongest_paths(
    scores: Sequence[Tensor],
    alive: Sequence[Tensor],
    owners: Sequence[Tensor],
    products: Sequence[list[int]],
) -> list[Tensor]:
    """The strongest edge into each output, into the node that it comes from, and so on.

    Of a product that is the strongest edge into each of its factors.

    Shape:
        for each layer (in, out) → the same; owners: (out,)
    """
    paths: list[Tensor] = []
    wanted = torch.ones_like(owners[-1], dtype=torch.bool)
    layers = zip(*map(reversed, (scores, alive, owners, products)), strict=True)
    for score, there, owner, multiplied in layers:
        best = torch.where(there, score, -1.0).argmax(0)
        into = (there.any(0) & wanted[owner]).nonzero()[:, 0]
        path = torch.zeros_like(there)
        path[best[into], into] = True
        path = _make_whole(path, there, multiplied)
        wanted = path.any(1)
        paths.insert(0, path)
    return paths
