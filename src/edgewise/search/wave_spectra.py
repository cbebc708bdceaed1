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
from functools import reduce
from itertools import combinations, groupby
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
from edgewise.formula.scaling import remove_projection
from edgewise.formula.signs import is_call
from edgewise.search.composite_search import Leaves
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


def find_waves(data: Data, library: Library, *, most: int, reach: float) -> Iterator[Fit]:
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
        phases = list_phases(terms, sets, data.weights * residual, reach)
        waves = (fit_wave(phase, residual, data, sine) for phase in phases)
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


def list_phases(
    terms: Leaves, sets: Sequence[tuple[int, ...]], wave: Array, reach: float
) -> list[Expression]:
    """The phases Σ a t at the largest peaks that noise hardly has, with different terms t.

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
    found: dict[tuple[int, ...], tuple[float, list[int]]] = {}
    for before, group in groupby(sets, key=lambda chosen: chosen[:-1]):
        chosen = list(group)
        last = tables[[c[-1] for c in chosen]]
        steps, power, tried = find_peaks(wave, [tables[k] for k in before], last)
        share = power / whole
        # The largest peak of noise has less.
        for n in np.flatnonzero(share >= 2 * math.log(tried) / len(rows)):
            moving = {k: int(s) for k, s in zip(chosen[n], steps[n], strict=True) if s}
            key = tuple(moving)
            if key not in found or share[n] > found[key][0]:
                found[key] = float(share[n]), list(moving.values())
    peaks = sorted(found, key=lambda key: -found[key][0])
    plain = [key for key in peaks if all(isinstance(terms.trees[k], Input) for k in key)]

    def write_phase(key: tuple[int, ...]) -> Expression:
        parts = zip(key, found[key][1], strict=True)
        return add(*(multiply(free(STEP * s / half[k]), terms.trees[k]) for k, s in parts))

    return [write_phase(key) for key in dict.fromkeys([*plain[:1], *peaks[:PEAKS]])]


def find_peaks(
    wave: Array, before: Sequence[NDArray[np.complex128]], last: NDArray[np.complex128]
) -> tuple[NDArray[np.int64], Array, int]:
    """The largest peak of each spectrum of some terms and one last term.

    Returns:
        The steps of each term at the peaks, their heights, and the frequencies of a spectrum.

    Shape:
        wave: (rows,); before: (rows, 2 most + 1) each, exp(-i a t) for its frequencies;
        last: (spectra, rows, 2 most + 1) → (spectra, terms), (spectra,)
    """
    middle = most = last.shape[-1] // 2
    while most > SLOWEST and len(wave) * (2 * most + 1) ** len(before) > LARGEST:
        most -= 1
    first, *others = (table[..., middle - most : middle + most + 1] for table in (*before, last))
    # The spectrum of real numbers is symmetric.
    *before, last = first[..., most:], *others
    left = reduce(_multiply_rows, before, wave[:, None].astype(complex))
    sizes = [table.shape[-1] for table in (*before, last)]
    offsets = [0, *[most] * len(others)]
    total: Any = sum(
        abs(k - o) for k, o in zip(np.indices(sizes, sparse=True), offsets, strict=True)
    )
    spectra = (left.T @ last).reshape(len(last), -1)
    power = np.square(spectra.real) + np.square(spectra.imag)
    power[:, total.ravel() < SLOWEST] = 0.0
    at = power.argmax(1)
    steps = np.stack(np.unravel_index(at, sizes), 1) - offsets
    return steps, power[np.arange(len(last)), at], power.shape[1]


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
