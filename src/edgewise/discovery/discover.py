"""`discover`: from a table to a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from edgewise.bases import RSWAF, Basis, BSpline, Gaussian
from edgewise.discovery.networks import (
    Trained,
    index_networks,
    network_formula,
    trained_networks,
)
from edgewise.discovery.result import Discovery, Formula
from edgewise.discovery.search import (
    EXACT,
    NEAR,
    Data,
    Fitted,
    Try,
    finer_fits,
    formula_of,
    grouped_fits,
    named,
    resumed,
    separable_fits,
)
from edgewise.interpret.names import distinct_names
from edgewise.symbolic.criterion import formula_bits, variance_of
from edgewise.symbolic.evidence import (
    Verdict,
    is_constant,
    judge,
    judge_classes,
    share_right,
    standard_error,
)
from edgewise.symbolic.library import LIBRARY, Library
from edgewise.symbolic.network import SymbolicEdges, SymbolicKAN, SymbolicLayer
from edgewise.symbolic.regress import report_of
from edgewise.symbolic.snap import snapped

BASES = (BSpline(grid=7), Gaussian(num=10), RSWAF(num=10, inv_denominator=2.0))
MOST_ROWS = 3000
HELD_OUT = 0.2
SEARCH = 0.85
"""Part of the budget for the search; the rest is for simple constants."""
OVERFIT = 2.0
"""Times the mean square on rows that were fitted: of noise it is nearly the same elsewhere."""
TOP = 10
"""Fits that get more sweeps."""
NAMED, TRIED = 6, 4
"""Near perfect fits of one level whose curves are named, and of these the ones refitted."""


def discover(
    x: Any,
    y: Any,
    *,
    input_names: Sequence[str] | None = None,
    output_name: str | None = None,
    budget: float = 60.0,
    library: Library = LIBRARY,
    bases: Sequence[Basis] | None = None,
    reach: float = 16.0,
    seed: int = 0,
    progress: bool = True,
) -> Discovery:
    """Look for a formula y = f(x).

    Three kinds of models are tried, small ones first, until one is exact or the budget ends:

    * sums and products of curves, also under an outer function (a KAN that multiplies at some
      nodes): T(y) = Σ g_i(x_i) + Σ_r Π_i f_ri(x_i), fitted by alternating least squares;
    * the same with new variables x_i x_j, x_i / x_j, x_i - x_j and x_i + x_j where they help;
    * KANs of growing width, several starts, sparse, pruned and refined.

    Each is turned into functions with names (:func:`edgewise.symbolic.regress`), refitted and
    snapped to simple constants. A fifth of the rows fits nothing and judges. It computes with one
    thread of torch, and puts the number back.

    Args:
        x, y: data, at most 3,000 rows of which are used; y is one column of numbers, or of two
            classes, which become -1 and 1: the formula's sign tells them, and the shortest that
            does so as well as the best, within a standard error, wins.
        input_names, output_name: for formulas and plots; by default those of the columns if x is a
            DataFrame and y a Series, else x0, x1, … and y.
        budget: seconds, roughly.
        library: the functions to choose from.
        bases: of the curves, tried in turn; by default B-splines, Gaussians and RSWAFs.
        reach: the greatest inner scale to try, where x is scaled to [-1, 1].
        seed: of the starts; the global random state is neither read nor changed.
        progress: show a progress bar.

    Returns:
        The formulas that are both short and accurate, the winner, whether it may be called a
        formula of the data, and a report.

    Shape:
        x: (rows, in), y: (rows,) or (rows, 1)

    Raises:
        ValueError: if shapes don't fit, values aren't finite, or there are fewer than 20 rows.
    """
    began = perf_counter()
    columns = getattr(x, "columns", None) if input_names is None else input_names
    output_name = str(getattr(y, "name", None) or "y") if output_name is None else output_name
    x, y, classes = _checked(x, y)
    count = x.shape[1]
    names = [f"x{i}" for i in range(count)] if columns is None else [str(c) for c in columns]
    names = distinct_names("discover", names, count)
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator)[:MOST_ROWS]
    x, y = x[order], y[order]
    sign = -1.0 if bool((y < 0).all()) else 1.0
    bar = tqdm(total=round(budget), disable=not progress, unit="s", desc="discover")
    with bar, _one_thread():
        data = Data(
            x=x,
            y=sign * y,
            sign=sign,
            train=max(len(x) - round(HELD_OUT * len(x)), 10),
            variance=variance_of(y),
            library=library,
            reach=reach,
            deadline=began + SEARCH * budget,
            began=began,
            bar=bar,
            generator=generator,
            classes=classes,
        )
        _search(data, list(BASES if bases is None else bases))
        return _result(data, names, output_name, began + budget)


@contextmanager
def _one_thread() -> Iterator[None]:
    """More gain nothing on so few rows, and where the machine is busy they wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _checked(x: Any, y: Any) -> tuple[Tensor, Tensor, bool]:
    """Rows in float64, and whether y holds two classes."""
    x, y = _numbers("x", x).double(), _numbers("y", y)
    x = x[:, None] if x.dim() == 1 else x
    y = y[:, 0] if y.dim() == 2 and y.shape[1] == 1 else y
    if x.dim() != 2 or y.dim() != 1 or len(x) != len(y):
        raise ValueError(
            f"discover expected x (rows, in) and y (rows,), got {tuple(x.shape)} and "
            f"{tuple(y.shape)}: look for one output at a time"
        )
    if len(x) < 20 or x.shape[1] == 0:
        raise ValueError(f"discover expected at least 20 rows and one input, got {tuple(x.shape)}")
    if not x.isfinite().all() or not y.double().isfinite().all():
        raise ValueError("discover expected finite numbers, got NaN or Inf: drop these rows")
    values = y.unique()
    classes = not y.is_floating_point() and len(values) == 2
    if classes:
        y = torch.where(y == values[1], 1.0, -1.0)
    return x, y.double(), classes


def _numbers(name: str, values: Any) -> Tensor:
    """A tensor, list, array, DataFrame or Series as a tensor."""
    values = np.array(values.to_numpy()) if hasattr(values, "to_numpy") else values
    try:
        return torch.as_tensor(values).detach().cpu()
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"discover expected {name} to be numbers, got {type(values).__name__} that torch can't "
            f"read ({error}): leave out or encode columns of text"
        ) from error


def _search(data: Data, bases: list[Basis]) -> None:
    """Fill `data.tries`, until one is exact or the time is over."""
    if is_constant(data.y):
        return
    fits: list[Fitted] = []
    if _from_fits(data, separable_fits(data, bases[0]), fits) or _from_best(data, fits, 0.35):
        return
    finer: list[Fitted] = []
    times = 8 if data.x.shape[1] <= 3 else 4
    if _from_fits(data, finer_fits(data, _finer(bases[0], times)), finer):
        return
    clearly = min((f.fit.share for f in fits), default=1.0) / 10
    if _from_best(data, [f for f in finer if f.fit.share < clearly], 0.45):
        return
    if _from_networks(data, index_networks(data, bases[0]), 2):
        return
    if _from_networks(data, trained_networks(data, bases[0], 0.45), 2):
        return
    if data.x.shape[1] > 1:
        grouped: list[Fitted] = []
        # A product of variables may oscillate where they don't: a finer grid for it.
        if _from_fits(data, grouped_fits(data, _finer(bases[0], 2)), grouped):
            return
        if _from_best(data, grouped, 0.9):
            return
    for basis in [*bases[1:], *bases]:
        if _from_networks(data, trained_networks(data, basis, 1.0), 4):
            return


def _finer(basis: Basis, times: int) -> Basis:
    """So many times the functions, so many times narrower; at most two spacings wide."""
    if basis.size_name is None:
        return basis
    fine = basis.resized(times * int(getattr(basis, basis.size_name)))
    if isinstance(fine, RSWAF):
        spacing = (fine.hi - fine.lo) / (fine.num - 1)
        width = min(1 / (times * fine.inv_denominator), 2 * spacing)
        return replace(fine, inv_denominator=1 / width)
    if isinstance(fine, Gaussian) and fine.width is not None:
        spacing = (fine.hi - fine.lo) / (fine.num - 1)
        return replace(fine, width=min(fine.width / times, 2 * spacing))
    return fine


def _enough(data: Data) -> bool:
    """Whether the last formula is exact, or leaves only noise.

    With many inputs noise is hard to tell from what a better formula would explain, so the search
    goes on for a while.
    """
    last = data.tries[-1]
    if last.share <= EXACT:
        return True
    if last.share > 0.9 or (data.x.shape[1] > 3 and not data.late(0.5)):
        return False
    return bool(_verdict(data, last.model).found)


def _verdict(data: Data, model: SymbolicKAN) -> Verdict:
    """Judged by all rows, and against the best curves on those that no fit has seen."""
    x, y = data.x, data.target()
    if data.classes:
        return judge_classes(model, x, y, slice(data.train, None))
    with torch.no_grad():
        residual = y - model(x)
    verdict = judge(model, x, y, residual, data.numeric_share())
    seen, unseen = (float(r.square().mean()) for r in residual.tensor_split([data.train]))
    if verdict.found and not verdict.exact and unseen > OVERFIT * seen:
        times = (unseen / max(seen, 1e-300)) ** 0.5
        reason = f"it misses {times:.1f} times as much on rows that no fit has seen"
        return Verdict(False, False, reason)
    return verdict


def _tick(data: Data) -> None:
    done = min(round(perf_counter() - data.began), data.bar.total or 0)
    data.bar.update(done - data.bar.n)


def _add(data: Data, found: Try | None) -> bool:
    """Keep a formula; whether the search may end."""
    _tick(data)
    if found is None:
        return False
    data.tries.append(found)
    data.bar.set_postfix(best=f"{min(t.share for t in data.tries):.1e}", refresh=False)
    return _enough(data)


def _from_fits(data: Data, levels: Iterable[list[Fitted]], kept: list[Fitted]) -> bool:
    """Formulas of those fits that are near perfect; the others are kept for later."""
    for level in levels:
        _tick(data)
        data.shares |= {f.shape: f.fit.share for f in level}
        kept += level
        if _attempts(data, [f for f in level if f.fit.share < NEAR], 0.0):
            return True
    return False


def _attempts(data: Data, fits: list[Fitted], seconds: float) -> bool:
    """Formulas of fits: first of those whose curves look most like functions with names."""
    starts = []
    for found in sorted(fits, key=lambda f: f.fit.share)[:NAMED]:
        if data.late():
            break
        start = named(data, found)
        if start is not None:
            starts.append(start)
    starts.sort(key=lambda n: n.share)
    return any(_add(data, formula_of(data, start, seconds)) for start in starts[:TRIED])


def _from_best(data: Data, fits: list[Fitted], part: float) -> bool:
    """Formulas of the best fits, with more sweeps and other functions where they help."""
    more = []
    for found in sorted(fits, key=lambda f: f.cost)[:TOP]:
        if data.late(part):
            break
        better = resumed(data, found)
        data.shares[found.shape] = min(better.fit.share, found.fit.share)
        more.append(better)
    near = [f for f in more if f.fit.share < NEAR]
    if near and _attempts(data, near, 0.0):
        return True
    rest = [f for f in more if f not in near and f.fit.share < 0.9]
    # What is left of two classes says little: a simple boundary may tell them as well.
    for found in sorted(rest, key=lambda f: f.plainness if data.classes else f.cost)[:TRIED]:
        if data.late(part):
            return False
        if _attempts(data, [found], 2.0):
            return True
    return False


def _from_networks(data: Data, networks: Iterable[Trained], most: int) -> bool:
    for n, trained in enumerate(networks):
        data.network_shares.append(trained.share)
        if _add(data, network_formula(data, trained)):
            return True
        if n + 1 >= most:
            return False
    return False


def _result(data: Data, names: list[str], output_name: str, end: float) -> Discovery:
    rows = len(data.x)
    tries = sorted(data.tries, key=lambda t: t.bits(rows))
    if not tries:
        tries = [_constant(data)]
    # The likely winner first: simple constants take time.
    chosen = sorted(_front(tries[:8]), key=lambda t: t.bits(rows))
    finals = []
    for n, t in enumerate(chosen):
        left = (end - perf_counter()) / min(2, len(chosen) - n)
        finals.append(_final(data, t, left))
    best = _front(finals)
    winner = _plainest(data, best) if data.classes else min(best, key=lambda t: t.bits(rows))
    front = [_formula(data, t, names) for t in best]
    verdict = _verdict(data, winner.model)
    return Discovery(
        front=front,
        winner=front[best.index(winner)],
        found=verdict.found,
        reason=verdict.reason,
        seconds=perf_counter() - data.began,
        input_names=names,
        output_name=output_name,
        baseline=1 - data.numeric_share(),
        accuracy=_accuracy(data, winner) if data.classes else None,
        x=data.x,
    )


@torch.no_grad()
def _accuracy(data: Data, found: Try) -> float:
    return share_right(found.model(data.x[data.train :]), data.target()[data.train :])


def _plainest(data: Data, front: list[Try]) -> Try:
    """The shortest that tells classes as well as the best does, within a standard error.

    Reference: Breiman et al., *Classification and Regression Trees*, 3.4.3.
    """
    front = [t for t in front if t.share < math.inf] or front
    right = [_accuracy(data, t) for t in front]
    enough = max(right) - standard_error(max(right), len(data.x) - data.train)
    return next(t for t, share in zip(front, right, strict=True) if share >= enough)


def _final(data: Data, found: Try, seconds: float) -> Try:
    """The formula with simple constants; itself where that makes it worse."""
    train = slice(0, data.train)
    seconds = min(max(seconds, 0.3), 8.0)
    model = snapped(found.model, data.x[train], data.target()[train], seconds=seconds)
    share = data.share(model)
    new = Try(model, share, formula_bits(model, 1.0, len(data.x)), found.source)
    return new if new.bits(len(data.x)) <= found.bits(len(data.x)) else found


def _front(tries: list[Try]) -> list[Try]:
    """Those than which none is both shorter and more accurate, shortest first."""
    found: list[Try] = []
    for t in sorted(tries, key=lambda t: (t.complexity, t.share)):
        if not found or t.share < found[-1].share:
            found.append(t)
    return found


def _formula(data: Data, found: Try, names: list[str]) -> Formula:
    model = found.model
    model.input_names = names
    test = slice(data.train, None)
    model.report = report_of(model, data.x[test], data.target()[test])
    return Formula(
        model=model,
        complexity=found.complexity,
        rmse=(found.share * data.variance) ** 0.5,
        r2=1 - found.share * data.variance / variance_of(data.y[test]),
        source=found.source,
    )


def _constant(data: Data) -> Try:
    """What is left when nothing could be tried: the mean."""
    mean = data.target()[: data.train].mean(0)
    layer = SymbolicLayer(SymbolicEdges(data.x.shape[1], mean, []))
    model = SymbolicKAN([layer])
    return Try(model, data.share(model), 5.0, "the mean")
