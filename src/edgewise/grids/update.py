"""The same functions on new grids: where the data is, or finer."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from torch import nn

from edgewise._checks import check_numbers, check_settings, read_count
from edgewise.grids.changes import TOLERANCE, Judge, accept
from edgewise.grids.layers import as_input, rebuild, sample_layers
from edgewise.grids.targets import extend_layer, follow_data, make_finer
from edgewise.nn.inspect import kan_layers

M = TypeVar("M", bound=nn.Module)

MOST_RISE = 0.01
"""By what fraction of itself a move may raise the loss."""


def fit_range(model: M, x: Any, *, margin: float = 0.01, tolerance: float = TOLERANCE) -> M:
    """A model whose grids span the values that reach them.

    Each input gets equidistant points from its least to its greatest value. Polynomials get an
    affine map of each input to their domain, as part of the normalisation; behind tanh they are
    left as they are, and so are harmonics. The coefficients are refitted, so the functions on the
    data stay as they were, as far as the new grid can draw them.

    Args:
        model: any module with KAN layers; it isn't changed.
        x: inputs of the model, which goes over them once.
        margin: how far beyond the data the grid reaches, as a fraction of its range.
        tolerance: change of the outputs on x, RMS over their spread, above which there is a
            :class:`ChangeWarning`; :func:`report` tells how much it was.

    Raises:
        ValueError: if there are no KAN layers, no rows, or values that aren't finite.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(0, 0.5, 50, dtype=torch.float64)[:, None]
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> near = ew.grids.fit_range(model, x, margin=0)
        >>> low, high = near.layers[0].basis.domain(near.layers[0].grid)
        >>> float(low), float(high), torch.allclose(near(x), x**2)
        (0.0, 0.5, True)
    """
    check_numbers("fit_range", greatest=math.inf, margin=margin, tolerance=tolerance)
    x = as_input(model, x)
    judge, seen = Judge(model, x), sample_layers(model, x)
    new, fits = rebuild(model, seen, partial(follow_data, mix=1.0, margin=margin, step=1.0))
    return accept(cast(M, new), judge.measure(new, "fit_range", fits, tolerance))


def adapt(
    model: M,
    x: Any,
    *,
    loss: Callable[[nn.Module], float] | None = None,
    mix: float = 0.1,
    margin: float = 0.01,
    step: float = 1.0,
    tolerance: float = 0.01,
) -> M:
    """A model whose grids follow the distribution of the values that reach them.

    .. math:: e_j = m · u_j + (1 - m) · q_j

    with u_j equidistant from the least to the greatest value and q_j the quantiles, for each
    input. The coefficients are refitted to the data; where the new grid can't draw the old curves
    well enough, the grid goes half of the way only, or a quarter, and so on. With a loss, well
    enough means that it rises by no more than 1 %.

    Args:
        model: any module with KAN layers; it isn't changed.
        x: inputs of the model, which goes over them once.
        loss: what a model is judged by, ``lambda m: edgewise.evaluate(m, (x, y))["loss"]`` for one.
        mix: m above: 1 is `fit_range`; less than 0.001 counts as that.
        margin: how far beyond the data the grid reaches, as a fraction of its range.
        step: how far the grid goes from where it is (0) to e (1).
        tolerance: greatest change of the model's outputs on x, RMS over their spread; with a loss
            it doesn't count.

    Raises:
        ValueError: if there are no KAN layers, no rows, values that aren't finite, or an argument
            is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 500, dtype=torch.float64)[:, None] ** 3
        >>> model = ew.surgery.from_formula("x0**2", basis=ew.BSpline(10))
        >>> layer = ew.grids.adapt(model, x).layers[0]
        >>> layer.basis.points(layer.grid).flatten().diff().round(decimals=2).tolist()[:6]
        [0.48, 0.29, 0.16, 0.07, 0.03, 0.03]
    """
    check_numbers("adapt", greatest=1.0, mix=mix, step=step)
    check_numbers("adapt", greatest=math.inf, margin=margin, tolerance=tolerance)
    x = as_input(model, x)
    judge, seen = Judge(model, x), sample_layers(model, x)
    stated = tolerance if loss is None else math.inf
    before = None if loss is None else loss(model)
    while step > 1e-3:
        move = partial(follow_data, mix=mix, margin=margin, step=step)
        new, fits = rebuild(model, seen, move)
        good = judge.tolerates(new, stated)
        if good and loss is not None and before is not None:
            good = rose_little(before, loss(new))
        if good:
            return accept(cast(M, new), judge.measure(new, "adapt", fits, stated))
        step /= 2
    same, _ = rebuild(model, {}, lambda *_: None)
    return accept(cast(M, same), judge.measure(same, "adapt", {}, stated))


def refine(
    model: M, size: int, x: Any = None, *, even: bool = False, tolerance: float = TOLERANCE
) -> M:
    """A model with more functions on the same domain.

    B-splines only gain knots (the widest cells are split first), so every curve stays exactly what
    it was; so do polynomials of a higher degree and more harmonics. More centres of Gaussians and
    RSWAFs are narrower too, and refitted.

    A spline also stays what it was outside of its domain as long as the knots out there stay. If
    x is given and reaches no spline there, these knots follow the finer grid, which leaves a
    uniform grid uniform (the faster kernels are for those).

    Where data lie outside of the grid, and the finer grid would change the outputs by more than
    the tolerance there, a wider grid of the same size is tried too, and an affine map that brings
    the inputs of polynomials into their domain; what changes the outputs less is taken.

    Args:
        model: any module with KAN layers; it isn't changed.
        size: cells of a spline grid, centres, highest degree or harmonics.
        x: inputs of the model on which the curves are refitted; else on the whole domain.
        even: splines with equidistant knots even where that isn't a refinement of the old ones,
            and so changes the curves a little.
        tolerance: change of the outputs, RMS over their spread on x or on the domain, above which
            there is a :class:`ChangeWarning`; :func:`report` tells how much it was.

    Raises:
        ValueError: if the size is no positive integer, there are no KAN layers, or one has a
            greater size already, or a single centre, or outputs would not be finite any more.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 1], basis=ew.BSpline(5), norm=None)
        >>> finer, x = ew.grids.refine(model, 10), torch.rand(10, 2)
        >>> finer.layers[0].basis.grid, torch.allclose(finer(x), model(x), atol=1e-5)
        (10, True)
    """
    size = read_count("refine", "size", size, 1)
    check_settings("refine", even=even)
    check_numbers("refine", greatest=math.inf, tolerance=tolerance)
    data = None if x is None else as_input(model, x)
    judge = Judge(model, data)
    seen = {} if data is None else sample_layers(model, data, size)
    tries = []
    for wider in (False,) if data is None else (False, True):
        new, fits = rebuild(model, seen, partial(make_finer, size=size, even=even, wider=wider))
        found = judge.measure(new, "refine", fits, tolerance)
        tries.append((found, new))
        if found.error <= tolerance and found.error < math.inf:
            break
    found, new = min(tries, key=lambda each: each[0].error)
    return accept(cast(M, new), found)


def extend(model: M, x: Any) -> M:
    """A model whose grids go on, at the distances of their ends, until they cover the data.

    The new functions start with coefficients 0: the curves don't change at all. With linear tails
    they are refitted to the lines that they had out there, which bends them a little at the old
    ends; :func:`report` tells how much that was. Bases without a grid are left as they are.

    Args:
        model: any module with KAN layers; it isn't changed.
        x: rows of its inputs.

    Raises:
        ValueError: if there are no KAN layers, or covering the data would take more than 256
            cells and more than twice those there are (an outlier, or a case for `fit_range`), or a
            grid has a single centre.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([1, 1], basis=ew.BSpline(4)), torch.tensor([[-1.0], [2.0]])
        >>> layer = ew.grids.extend(model, x).layers[0]
        >>> layer.basis.grid, [float(end) for end in layer.basis.domain(layer.grid)]
        (6, [-1.0, 2.0])
    """
    x = as_input(model, x)
    judge, seen = Judge(model, x), sample_layers(model, x)
    new, _ = rebuild(model, {}, lambda *_: None)
    moved = {name: extend_layer(layer, seen[name], name) for name, layer in kan_layers(new).items()}
    fits = {name: fit for name, fit in moved.items() if fit is not None}
    return accept(cast(M, new), judge.measure(new, "extend", fits, TOLERANCE))


def rose_little(before: float, after: float) -> bool:
    """Whether a loss, of either sign, rose by no more than 1 %."""
    return after <= before + MOST_RISE * abs(before)
