"""`ChangeReport`: by how much a move of grids changed the function; a warning if it is too much."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn

from edgewise._shown import shown_as_text
from edgewise.grids.project import Projection, ends
from edgewise.nn.inspect import in_evaluation, kan_layers

M = TypeVar("M", bound=nn.Module)

TOLERANCE = 0.01
"""Change of the outputs, RMS over their spread, above which there is a warning."""
FEW = 4096
"""Rows that are enough to see that a change is far beyond what is tolerated."""
SAMPLES = 1000


class ChangeWarning(UserWarning):
    """Moving the grids changed the outputs by more than the tolerance.

    ``warnings.simplefilter("error", grids.ChangeWarning)`` makes an error of it.

    Example:
        >>> import warnings, edgewise as ew
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> with warnings.catch_warnings(record=True) as met:
        ...     warnings.simplefilter("always")
        ...     line = ew.grids.convert(model, ew.bases.Legendre(1))
        >>> [warning.category.__name__ for warning in met]
        ['ChangeWarning']
    """


@shown_as_text
@dataclass(frozen=True)
class ChangeReport:
    """What a call of this room changed.

    Attributes:
        verb: the function that was called.
        output_error: RMS of the difference of the outputs over their spread (the RMS of their
            deviation from the mean); NaN where the model doesn't answer with one tensor.
        worst_output: the greatest difference of any output over the range of the outputs.
        edge_error: for each layer that moved, the RMS of the difference of each edge's curve over
            the RMS of the curve, (in, out).
        rows: of the data that the outputs were compared on; 0 for 1,000 points of the domain of
            the first layer, which stand in where no data was given.
        tolerance: the output error above which there is a warning.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("sin(3*x0)", basis=ew.BSpline(80))
        >>> report = ew.grids.report(ew.grids.refine(model, 160))
        >>> report.verb, report.output_error < 1e-4
        ('refine', True)
    """

    verb: str
    output_error: float
    worst_output: float
    edge_error: dict[str, Tensor]
    rows: int
    tolerance: float

    @property
    def worst_edge(self) -> float:
        """The greatest of all edge errors."""
        return worst_edge(self.edge_error)

    @property
    def error(self) -> float:
        """The output error, or the worst edge's where the outputs couldn't be compared."""
        return self.worst_edge if math.isnan(self.output_error) else self.output_error

    def __str__(self) -> str:
        where = f"{self.rows} rows" if self.rows else f"{SAMPLES} points of the domain"
        return (
            f"{self.verb} changed the outputs by {self.output_error:.2g} of their spread "
            f"({self.worst_output:.2g} of their range at worst) on {where}, and the curve of an "
            f"edge by up to {self.worst_edge:.2g}"
        )


_REPORTS: WeakKeyDictionary[nn.Module, ChangeReport] = WeakKeyDictionary()


def report(model: nn.Module) -> ChangeReport:
    """What the call that made this model changed.

    Raises:
        ValueError: if the model didn't come from a function of ``edgewise.grids``.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> line = ew.grids.convert(model, ew.bases.Legendre(1), tolerance=2).model
        >>> found = ew.grids.report(line)
        >>> found.verb, found.output_error > 1  # no line is near to a parabola
        ('convert', True)
    """
    if model not in _REPORTS:
        raise ValueError(
            f"report expected a model that grids.refine, adapt or another function of "
            f"edgewise.grids returned, got another {type(model).__name__}"
        )
    return _REPORTS[model]


def worst_edge(errors: dict[str, Tensor]) -> float:
    """The greatest of all edge errors, 0 without any."""
    return max((float(e.max()) for e in errors.values() if e.numel()), default=0.0)


class Judge:
    """Compares models with the one that they came from.

    Args:
        model: the old one.
        x: data; without any, points of the first layer's domain stand in.
    """

    def __init__(self, model: nn.Module, x: Tensor | None) -> None:
        kan_layers(model)  # refuses what has none, before it runs
        self.rows = 0 if x is None else x.numel() // x.shape[-1]
        self.x = _draw_inputs(model) if x is None else x
        self.y = None if self.x is None else answer(model, self.x)

    def measure(
        self, new: nn.Module, verb: str, fits: dict[str, Projection], tolerance: float
    ) -> ChangeReport:
        """What the new model changed, on all rows; an infinite error where it isn't finite."""
        error = worst = float("nan")
        if self.x is not None and self.y is not None:
            error, worst = _compare(self.y, answer(new, self.x))
        if not all(p.isfinite().all() for p in new.parameters()):
            error = worst = float("inf")
        edges = {name: fit.error for name, fit in fits.items()}
        return ChangeReport(verb, error, worst, edges, self.rows, tolerance)

    def tolerates(self, new: nn.Module, tolerance: float) -> bool:
        """Whether the new model is finite, and so close. A clear no needs few rows, a yes all."""
        if self.x is None or self.y is None:
            return True
        if tolerance < math.inf and len(self.x) > 2 * FEW:
            few = slice(None, None, len(self.x) // FEW)
            if _compare(self.y[few], answer(new, self.x[few]))[0] > 1.25 * tolerance:
                return False
        error = _compare(self.y, answer(new, self.x))[0]
        return error <= tolerance and error < math.inf


def accept(new: M, found: ChangeReport) -> M:
    """Keep the report with the model, and warn if it changed too much.

    Raises:
        ValueError: if the new model's outputs aren't finite where the old model's were.
    """
    if found.error == math.inf:
        raise ValueError(
            f"{found.verb} expected values that the new functions can hold, got outputs that "
            "aren't finite where the old ones were: data lie far outside of the grid, where "
            "polynomials grow without bound. Remove outliers, scale the data, call "
            'grids.fit_range first, or give the layers a norm such as "tanh"'
        )
    _REPORTS[new] = found
    if found.error > found.tolerance:
        warnings.warn(
            f"{found}: more than tolerance={found.tolerance:g}. Take more functions, call "
            "grids.extend first where data lie outside of the grid, or state a greater tolerance",
            ChangeWarning,
            stacklevel=3,
        )
    return new


@torch.no_grad()
def answer(model: nn.Module, x: Tensor) -> Tensor | None:
    """The model's outputs in evaluation mode; None where that isn't one tensor of numbers."""
    y = in_evaluation(model)(x)
    return y.detach() if isinstance(y, Tensor) and y.numel() and y.is_floating_point() else None


def change(old: nn.Module, new: nn.Module, x: Tensor) -> float:
    """RMS of the difference of outputs over the RMS of their deviation from the mean."""
    y = answer(old, x)
    return float("nan") if y is None else _compare(y, answer(new, x))[0]


def _compare(a: Tensor, b: Tensor | None) -> tuple[float, float]:
    """RMS of a - b over the spread of a, and the greatest |a - b| over its range.

    Rows that weren't finite before don't count. Outputs that are constant have no spread but for
    rounding: their own size takes its place.
    """
    if b is None:
        return float("nan"), float("nan")
    eps = 16 * torch.finfo(a.dtype).eps
    a, b = (t.reshape(-1, t.shape[-1] if t.dim() else 1).double() for t in (a, b))
    finite = a.isfinite().all(-1)
    if not bool(finite.all()):
        a, b = a[finite], b[finite]
    if not len(a):
        return float("nan"), float("nan")
    if not bool(b.isfinite().all()):
        return float("inf"), float("inf")
    largest = a.abs().amax().clamp_min(1e-300)  # so that no square overflows
    a, b = a / largest, b / largest
    off = (a - b).abs()
    size, reach = a.square().mean().sqrt(), a.abs().amax()
    spread = (a - a.mean(0)).square().mean().sqrt()
    extent = (a.amax(0) - a.amin(0)).amax()
    missed = off.square().mean().sqrt()
    return _ratio(missed, spread, size, eps, largest), _ratio(
        off.amax(), extent, reach, eps, largest
    )


def _ratio(missed: Tensor, spread: Tensor, size: Tensor, eps: float, unit: Tensor) -> float:
    scale = spread if bool(spread > eps * size) else size
    return float(missed / scale) if bool(scale > 0) else float(missed * unit)


def _draw_inputs(model: nn.Module) -> Tensor | None:
    """Draw inputs that reach the first layer's domain, if it takes those of the model."""
    first = next(iter(kan_layers(model).values()))
    grid = tuple(t.detach().double() for t in first.grid)
    lo, hi = (t.expand(first.in_features) for t in ends(first.basis, grid))
    generator = torch.Generator().manual_seed(0)
    t = torch.rand(
        SAMPLES, first.in_features, generator=generator, dtype=torch.float64, device="cpu"
    )
    x = torch.lerp(lo.cpu(), hi.cpu(), t).to(first.coef)
    trained = None if first.norm is None or first.norm.mixes else first.norm.affine_map()
    if trained is not None:  # what it makes these points of
        scale, shift = trained
        x = torch.where(scale != 0, (x - shift) / scale, x)
    try:
        answer(model, x)
    except (ValueError, RuntimeError, TypeError):
        return None
    return x
