"""A network as tables of polynomials on uniform cells, with a proven bound on the error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._checks import check_choice, check_positive, read_count
from edgewise._tensors import tensors_on_cpu
from edgewise.certify.evaluate import evaluate_features, evaluate_stack
from edgewise.certify.layer_polynomials import (
    ROUNDING,
    SLACK,
    Cells,
    EdgePolynomials,
    Reach,
    reach_stage,
    standardized,
    trace_curves,
)
from edgewise.certify.stack import EdgeFunctions, Stack, read_domain, read_stack
from edgewise.certify.stack import Stage as NetworkStage
from edgewise.piecewise.program import (
    BASE,
    WEIGHT_BITS,
    Answer,
    CellTable,
    Program,
    Stage,
    TableReport,
)

SINGLE = 2.0**-24
"""The largest relative error of rounding to float32."""
LEVELS = {"float32": 0, "int16": 32767, "int8": 127}
MOST_CELLS = 4096
MOST_BYTES = 2**28


@tensors_on_cpu()
def tabulate(
    model: Any,
    domain: Any,
    *,
    degree: int = 2,
    dtype: str = "float32",
    tolerance: float | None = None,
    cells: int = 16,
    rows: int = 10_000,
) -> Program:
    """Replace every edge of a trained KAN by polynomials on uniform cells, with a proven bound.

    For every x in the domain, |tables(x) - model(x)| ≤ ``tables.report.bound``: edges are enclosed
    by Taylor polynomials in interval arithmetic, and the errors of a stage are multiplied by the
    steepest slopes of the later ones. The bound includes rounding of coefficients to ``dtype`` and
    the float32 arithmetic of the exported C program. model(x) means its value in real arithmetic;
    evaluating the model in float32 has rounding errors of its own. Inputs outside of the domain are
    clipped to it.

    Args:
        model: a KAN with any basis and any norm but "batch_minmax".
        domain: (low, high) of all features, or such a pair for each.
        degree: the degree of the polynomials, 0 to 3.
        dtype: "float32", "int16" or "int8".
        tolerance: cells are divided until the bound is below this; None keeps ``cells``.
        cells: the initial number of cells of each edge.
        rows: the number of random inputs for ``report.measured``.

    Raises:
        TypeError: if the model isn't a KAN.
        ValueError: if an argument is out of its range, the model has no bounds, or the tolerance
            can't be reached; the message says which bound was.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([2, 3, 1], seed=0)
        >>> tables = ew.export.tabulate(model, (-1, 1), tolerance=1e-3)
        >>> bool(tables.report.measured.max() <= tables.report.bound.max() <= 1e-3)
        True

    Source: Moore, *Interval analysis* (1966); Rump, *INTLAB* (1999).
    """
    degree = read_count("tabulate", "degree", degree, 0, 3)
    cells = read_count("tabulate", "cells", cells, 1, MOST_CELLS)
    check_choice("tabulate", "dtype", dtype, LEVELS)
    if tolerance is not None:
        check_positive("tabulate", "tolerance", tolerance)
    rows = read_count("tabulate", "rows", rows, 0)
    stack = read_stack("tabulate", model)
    ends = read_domain(domain, stack)
    low, high = ends[list(stack.inputs)].T
    with np.errstate(over="ignore", invalid="ignore"):  # what overflows is refused
        plans = _plan_stages(stack, low, high, degree, dtype, cells)
        while True:
            bound, origins = _propagate(plans)
            _check_range(bound)
            if tolerance is None or bound.max() <= tolerance:
                break
            plans = _refine(plans, origins, degree, dtype, tolerance, float(bound.max()))
    count, names = plans[-1].stage.out_features, tuple(stack.input_names)
    made = Program(
        tuple(plan.table for plan in plans),
        stack.inputs,
        names,
        (False,) * len(names),
        (True,) * len(names),
        Answer(("identity",) * count, ((-np.inf, np.inf),) * count),
        (BASE, *(names[i] for i in stack.inputs)) if len(plans) == 1 else (),
        ends,
    )
    return replace(made, report=_report(made, stack, bound, rows))


def _plan_stages(
    stack: Stack, low: Array, high: Array, degree: int, dtype: str, cells: int
) -> list[_Plan]:
    """The tables of every stage, on the range of the previous stage's outputs."""
    plans = []
    for stage in stack.stages:
        count = 64 if stage.in_features * stage.out_features < 4096 else 32
        reach = reach_stage(stage, low, high, count)
        _check_range(*reach.out)
        plans.append(_plan(stage, reach, degree, dtype, cells))
        low, high = reach.out
    return plans


def _check_range(*numbers: NDArray[Any]) -> None:
    """Raise ValueError unless float32 holds all of them."""
    largest = max(float(np.abs(part).max()) for part in numbers)
    if not largest < np.finfo(np.float32).max:
        raise ValueError(
            "tabulate expected a model whose numbers on the domain are within float32, got "
            f"{largest:.3g}: choose a smaller domain, or a norm"
        )


@dataclass(frozen=True, eq=False)
class _Plan:
    """A stage, its tables and their errors.

    Attributes:
        own: the errors that the stage adds to its outputs, (out,).
        shift: the rounding errors of the inputs in each table's own arithmetic, (tables, in).
    """

    stage: NetworkStage
    reach: Reach
    table: Stage
    own: Array
    shift: Array


def _plan(stage: NetworkStage, reach: Reach, degree: int, dtype: str, cells: int) -> _Plan:
    tables, own, shifts = [], np.zeros(stage.out_features), []
    largest = np.abs(stage.bias)
    for part, low, high in zip(stage.parts, reach.low, reach.high, strict=True):
        frame = _frame(low, high, cells)
        values, scale, error, size = _fill(part, frame, degree, dtype)
        ends = frame.low.astype(np.float32), frame.low + frame.step * frame.count
        upper = np.minimum(np.nextafter(high.astype(np.float32), np.float32(np.inf)), ends[1])
        inverse = (1 / frame.step).astype(np.float32).astype(np.float64)
        _check_range(values, scale, inverse)
        tables.append(
            CellTable(
                part.standardized, frame.low, upper.astype(np.float64), inverse, values, scale
            )
        )
        own += error
        largest = largest + size
        edge = np.maximum(np.abs(frame.low), np.abs(upper))
        shifts.append(frame.step * 4 * SINGLE * frame.count + SINGLE * edge * 2)
    own = own + (largest * (stage.in_features + 4) * 2 * ROUNDING) * SLACK
    made = Stage(stage.bias[None], tuple(tables), norm=stage.norm)
    return _Plan(stage, reach, made, own, np.stack(shifts))


def _frame(low: Array, high: Array, count: int) -> Cells:
    """Cells whose start and inverse width are float32 numbers."""
    width = np.maximum(high - low, 1e-5 * (1 + np.abs(low) + np.abs(high)))
    start = np.nextafter(low.astype(np.float32), np.float32(-np.inf)).astype(np.float64)
    inverse = (count / (width * (1 + 1e-6) + (low - start))).astype(np.float32).astype(np.float64)
    return Cells(start, 1 / inverse, count, 6 * SINGLE * count)


def _fill(
    part: EdgeFunctions, frame: Cells, degree: int, dtype: str
) -> tuple[NDArray[Any], Array, Array, Array]:
    """Values and scale of a table, and for each output the sum of errors and of sizes."""
    fits = _fit(part, frame, degree)
    most = LEVELS[dtype]
    scale = np.ones((degree + 1, fits.shape[3]))
    if most:
        scale = np.maximum(np.abs(fits).max((0, 1)), 1e-30) / most
        scale = scale.astype(np.float32).astype(np.float64) * (1 + SINGLE * 2)
        values: NDArray[Any] = np.rint(fits / scale).clip(-most, most).astype(dtype)
    else:
        values = fits.astype(np.float32)
    exact = values.astype(np.float64) * scale
    errors, sizes = np.zeros(fits.shape[3]), np.zeros(fits.shape[3])
    for i, curves in enumerate(trace_curves(part, frame)):
        errors += _measure(curves, frame, i, exact[i])
        size = np.abs(exact[i])
        sizes += size.sum(1).max(0)
        # Horner's rule in float32, or powers of t in whole numbers
        power = np.arange(degree + 1)[:, None] > 0
        rounding = 2.0 ** -(WEIGHT_BITS + 1) * 1.001 * power if most else (2 * degree + 1) * SINGLE
        errors += (size * rounding).sum(1).max(0)
    return values, scale, errors * SLACK, sizes


def _fit(part: EdgeFunctions, frame: Cells, degree: int) -> Array:
    """Polynomials in t through d + 1 Chebyshev points of cells, (in, cells, degree + 1, out)."""
    t = 0.5 - 0.5 * np.cos(np.pi * (np.arange(degree + 1) + 0.5) / (degree + 1))
    place = (np.arange(frame.count)[:, None] + t).ravel()
    x = frame.low + frame.step * place[:, None]
    features = evaluate_features(part, torch.as_tensor(x)).numpy()
    inverse = np.linalg.inv(np.vander(t, increasing=True))
    made = []
    for i, weights in enumerate(part.weights):
        values = (features[:, i] @ weights).reshape(frame.count, degree + 1, -1)
        made.append(inverse @ values)
    return np.stack(made)


def _measure(curves: EdgePolynomials, frame: Cells, i: int, table: Array) -> Array:
    """A proven bound on the distance of each edge from its polynomials, (out,)."""
    pieces, low, step = curves.pieces, frame.low[i], frame.step[i]
    start = low + step * pieces.cell
    alpha, beta = (pieces.middle - start) / step, pieces.radius / step
    rows = table[pieces.cell]  # (pieces, degree + 1, out)
    there = np.zeros_like(curves.value)
    power = np.zeros((rows.shape[1], len(alpha)))  # of s in (α + β s)^p
    power[0] = 1
    place = 8 * ROUNDING * (np.abs(pieces.middle) + abs(low) + step) / step
    rounding = np.zeros_like(curves.radius)
    for p in range(rows.shape[1]):
        there[: rows.shape[1]] += power[:, :, None] * rows[None, :, p]
        reach = (np.abs(alpha) + beta)[:, None]
        size = np.abs(rows[:, p])
        rounding += size * (16 * ROUNDING * reach**p + p * place[:, None] * reach ** max(p - 1, 0))
        power = alpha * power + beta * np.concatenate([np.zeros((1, len(alpha))), power[:-1]])
    own = 4 * ROUNDING * np.abs(curves.value).sum(0)
    off = np.abs(curves.value - there).sum(0) + curves.radius + own
    middle, spread = curves.natural[0][0], curves.natural[1][0]
    plain = np.abs(middle - there[0]) + np.abs(there[1:]).sum(0) + spread + own
    off = np.minimum(off, plain) + rounding
    return np.asarray(off.max(0) * SLACK)


def _propagate(plans: Sequence[_Plan]) -> tuple[Array, Array]:
    """The bound of each output, and the share of each stage's own tables, (stages, out)."""
    errors = np.zeros((0, plans[0].stage.in_features))
    for k, plan in enumerate(plans):
        stage = plan.stage
        errors = np.concatenate([errors, np.zeros((1, errors.shape[1]))])
        normed = errors if stage.norm is None else _through_norm(stage, plan, errors, plans[:k])
        after = np.zeros((len(errors), stage.out_features))
        for part, slopes, shift in zip(stage.parts, plan.reach.slopes, plan.shift, strict=True):
            arriving = (normed if part.standardized else errors).copy()
            arriving[-1] += shift
            after += arriving @ slopes
        after[-1] += plan.own
        errors = after * SLACK
    last = np.maximum(np.abs(plans[-1].reach.out[0]), np.abs(plans[-1].reach.out[1]))
    total = errors.sum(0)
    return (total + (last + total) * 2 * SINGLE) * SLACK, errors


def _through_norm(
    stage: NetworkStage, plan: _Plan, errors: Array, before: Sequence[_Plan]
) -> Array:
    """Propagate errors of x through LayerNorm: ∂u_i = r (∂_i - mean ∂ - u_i mean(u ∂))."""
    ends = before[-1].reach.out if before else plan.reach.low[0:0]
    low, high = ends if before else (plan.reach.low[-1], plan.reach.high[-1])
    total = errors.sum(0)
    low, high = low - total, high + total
    _, _, most, steep = standardized(stage, low, high)
    norm = stage.norm
    size = np.abs(norm.weight) if norm is not None else np.ones(len(low))
    mean = errors.mean(1, keepdims=True)
    root = np.sqrt(np.square(errors).mean(1, keepdims=True))
    after = size * steep * (errors + mean + most * root)
    largest = 1 + np.abs(low).max() + np.abs(high).max()
    after[-1] += size * steep * (len(low) + 8) * 8 * ROUNDING * largest * (2 + most)
    return np.asarray(after * SLACK)


def _refine(
    plans: list[_Plan], origins: Array, degree: int, dtype: str, tolerance: float, bound: float
) -> list[_Plan]:
    """Double the cells of the stage with the largest share of the bound that more cells reduce."""
    for k in np.argsort(-origins.max(1)).tolist():
        plan = plans[k]
        cells = plan.table.tables[0].cells * 2
        size = sum(t.values.nbytes for p in plans for t in p.table.tables)
        if cells > MOST_CELLS or size > MOST_BYTES:
            continue
        finer = _plan(plan.stage, plan.reach, degree, dtype, cells)
        if finer.own.max() < 0.95 * plan.own.max():
            return [*plans[:k], finer, *plans[k + 1 :]]
    raise ValueError(
        f"tabulate expected a tolerance within reach, got {tolerance:g}: with degree={degree} and "
        f"dtype={dtype!r} the bound stays at {bound:.3g}; try a smaller domain, a higher degree or "
        "another dtype (float32 rounds least)"
    )


def _report(made: Program, stack: Stack, bound: Array, rows: int) -> TableReport:
    """The bound, the size, and the largest difference on random inputs of the domain."""
    random = np.random.default_rng(0)
    measured = np.zeros(made.out_features)
    per = max(1, min(rows, 2_000_000 // max(s.in_features * s.out_features for s in stack.stages)))
    done = 0
    while done < rows:
        count = min(per, rows - done)
        low, high = made.domain.T
        single = random.uniform(low, high, (count, made.in_features)).astype(np.float32)
        x = np.clip(single.astype(np.float64), low, high)
        measured = np.maximum(measured, np.abs(made(x) - evaluate_stack(stack, x)).max(0))
        done += count
    size = sum(t.values.nbytes for s in made.stages for t in s.tables)
    cells = tuple(s.tables[0].cells for s in made.stages)
    return TableReport(bound, measured, size, cells, rows)
