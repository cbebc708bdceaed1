"""Find waves: y = Σ A sin(Σ a_i t_i + b) + a trend, with one or several terms t in each phase.

Least squares find no frequency a unless they start next to it. The spectrum

    |Σ_rows y exp(-i Σ a_i t_i)|²

has a peak there, whatever the phase b and wherever the rows are (Lomb, Astrophys. Space Sci. 39
(1976) 447). It is computed for pairs of terms, and for all inputs together. Further waves are found
in the residuals (CLEAN; Roberts, Lehár, Dreher, Astron. J. 93 (1987) 968).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Input, Sum, add, apply, free, multiply
from edgewise.formula.function import Function
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.formula.signs import is_call
from edgewise.search.composite_search import Leaves, remove_projection
from edgewise.search.parametric_terms import inner_columns, pair_columns
from edgewise.search.polish import drop_parts

ROWS = 400
"""Most rows of a spectrum."""
TOGETHER = 4
"""Most inputs of a spectrum over all inputs."""
FUNCTIONS, TERMS = 4, 60
"""Functions of one input that are terms, and most terms."""
STEP = math.pi / 2
"""Between frequencies, for terms scaled to [-1, 1]; a peak is twice as wide."""
SLOWEST = 3
"""Least sum of the steps of a wave; slower ones are found as other functions are."""
LARGEST = 2_000_000
"""Most numbers in a table of rows and frequencies; fewer frequencies are tried above it."""
PEAKS = 4
"""Peaks that are refitted for each wave, beside that of the inputs themselves."""


@dataclass(frozen=True)
class Peak:
    """The largest peak of a spectrum.

    Attributes:
        share: the fraction of the residuals' variance that a wave explains there.
        phase: Σ a t, with the terms t that have a frequency a.
    """

    share: float
    phase: Expression


def find_waves(
    data: Data, library: Library, *, most: int = 3, reach: float = 16.0
) -> Iterator[Fit]:
    """Fits of a trend with one wave, with two, and so on, without unnecessary parts.

    The trend is linear in the inputs.

    Args:
        most: most waves.
        reach: the largest frequency, for terms scaled to [-1, 1].
    """
    sine, inputs = library.get("sin"), data.x.shape[1]
    if sine is None:
        return
    terms = list_terms(data.x, library)
    sets = list(combinations(range(len(terms.trees)), min(inputs, 2)))
    if 2 < inputs <= TOGETHER:
        sets.append(tuple(range(inputs)))
    fit = data.fit(add(free(1.0), *(multiply(free(1.0), Input(i)) for i in range(inputs))))
    for _ in range(most):
        if data.is_exact(fit):
            return
        residual = data.y - Program(fit.tree).values(data.x)
        peaks = list_peaks(terms, sets, data.weights * residual, reach)
        waves = (fit_wave(peak.phase, residual, data, sine) for peak in peaks)
        fits = [data.fit(add(fit.tree, wave)) for wave in waves]
        fits = [made for made in fits if _oscillates(made.tree, data.x)]
        better = min(fits, key=lambda f: f.length, default=fit)
        if not better.length < fit.length:
            return
        fit = better
        yield drop_parts(fit, data, rounds=6)


def list_terms(x: Array, library: Library) -> Leaves:
    """The terms of phases: the inputs first, then functions of them, products and ratios.

    A single input has no others: chirps are functions of one term, which other searches find.

    Shape:
        x: (rows, in)
    """
    columns, trees = [x], list[Expression](map(Input, range(x.shape[1])))
    if x.shape[1] > 1:
        for some, their in (inner_columns(x, library, FUNCTIONS), pair_columns(x)):
            # A sum of two inputs is a phase of both.
            kept = [k for k, tree in enumerate(their) if not isinstance(tree, Sum)]
            columns, trees = [*columns, some[:, kept]], [*trees, *(their[k] for k in kept)]
    return Leaves(np.concatenate(columns, 1).T[:TERMS], trees[:TERMS])


def list_peaks(
    terms: Leaves, sets: Sequence[tuple[int, ...]], wave: Array, reach: float
) -> list[Peak]:
    """The largest peaks that noise hardly has, with different terms.

    A peak of inputs alone comes first: over a short range √x is as good as x.

    Args:
        sets: the terms of each spectrum.

    Shape:
        wave: (rows,), the weighted residuals
    """
    rows = pick_evenly(len(wave), ROWS)
    wave, values = wave[rows], terms.values[:, rows]
    whole = float(wave @ wave) * len(rows) / 2  # the peak if a wave is all there is
    if not whole > 0:
        return []
    low, high = values.min(1), values.max(1)
    half = np.where(high > low, (high - low) / 2, np.inf)
    most = max(int(reach / STEP), SLOWEST)
    scaled = (values - low[:, None]) / half[:, None] - 1
    tables = np.exp(-1j * STEP * scaled[:, :, None] * np.arange(-most, most + 1))
    found: dict[tuple[int, ...], Peak] = {}
    for chosen in sets:
        steps, power, tried = find_peak(wave, [tables[k] for k in chosen])
        share = power / whole
        if share < 2 * math.log(tried) / len(rows):  # the largest peak of noise
            continue
        moving = {k: n for k, n in zip(chosen, steps, strict=True) if n}
        phase = add(
            *(multiply(free(STEP * n / half[k]), terms.trees[k]) for k, n in moving.items())
        )
        key = tuple(moving)
        if key not in found or share > found[key].share:
            found[key] = Peak(share, phase)
    peaks = sorted(found, key=lambda key: -found[key].share)
    plain = [key for key in peaks if all(isinstance(terms.trees[k], Input) for k in key)]
    return [found[key] for key in dict.fromkeys([*plain[:1], *peaks[:PEAKS]])]


def find_peak(
    wave: Array, tables: Sequence[NDArray[np.complex128]]
) -> tuple[list[int], float, int]:
    """The steps of each term at the largest peak, its height, and the number of frequencies.

    Shape:
        wave: (rows,); tables: (rows, 2 most + 1) each, exp(-i a t) for its frequencies
    """
    middle = most = tables[0].shape[1] // 2
    while most > SLOWEST and len(wave) * (2 * most + 1) ** (len(tables) - 1) > LARGEST:
        most -= 1
    inner = slice(middle - most, middle + most + 1)
    first, *others = (table[:, inner] for table in tables)
    # The spectrum of real numbers is symmetric.
    *before, last = first[:, most:], *others
    left = reduce(_multiply_rows, before, wave[:, None].astype(complex))
    power = np.square(np.abs(left.T @ last)).reshape([t.shape[1] for t in (*before, last)])
    offsets = [0, *[most] * len(others)]
    total: Any = sum(
        abs(k - o) for k, o in zip(np.indices(power.shape, sparse=True), offsets, strict=True)
    )
    power[total < SLOWEST] = 0.0
    at = np.unravel_index(int(power.argmax()), power.shape)
    return [int(k) - o for k, o in zip(at, offsets, strict=True)], float(power[at]), power.size


def _multiply_rows(a: NDArray[np.complex128], b: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """All products of a column of a and one of b; (rows, m), (rows, n) → (rows, m n)"""
    return (a[:, :, None] * b[:, None, :]).reshape(len(a), -1)


def _oscillates(tree: Expression, x: Array) -> bool:
    """Whether each sine passes through a period, as no fit to a smooth function does."""
    phases = [node.argument for node in tree.walk() if is_call(node, "sin")]
    return all(np.ptp(Program(phase).values(x)) > 2 * math.pi for phase in phases)


def fit_wave(phase: Expression, residual: Array, data: Data, sine: Function) -> Expression:
    """A wave with this phase, whose amplitude A and shift b are fitted to the residuals.

    Shape:
        residual: (rows,)
    """
    at, root = Program(phase).values(data.x), np.sqrt(data.weights)
    pair = np.stack([np.sin(at), np.cos(at)], 1) * root[:, None]
    pair = remove_projection((root / np.linalg.norm(root))[:, None], pair)
    along, across = np.linalg.lstsq(pair, residual * root, rcond=None)[0].tolist()
    shift = free(math.atan2(across, along))
    return multiply(free(math.hypot(along, across)), apply(sine, add(phase, shift)))
