"""Gauss-Newton on the residuals of equations, which solves them to many digits."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers, read_count
from edgewise._covariance import estimate_covariance
from edgewise._derivatives import needs_derivatives
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.nn.derivatives import read_orders
from edgewise.nn.settling import settle_in_training
from edgewise.training.damped import DISTANCE, LEAST, MOST, STRONGER, TRIES, find_bend, prepare
from edgewise.training.linearisation import Linearisation, Prepared

Residual = Callable[..., Tensor]
"""(jets of each network, points, **unknowns) → what should be 0, (rows,) or (rows, equations)."""
Points = Tensor | Sequence[Tensor]


@dataclass(frozen=True)
class GaussNewtonReport:
    """What :func:`gauss_newton` did.

    Attributes:
        losses: the root mean square of all residuals after each step; where points are redrawn,
            at the points of that step.
        steps: how many were taken.
        seconds: of the processor.
        unknowns: the values found.
        errors: their standard errors, by the residuals at the end.
        damping: λ for a further step.
        interrupted: whether Ctrl-C ended it early.

    Example:
        >>> import torch, edgewise as ew  # u' = -k u, of values of e^(-2x)
        >>> x = torch.linspace(0, 1, 30, dtype=torch.float64)[:, None]
        >>> model = ew.KAN([1, 1], basis=ew.Chebyshev(9), norm=None, dtype=torch.float64, seed=0)
        >>> report = ew.training.gauss_newton(
        ...     model,
        ...     [
        ...         lambda u, x, k: u.derivative(1) + k * u.value,
        ...         lambda u, x, k: u.value - torch.exp(-2 * x),
        ...     ],
        ...     [x, x],
        ...     orders=1,
        ...     unknowns={"k": 1.0},
        ... )
        >>> round(report.unknowns["k"], 5)
        2.0
    """

    losses: list[float]
    steps: int
    seconds: float
    unknowns: dict[str, float] = field(default_factory=dict)
    errors: dict[str, float] = field(default_factory=dict)
    damping: float = 0.0
    interrupted: bool = False

    def __repr__(self) -> str:
        found = ", ".join(
            f"{name} = {value:.6g} ± {self.errors[name]:.2g}"
            for name, value in self.unknowns.items()
        )
        last = f"{self.losses[-1]:.3g}" if self.losses else "unchanged"
        told = f"<{self.steps} Gauss-Newton steps: residual {last}{'; ' + found if found else ''}"
        return f"{told}{', interrupted' if self.interrupted else ''}>"


@needs_derivatives
def gauss_newton(
    model: nn.Module | Sequence[nn.Module],
    residuals: Residual | Sequence[Residual],
    points: Points | Callable[[int], Points],
    *,
    orders: int | Iterable[Sequence[int]] | Sequence[Any] = 2,
    unknowns: Mapping[str, float] | None = None,
    weights: Sequence[float] | None = None,
    steps: int = 100,
    redraw: int = 10,
    damping: float = 1e-2,
    tolerance: float = 0.0,
    seconds: float = float("inf"),
) -> GaussNewtonReport:
    """Make residuals of networks and their derivatives small, by damped least squares, in place.

    .. math:: (J^T J + λ\\, m\\, D)\\, Δ = -J^T r, \\qquad m = \\tfrac1P \\operatorname{tr} J^T J

    where r holds the residuals at all points, J their derivatives by the P parameters, and D is 1
    for parameters and 0 for unknown constants. J comes from jets and one sweep back: it costs a few
    gradients. Two dampings are tried in each step, and the better step is bent along the curvature
    of the residuals if that lowers them further (Transtrum and Sethna): deep networks reach a tenth
    of the error or less in the same time. The equations are solved by a factor of JᵀJ, with fewer
    rows than parameters or more than 3,000 parameters by one of J Jᵀ, and where there are more than
    3,000 of both by conjugate gradients with a sample of the rows as preconditioner.
    Ctrl-C ends it early, and the networks keep the parameters of the last step.

    Args:
        model: one network, or several, of KAN layers and linear layers. A normalisation that
            follows its inputs is made from the first points.
        residuals: one function, or several with points of their own. Each gets the jets of each
            network, the points, and the unknowns by name, and returns what should be 0.
        points: of each residual, (rows, coordinates); or a function of the step that draws them,
            which is called every ``redraw`` steps. With fixed points the residual may vanish there
            and nowhere else.
        orders: which derivatives the jets carry, as in :func:`edgewise.jets`; a list of such with
            one entry for each residual, if there are several.
        unknowns: constants of the equations that are found, too, by name, with first guesses.
        weights: of the residuals; 1 for each by default.
        steps: at most so many.
        redraw: see ``points``.
        damping: λ at the start.
        tolerance: root mean square of the residuals below which it stops.
        seconds: of the processor, after which it stops.

    Shape:
        points: (rows, coordinates); residuals: (rows,) or (rows, equations)

    Raises:
        ValueError: if a network has no layer to fit, a layer is called twice, a residual isn't
            finite at the start, or arguments don't fit each other.

    Example:
        >>> import torch, edgewise as ew  # u' = -u, u(0) = 1
        >>> model = ew.KAN([1, 1], basis=ew.Chebyshev(10), norm=None, dtype=torch.float64, seed=0)
        >>> decay = lambda u, x: (u.derivative(1) + u.value)[:, 0]
        >>> start = lambda u, x: u.value[:, 0] - 1
        >>> inside = torch.linspace(0, 1, 40, dtype=torch.float64)[:, None]
        >>> report = ew.training.gauss_newton(
        ...     model, [decay, start], [inside, inside[:1]], orders=1, weights=[1, 10], steps=20
        ... )
        >>> abs(model(inside[-1:]).item() - 2.718281828459045**-1) < 1e-8
        True

    Reference: Nocedal and Wright, *Numerical Optimization* (2006), chapter 10; Transtrum, Sethna,
    *Improvements to the Levenberg-Marquardt algorithm for nonlinear least-squares minimization*
    (2012), arXiv 1201.5885.
    """
    models = [model] if isinstance(model, nn.Module) else list(model)
    problem = _StackedResiduals.read(models, residuals, orders, unknowns or {}, weights)
    steps = read_count("gauss_newton", "steps", steps, 0)
    redraw = read_count("gauss_newton", "redraw", redraw, 0)
    check_numbers("gauss_newton", damping=damping, tolerance=tolerance)
    began, losses, last = time.process_time(), list[float](), max(damping, LEAST)
    drawn, round_costs, interrupted = list[Tensor](), list[float](), False
    try:
        while len(losses) < steps:
            drawn = problem.read_points(points(len(losses)) if callable(points) else points)
            if not losses:
                for each in models:
                    settle_in_training(each, drawn[0])
            at = Trial(problem.read_numbers(), problem.cost(drawn))
            if not at.cost < float("inf"):
                raise ValueError(
                    "gauss_newton expected finite residuals at the start, got NaN or Inf: check "
                    "the equation and the points"
                )
            left = steps - len(losses)
            descent = _Descent(problem, drawn, began + seconds)
            round_costs = descent.costs
            at, costs = descend(
                at,
                descent.linearise,
                Tenfold(last, least=LEAST),
                steps=min(redraw, left) if callable(points) else left,
                tries=TRIES,
                most=MOST,
                goal=tolerance**2,
                slow=0.0 if callable(points) else 1e-6,
                patience=redraw if callable(points) else 10,
            )
            problem.keep(at.point)
            last = last if at.damping is None else max(at.damping / 10, LEAST)
            losses += [cost**0.5 for cost in costs]
            round_costs = []
            over = time.process_time() - began >= seconds
            if not costs or not callable(points) or over or losses[-1] <= tolerance:
                break
    except KeyboardInterrupt:
        interrupted = True
        problem.return_to_kept()
        losses += [cost**0.5 for cost in round_costs[1:]]
    except Exception:
        problem.return_to_kept()
        raise
    return GaussNewtonReport(
        losses,
        len(losses),
        time.process_time() - began,
        dict(zip(problem.unknowns, problem.constants.tolist(), strict=True)),
        dict(zip(problem.unknowns, problem.errors(drawn), strict=True)),
        last,
        interrupted,
    )


class _StackedResiduals:
    """Residuals of networks as a function of one vector: parameters, then unknown constants."""

    def __init__(
        self,
        models: Sequence[nn.Module],
        residuals: Sequence[Residual],
        orders: Sequence[Any],
        unknowns: Mapping[str, float],
        weights: Sequence[float],
    ) -> None:
        self.models, self.residuals, self.orders = models, residuals, orders
        self.weights, self.unknowns = weights, dict(unknowns)
        self.linearisation = Linearisation(models, "gauss_newton")
        like = self.linearisation.params[0]
        self.constants = torch.tensor(list(unknowns.values()), dtype=like.dtype, device=like.device)
        self.kept: Tensor | None = None
        self.prepared: dict[int, tuple[Tensor, list[Callable[[], Any]]]] = {}

    @classmethod
    def read(
        cls,
        models: Sequence[nn.Module],
        residuals: Residual | Sequence[Residual],
        orders: Any,
        unknowns: Mapping[str, float],
        weights: Sequence[float] | None,
    ) -> _StackedResiduals:
        every = [residuals] if callable(residuals) else list(residuals)
        own = isinstance(orders, Sequence) and len(orders) == len(every) and not callable(residuals)
        each = list(orders) if own else [orders] * len(every)
        weights = [1.0] * len(every) if weights is None else list(weights)
        if len(weights) != len(every):
            raise ValueError(
                f"gauss_newton expected {len(every)} weights, one for each residual, got "
                f"{len(weights)}"
            )
        return cls(models, every, each, unknowns, weights)

    def read_points(self, points: Points) -> list[Tensor]:
        self.prepared = {}  # the same tensor may hold other points
        every = [points] if isinstance(points, Tensor) else list(points)
        if len(every) != len(self.residuals) or any(p.dim() != 2 or not len(p) for p in every):
            shapes = [tuple(p.shape) for p in every]
            raise ValueError(
                f"gauss_newton expected points (rows, coordinates) for each of "
                f"{len(self.residuals)} residuals, got shapes {shapes}"
            )
        return every

    # The vector.

    def read_numbers(self) -> Tensor:
        return torch.cat([self.linearisation.read(), self.constants])

    def write(self, values: Tensor) -> None:
        size = len(self.linearisation)
        self.linearisation.write(values[:size])
        self.constants = values[size:].clone()

    def keep(self, values: Tensor) -> None:
        """Write the numbers of a step that is taken."""
        self.kept = values
        self.write(values)

    def return_to_kept(self) -> None:
        """Write the numbers of the last step that was taken in place of those of a trial."""
        if self.kept is not None:
            self.write(self.kept)

    # Residuals.

    def _evaluate(self, k: int, points: Tensor, constants: Sequence[Tensor]) -> Tensor:
        """(rows, equations), weighted such that the sum of squares is a mean over rows."""
        jets = [call() for call in self._prepare(k, points)]
        named = dict(zip(self.unknowns, constants, strict=True))
        values = self.residuals[k](*jets, points, **named)
        if values.shape[:1] != points.shape[:1] or values.dim() > 2:
            raise ValueError(
                f"gauss_newton expected a residual of shape ({len(points)},) or ({len(points)}, "
                f"equations), got {tuple(values.shape)}"
            )
        values = values[:, None] if values.dim() == 1 else values
        return values * (self.weights[k] / len(points)) ** 0.5

    def _prepare(self, k: int, points: Tensor) -> list[Callable[[], Any]]:
        """The networks as functions of their parameters, at the points of one residual."""
        kept = self.prepared.get(k)
        if kept is None or kept[0] is not points:
            orders: Orders = read_orders(points, self.orders[k])
            x = Jets.begin(points, orders)
            calls: list[Callable[[], Any]] = [
                model.prepare(x) if isinstance(model, Prepared) else partial(model, x)
                for model in self.models
            ]
            kept = self.prepared[k] = points, calls
        return kept[1]

    @torch.no_grad()
    def cost(self, points: Sequence[Tensor]) -> float:
        total = float(self.values(points).square().sum())
        return total if total == total else float("inf")

    @torch.no_grad()
    def values(self, points: Sequence[Tensor]) -> Tensor:
        """All residuals in the order of J's rows; (rows,)"""
        constants = list(self.constants.unbind())
        made = [self._evaluate(k, some, constants) for k, some in enumerate(points)]
        return torch.cat([each.t().reshape(-1) for each in made])

    def rows(self, k: int, points: Tensor) -> tuple[Tensor, Tensor]:
        """J of one residual, and its values."""
        with torch.enable_grad():
            constants = [c.clone().requires_grad_() for c in self.constants.unbind()]
        return self.linearisation.jacobian(lambda: self._evaluate(k, points, constants), constants)

    def jacobian(self, points: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        made = [self.rows(k, some) for k, some in enumerate(points)]
        return torch.cat([j for j, _ in made]), torch.cat([r for _, r in made])

    def errors(self, points: Sequence[Tensor]) -> list[float]:
        """Standard errors of the unknown constants by the linear problem at the end."""
        if not self.unknowns or not points:
            return [math.nan] * len(self.unknowns)
        jacobian, values = self.jacobian(points)
        size, free = len(self.linearisation), max(1, len(values) - jacobian.shape[1])
        # What is left of a constant's column once the parameters have explained what they can.
        network, columns = jacobian[:, :size], jacobian[:, size:]
        explained = network @ torch.linalg.lstsq(network, columns, driver="gelsd").solution
        variance = float(values @ values) / free
        covariance, untold = estimate_covariance(columns - explained, variance)
        return torch.where(untold, math.inf, covariance.diagonal().sqrt()).tolist()


class _Descent:
    """Steps at one set of points."""

    def __init__(self, problem: _StackedResiduals, points: Sequence[Tensor], end: float) -> None:
        self.problem, self.points, self.end = problem, points, end
        self.costs: list[float] = []

    def linearise(self, at: Trial) -> Attempt | None:
        self.problem.keep(at.point)
        self.costs.append(at.cost)
        if time.process_time() >= self.end:  # coarse clocks may stand still
            return None
        jacobian, values = self.problem.jacobian(self.points)
        factorise = prepare(jacobian, len(self.problem.linearisation))

        def attempt(damping: float) -> Trial | None:
            tried = [
                (self._try(at.point + solve(values), each), solve)
                for each in (damping, STRONGER * damping)
                if (solve := factorise(each)) is not None
            ]
            if not tried:
                return None
            best, solve = min(tried, key=lambda pair: pair[0].cost)
            step = best.point - at.point
            near = self._evaluate(at.point + DISTANCE * step)
            bend = find_bend(step, jacobian, values, near, solve)
            if bend is None:
                return best
            return min(best, self._try(best.point + bend, best.damping), key=lambda t: t.cost)

        return attempt

    def _try(self, point: Tensor, damping: float | None) -> Trial:
        if not point.isfinite().all():
            return Trial(point, math.inf, damping=damping)
        self.problem.write(point)
        return Trial(point, self.problem.cost(self.points), damping=damping)

    def _evaluate(self, point: Tensor) -> Tensor:
        self.problem.write(point)
        return self.problem.values(self.points)
