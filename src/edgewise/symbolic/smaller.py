"""Find the smallest part of a trained network that explains y, with its curves fitted again.

The nodes of a wide network share the work, so that no curve resembles a function of the formula.
One node alone often explains more of y than all of them do together, once its curves are fitted by
Levenberg-Marquardt. Where they end in a local minimum, others are drawn at random.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import torch

from edgewise.explain.attribution import score_moments
from edgewise.explain.cut import cut_network
from edgewise.explain.edges import moments
from edgewise.formula.data import data_bits, number_bits
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Number
from edgewise.grids.update import refine
from edgewise.nn.arguments import read_seed
from edgewise.nn.init import default_scheme
from edgewise.nn.inspect import count_trainable
from edgewise.symbolic.build import with_layers
from edgewise.symbolic.edges import Bias
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.naming import NamingTask, refit
from edgewise.symbolic.network import SymbolicKAN
from edgewise.training.levenberg import MOST_PARAMETERS

STEPS = 15
"""Steps of Levenberg-Marquardt in which the curves of a trial are fitted."""
STARTS = 8
"""Most random starts of one shape."""
GOOD_FVU = 1e-3
"""An FVU up to which no other starts are tried."""
LARGEST_SIZE = 16
"""The largest size of a basis to which curves are refined."""

Nodes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Trial:
    """A part of the network.

    Attributes:
        nodes: of each hidden level, those that stay.
        model: the part, fitted to y.
        bits: its description length, in which a coefficient counts as much as a constant.
    """

    nodes: Nodes
    model: SymbolicKAN
    bits: float


def find_smaller(model: SymbolicKAN, task: NamingTask) -> SymbolicKAN:
    """The smallest part of a network that describes y in fewer bits than the network.

    The search begins with one node on each level, and adds nodes as long as that shortens the
    description. If no part has fewer bits, it is the network as it was; so are networks that have
    functions, or curves that don't change.
    """
    layers = model.stack()
    if any(s.symbolic.edges() or s.numeric is None or s.numeric.frozen is not None for s in layers):
        return model
    best = _complete(model, _find_path(model, task), task)
    while best is not None:
        larger = _choose(model, _list_larger(model, best.nodes), task)
        larger = _complete(model, larger, task)
        if larger is None or larger.bits >= best.bits:
            break
        best = larger
    return model if best is None or best.bits >= _curve_bits(model, task) else best.model


def _find_path(model: SymbolicKAN, task: NamingTask) -> _Trial | None:
    """One node on each level: the strongest ones, exchanged level by level for better ones."""
    with torch.no_grad():
        scores = score_moments(model, moments(model, task.x), "backward")[1][1:-1]
    orders = [score.argsort(descending=True).tolist() for score in scores]
    best = _choose(model, [tuple((order[0],) for order in orders)], task)
    for level, order in enumerate(orders):
        if best is None:
            return None
        nodes = best.nodes
        others = [node for node in order if (node,) != nodes[level]]
        trials = ((*nodes[:level], (node,), *nodes[level + 1 :]) for node in others)
        best = min(best, _choose(model, trials, task) or best, key=lambda t: t.bits)
    return best


def _list_larger(model: SymbolicKAN, nodes: Nodes) -> Iterator[Nodes]:
    """All parts with one node more."""
    for level, kept in enumerate(nodes):
        for node in sorted(set(range(model.widths[level + 1])) - set(kept)):
            yield (*nodes[:level], tuple(sorted((*kept, node))), *nodes[level + 1 :])


def _choose(model: SymbolicKAN, trials: Iterable[Nodes], task: NamingTask) -> _Trial | None:
    """The trial of the fewest bits; None if none could be fitted within the budget."""
    fitted = (_fit(_take_nodes(model, nodes), nodes, task) for nodes in trials)
    return min((t for t in fitted if t is not None), key=lambda t: t.bits, default=None)


def _fit(part: SymbolicKAN, nodes: Nodes, task: NamingTask) -> _Trial | None:
    """A part fitted to y; None if it is too large or the budget is spent."""
    if task.budget.over or count_trainable(part) > MOST_PARAMETERS:
        return None
    part = refit(part, task, STEPS)
    return _Trial(nodes, part, _curve_bits(part, task))


def _take_nodes(model: SymbolicKAN, nodes: Nodes) -> SymbolicKAN:
    """The network with these nodes of each hidden level only."""
    widths, like = model.widths, next(model.parameters())
    stay = (range(widths[0]), *nodes, range(widths[-1]))
    levels = [torch.tensor(tuple(kept), device=like.device) for kept in stay]
    edges = [like.new_ones(size) for size in pairwise(widths)]
    nothing = [like.new_zeros(width) for width in widths[1:]]
    part: SymbolicKAN = cut_network(model, edges, nothing, levels)
    return part


def _complete(model: SymbolicKAN, trial: _Trial | None, task: NamingTask) -> _Trial | None:
    """A trial, or the same shape with other curves, if they are better; with finer curves."""
    if trial is None:
        return None
    best = trial
    for seed in range(STARTS):
        if task.fvu(best.model) <= GOOD_FVU:
            break
        other = _fit(_draw_curves(trial.model, seed), trial.nodes, task)
        best = min(best, other or best, key=lambda t: t.bits)
    return _refine_curves(best, task)


def _draw_curves(model: SymbolicKAN, seed: int) -> SymbolicKAN:
    """The network with random curves on the same grids; normalisations and biases as they begin."""
    generator = read_seed("regress", seed, next(model.parameters()).device)
    layers = []
    for layer in model.stack():
        numeric = copy.deepcopy(layer.numeric)
        if numeric is not None:
            with torch.no_grad():
                default_scheme(numeric.basis)(numeric, generator)
            if numeric.norm is not None:
                numeric.norm.reset_parameters()
        biases = [Bias(Number(0.0))] * layer.out_features
        symbolic = layer.symbolic.others(layer.in_features, biases, [], [])
        layers.append(SymbolicLayer(symbolic, numeric))
    return with_layers(model, layers)


def _refine_curves(trial: _Trial, task: NamingTask) -> _Trial:
    """Double the sizes of all bases as long as that shortens the description."""
    bases = [layer.numeric.basis for layer in trial.model.stack() if layer.numeric is not None]
    if any(basis.size_name is None for basis in bases):
        return trial
    size = 2 * max(getattr(basis, str(basis.size_name)) for basis in bases)
    while size <= LARGEST_SIZE:
        finer = _fit(refine(trial.model, size, tolerance=math.inf), trial.nodes, task)
        if finer is None or finer.bits >= trial.bits:
            break
        trial, size = finer, 2 * size
    return trial


def _curve_bits(model: SymbolicKAN, task: NamingTask) -> float:
    """The description length of a network of curves and its residuals, in bits."""
    rows = len(task.x)
    numbers = number_bits(rows) * count_trainable(model)
    return numbers + data_bits(task.fvu(model), rows, ROUNDING_FVU)
