"""Candidate functions for each curve of a network, judged by their effect on its outputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_flags, check_numbers, is_number, quote, read_count, read_list
from edgewise._derivatives import needs_derivatives
from edgewise.formula.affine import name_of, read_affine, split_constant
from edgewise.formula.expression import Expression, add
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, Library
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_layered
from edgewise.search.budget import RATE, Budget
from edgewise.search.curve_formulas import name_curve
from edgewise.symbolic.build import as_network, layer_places
from edgewise.symbolic.criterion import edge_bits, variance_of
from edgewise.symbolic.curve_fits import fit_function
from edgewise.symbolic.edge_targets import LayerTargets, list_targets
from edgewise.symbolic.edges import Edge, EdgeIndex
from edgewise.symbolic.network import SymbolicKAN

EDGE_WORK = 5 * RATE
"""Most evaluations for the expression on one edge; the search usually ends much earlier."""
LARGEST = 1e70
LEAST_FLOOR = 1e-20
"""Smallest FVU of a curve, from rounding in float64."""
SLACK = 3.0
"""The error of a single edge may be this many times the floor."""


@dataclass(frozen=True)
class EdgeCandidate:
    """A candidate function for an edge.

    Attributes:
        edge, d: the edge, and the constant that is added to its node.
        r2: R² of the function against the curve.
        harm: the increase in FVU if it replaces the curve, to first order.
        bits: the description length of the edge (see :mod:`.criterion`).
    """

    edge: Edge
    d: float
    r2: float
    harm: float
    bits: float


MOST_REACH = 1e4
"""Largest inner scale of a search, which tries all integers up to it."""


def check_search(owner: str, library: Library, **positive: float) -> None:
    """Raise ValueError if the library is empty, or a bound isn't above 0 and at most 1e4."""
    if not len(library):
        raise ValueError(f"{owner} expected a library of functions, got none: pass LIBRARY")
    for name, value in positive.items():
        if not is_number(value) or not 0 < value <= MOST_REACH:
            raise ValueError(
                f"{owner} expected {name} > 0 and at most {MOST_REACH:g}, got {quote(value)}: "
                "leave it out"
            )


def check_size(owner: str, name: str, values: Tensor) -> None:
    """Raise ValueError for numbers whose squares, or those of their slopes, would overflow."""
    size = float(values.abs().amax())
    if size and not 1 / LARGEST < size < LARGEST:
        raise ValueError(
            f"{owner} expected {name} within 1e±70, got numbers up to {size:.0e}: rescale it, "
            "train the network again and rescale the formula"
        )


@torch.no_grad()
def candidates(
    model: SymbolicKAN,
    x: Tensor,
    variance: float,
    floor: float,
    functions: list[Function],
    *,
    reach: float,
    keep: int = 4,
    wanted: set[EdgeIndex] | None = None,
    y: Tensor | None = None,
) -> dict[EdgeIndex, list[EdgeCandidate]]:
    """The best few functions of the library for each edge, the fewest bits first.

    They are fitted to the curve of the edge, or with y to the curve that y asks for: where r is the
    residual of y, and s the slope of the output by the node,

    .. math:: t = f(x) + r / s \\quad\\text{with the weights}\\quad s^2,

    which is a Gauss-Newton step of this edge alone.

    Args:
        x: rows of inputs; a few hundred of them are used.
        variance: the variance of y over all outputs.
        floor: ε of :mod:`.criterion`.
        wanted: the edges to consider; by default all curves.
    """
    options: dict[EdgeIndex, list[EdgeCandidate]] = {}
    for part in list_targets(model, x, variance, floor, wanted, y):
        fits = [fit_function(f, part.curves, reach) for f in functions]
        tables = [tuple(t.tolist() for t in (f.a, f.b, f.c, f.d, f.r2)) for f in fits]
        for i, o in part.ends:
            n = part.inputs.index(i)
            each = []
            for function, table in zip(functions, tables, strict=True):
                a, b, c, d, r2 = (column[n][o] for column in table)
                edge = Edge(i, o, function, a, b, c)
                each.append(_candidate(part, edge, edge.parts.core, d, 1 - r2))
            index = EdgeIndex(part.layer, i, o)
            options[index] = sorted(each, key=lambda c: c.bits)[:keep]
    return options


@torch.no_grad()
def add_expressions(
    options: dict[EdgeIndex, list[EdgeCandidate]],
    model: SymbolicKAN,
    x: Tensor,
    variance: float,
    floor: float,
    library: Library,
    *,
    reach: float,
    budget: Budget,
    keep: int,
) -> dict[EdgeIndex, list[EdgeCandidate]]:
    """The options, with expressions added for edges where no single function reaches the floor.

    Expressions are sums, products, ratios and compositions of functions.

    Args:
        budget: seconds for all edges together; after that, edges keep their options.
    """
    wanted = {e for e, found in options.items() if min(c.harm for c in found) > SLACK * floor}
    options = dict(options)
    for part in list_targets(model, x, variance, floor, wanted) if wanted else ():
        for i, o in part.ends:
            if budget.over:
                return options
            n = part.inputs.index(i)
            curves = name_curve(
                part.curves.x[n].numpy(),
                part.curves.y[n, o].numpy(),
                part.curves.weight[o].numpy(),
                library=library,
                reach=reach,
                floor=max(SLACK * floor / part.spreads[n][o], LEAST_FLOOR),
                budget=budget.part(evaluations=EDGE_WORK),
            )
            index = EdgeIndex(part.layer, i, o)
            more = []
            for curve in curves:
                if curve.tree.inputs and not read_affine(curve.tree).is_single:
                    d, terms = split_constant(curve.tree)
                    edge = Edge(i, o, add(*terms))
                    more.append(_candidate(part, edge, edge.tree, d.value, curve.fvu))
            options[index] = sorted([*options[index], *more], key=lambda c: c.bits)[:keep]
    return options


def _candidate(
    part: LayerTargets, edge: Edge, core: Expression, d: float, fvu: float
) -> EdgeCandidate:
    """The candidate of a formula that leaves this fraction of the target's variance.

    Args:
        core: what of the formula the description length counts.
    """
    harm = max(fvu, 0.0) * part.spreads[part.inputs.index(edge.i)][edge.o]
    bits = edge_bits(core, harm, part.floor, part.num_basis, part.rows)
    return EdgeCandidate(edge, d, 1 - fvu, harm, bits)


@dataclass(frozen=True)
class Suggestion:
    """A function for one edge of a model: c · f(a x + b) + d.

    Attributes:
        function: its name in the library, or the text of an expression.
        a, b, c, d: the constants; x is the layer's input before its normalisation.
        r2: R² of the function against the curve, with rows weighted by the outputs' sensitivity.
        harm: the increase in the outputs' FVU if it replaces the curve.
        bits: the description length; smaller is better.
        tree: the expression, or None for a function of the library.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 100)[:, None]
        >>> model = ew.surgery.from_formula("3*x0**2 + 1", basis="bspline")
        >>> best = ew.symbolic.suggest(model, x, (0, 0, 0), library=["x", "x^2", "sin"])[0]
        >>> best.function, round(best.c * best.a**2, 3), best.tree
        ('x^2', 3.0, None)
    """

    function: str
    a: float
    b: float
    c: float
    d: float
    r2: float
    harm: float
    bits: float
    tree: Expression | None = None


@needs_derivatives
def suggest(
    model: nn.Module,
    x: Any,
    edge: tuple[int, int, int] | None = None,
    *,
    library: Library | Iterable[str | Function] = LIBRARY,
    reach: float = 16.0,
    top: int = 5,
    floor: float = 1e-6,
    expressions: bool = True,
    budget: float = 10.0,
) -> Any:
    """The best functions for an edge (layer, input, output), or for all edges at once.

    Args:
        model: a KAN, or a SymbolicKAN with some curves, whose normalisations don't mix the inputs
            (see :func:`edgewise.surgery.unmix`); it isn't changed.
        x: data; a few hundred rows of it are used.
        library: the functions to choose from; names are those of ``LIBRARY``.
        reach: the largest |a| to try, for x scaled to [-1, 1].
        top: the number of suggestions, those with the fewest bits.
        floor: fraction of the outputs' variance below which a misfit doesn't matter.
        expressions: whether to suggest sums, products, ratios or compositions where no single
            function reaches the floor.
        budget: seconds after which no more expressions are searched.

    Returns:
        A list of :class:`Suggestion` for the edge, or for all edges a dict of such lists.

    Raises:
        ValueError: if the edge doesn't exist or is masked, a normalisation mixes the inputs, data
            aren't finite or real, or library, reach or floor leave nothing to search.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.rand(200, 2, generator=torch.Generator().manual_seed(0))
        >>> text, basis = "x0**2 + sin(3*x1)", ew.BSpline(40)
        >>> model = ew.surgery.from_formula(text, basis=basis, tolerance=1e-4)
        >>> found = ew.symbolic.suggest(model, x, library=["x", "x^2", "sin"], expressions=False)
        >>> {tuple(edge): options[0].function for edge, options in found.items()}
        {(0, 0, 0): 'x^2', (0, 1, 0): 'sin'}
    """
    kan = check_layered("suggest", model)
    library = Library.of(library)
    check_search("suggest", library, reach=reach, floor=floor)
    check_flags("suggest", expressions=expressions)
    check_numbers("suggest", greatest=float("inf"), budget=budget)
    read_count("suggest", "top", top, 1)
    if kan.mixes_features:
        raise ValueError(
            "suggest expected edges that are functions of one variable, got a normalisation that "
            "mixes the inputs: suggest(edgewise.surgery.unmix(model, x), x)"
        )
    x = as_input(kan, x)
    x = x.reshape(-1, x.shape[-1]).double()
    check_size("suggest", "x", x)
    network = as_network(kan)
    wanted = _find_wanted(kan, network, edge)
    with torch.no_grad():
        variance = variance_of(network(x))
    options = candidates(
        network, x, variance, floor, library.distinct(), reach=reach, keep=top,
        wanted=set(wanted.values()),
    )  # fmt: skip
    if expressions:
        options = add_expressions(
            options,
            network,
            x,
            variance,
            floor,
            library,
            reach=reach,
            budget=Budget(budget),
            keep=top,
        )
    named = {
        own: [_suggestion(c) for c in options[at]] for own, at in wanted.items() if at in options
    }
    return named if edge is None else named[EdgeIndex(*edge)]


def _find_wanted(kan: Any, network: SymbolicKAN, edge: Any) -> dict[EdgeIndex, EdgeIndex]:
    """The edges of a model that are curves, or the only one that is wanted, as the network's.

    Raises:
        ValueError: if that is no such edge.
    """
    # The layers of a SymbolicKAN keep their indices; in a KAN, layers of products are inserted.
    places = range(len(kan)) if isinstance(kan, SymbolicKAN) else layer_places(kan)
    stack = network.stack()
    every = {
        EdgeIndex(k, i, o): EdgeIndex(at, i, o)
        for k, at in enumerate(places)
        for i, o in stack[at].numeric_ends()
    }
    if edge is None:
        return every
    index = tuple(read_list("suggest", "edge", edge))
    if index not in every:
        raise ValueError(
            f"suggest expected an edge (layer, input, output) of the widths {kan.widths} that is a "
            f"curve, not masked; got {edge}"
        )
    return {EdgeIndex(*index): every[EdgeIndex(*index)]}


def _suggestion(found: EdgeCandidate) -> Suggestion:
    parts = found.edge.parts
    scores = (found.d, found.r2, found.harm, found.bits)
    if parts.function is None:
        tree = found.edge.tree
        return Suggestion(name_of(tree), 1.0, 0.0, 1.0, *scores, tree)
    a, b, c = (n.value for n in (parts.a, parts.b, parts.c))
    return Suggestion(parts.function.name, a, b, c, *scores)
