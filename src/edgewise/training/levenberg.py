"""Levenberg-Marquardt on all rows at once, which fits a small network to its last digits."""

from __future__ import annotations

from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers, read_count
from edgewise._derivatives import needs_derivatives
from edgewise._gauss_newton import Attempt, Nielsen, Trial, descend
from edgewise.grids.solve import LeastSquares
from edgewise.nn.inspect import check_callable
from edgewise.nn.reading import read_rows
from edgewise.nn.settling import settle_in_training
from edgewise.training.guard import whole_steps
from edgewise.training.linearisation import Linearisation

BLOCK_BYTES = 256 * 2**20
MOST_PARAMETERS = 3000
"""Parameters: with more, a step would take minutes."""


LEAST_DAMPING = 1e-15
"""So that it grows when it has to."""


@needs_derivatives
def levenberg_marquardt(
    model: nn.Module,
    data: tuple[Any, Any],
    *,
    steps: int = 50,
    damping: float = 1e-3,
    tolerance: float = 1e-9,
) -> list[float]:
    """Fit the KAN layers of a small model by least squares, in place; the RMSE after each step.

    .. math:: (J^T J + λ \\, \\mathrm{diag}(J^T J)) \\, Δ = J^T (y - f(x))

    by orthogonal factors of J, so that its condition isn't squared. J holds the derivatives of all
    outputs by coefficients, base weights and biases, which for a KAN layer are products of basis
    values and one back-propagated vector, so it costs about as much as a gradient. λ shrinks after
    steps that lower the error, and grows before others are tried again (Nielsen's rule). On the
    last rungs of a growing grid this gets far below where L-BFGS stalls.

    Args:
        model: a network of KAN layers, or of symbolic ones; parameters of normalisations and the
            like stay, and so does what is frozen.
        data: x and y, whole: tensors, arrays, frames or lists.
        steps: at most so many. After an error of the model, or Ctrl-C, the weights are those of the
            last whole step.
        damping: λ at the start, at least 1e-15.
        tolerance: relative decrease of the RMSE below which it stops.

    Shape:
        x: (rows, in), y: (rows, out)

    Raises:
        TypeError: if the model is no module.
        ValueError: if there are more than 3,000 parameters or none, a layer is called twice, data
            isn't finite, or shapes don't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.linspace(-1, 1, 50, dtype=torch.float64)[:, None]
        >>> y = torch.sin(3 * x)
        >>> model = ew.KAN([1, 1], seed=0, dtype=x.dtype)
        >>> errors = ew.training.levenberg_marquardt(model, (x, y), steps=20)
        >>> rmse = ew.evaluate(model, x, y)["loss"] ** 0.5
        >>> rmse < 0.01, abs(rmse - errors[-1]) < 1e-12
        (True, True)

    Reference: Nielsen, *Damping parameter in Marquardt's method* (1999).
    """
    check_callable(model)
    steps = read_count("levenberg_marquardt", "steps", steps, 0)
    check_numbers("levenberg_marquardt", damping=damping, tolerance=tolerance)
    problem = _read(model)
    hint = ": give y a column for each output"
    x = read_rows("levenberg_marquardt x", data[0], None, like=problem.params[0])
    y = read_rows("levenberg_marquardt y", data[1], None, like=x, hint=hint)
    _check(model, x, y)
    settle_in_training(model, x)  # steps are compared with each other

    def linearise(at: Trial) -> Attempt:
        problem.write(at.point)
        keep()
        r, t = _linearise(problem, model, x, y)
        lengths = r.norm(dim=0)
        lengths = lengths.clamp_min(1e-7 * float(lengths.amax()))

        def attempt(damping: float) -> Trial:
            step = solve_damped(r, t, damping**0.5 * lengths)
            problem.write(at.point + step)
            error = _squares(model, x, y)
            expected = float(step @ (damping * lengths**2 * step + r.t() @ t))
            gain = (at.cost - error) * y.numel() / expected if expected > 0 else 1.0
            return Trial(at.point + step, error, gain)

        return attempt

    with whole_steps(problem.params) as keep:
        best, errors = descend(
            Trial(problem.read(), _squares(model, x, y)),
            linearise,
            Nielsen(max(damping, LEAST_DAMPING), LEAST_DAMPING),
            steps=steps if len(problem.moving) else 0,
            tries=100,
            most=1e12,
            slow=2 * tolerance,
            patience=1,
            ties=True,
        )
    problem.write(best.point)
    return [error**0.5 for error in errors]


@torch.no_grad()
def _check(model: nn.Module, x: Tensor, y: Tensor) -> None:
    if len(x) != len(y):
        raise ValueError(
            f"levenberg_marquardt expected x and y with the same rows, got {len(x)} and {len(y)}"
        )
    prediction = model(x)
    if prediction.shape != y.shape:
        raise ValueError(
            f"levenberg_marquardt expected targets of the outputs' shape "
            f"{tuple(prediction.shape)}, got {tuple(y.shape)}"
        )
    if not prediction.isfinite().all():
        raise ValueError(
            "levenberg_marquardt expected finite predictions, got NaN or Inf: drop these rows"
        )


@torch.no_grad()
def _squares(model: nn.Module, x: Tensor, y: Tensor) -> float:
    return float((model(x) - y).square().mean())


def solve_damped(r: Tensor, t: Tensor, weights: Tensor) -> Tensor:
    """min ‖R Δ - t‖² + ‖weights · Δ‖², without squaring the condition of R."""
    q, triangle = torch.linalg.qr(torch.cat([r, torch.diag(weights)]))
    right = q[: len(r)].t() @ t
    return torch.linalg.solve_triangular(triangle, right[:, None], upper=True)[:, 0]


Factors = tuple[Tensor, Tensor]


def linearise(model: nn.Module, x: Tensor, y: Tensor) -> Factors:
    """R of J = QR, J the derivatives by all parameters that may change, and Qᵀ(y - f(x)).

    Shape:
        x: (rows, in), y: (rows, out) → (parameters, parameters), (parameters,)
    """
    return _linearise(_read(model), model, x, y)


def _read(model: nn.Module) -> Linearisation:
    """The parameters of a model that is small enough."""
    problem = Linearisation([model], "levenberg_marquardt")
    if len(problem) > MOST_PARAMETERS:
        raise ValueError(
            f"levenberg_marquardt expected at most {MOST_PARAMETERS} parameters, got "
            f"{len(problem)}: use fit"
        )
    return problem


def _linearise(problem: Linearisation, model: nn.Module, x: Tensor, y: Tensor) -> Factors:
    """R of J = QR, and Qᵀ(y - f(x)), block by block."""
    size = len(problem)
    rows = max(size, BLOCK_BYTES // (8 * max(size, 1))) // y.shape[1] + 1
    solver = LeastSquares(1, size, 1, x.device)
    for part_x, part_y in zip(x.split(rows), y.split(rows), strict=True):
        prediction = partial(model, part_x)
        jacobian, values = problem.jacobian(prediction)
        residual = part_y.t().reshape(-1) - values
        solver.add(jacobian[None].double(), residual[None, :, None].double())
    return solver.r[0].to(x), solver.t[0, :, 0].to(x)
