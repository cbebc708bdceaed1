"""Gauss-Newton with damping: the last digits of a small network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._gauss_newton import Attempt, Nielsen, Trial, descend
from edgewise.grids.solve import LeastSquares
from edgewise.nn import KANLinear
from edgewise.nn.arguments import check_integer, check_numbers
from edgewise.nn.frozen import find_frozen_parts
from edgewise.nn.inspect import check_callable, listen
from edgewise.nn.reading import read_rows
from edgewise.nn.settling import follows_inputs, settle

BLOCK_BYTES = 256 * 2**20
MOST_PARAMETERS = 3000
"""Parameters: with more, a step would take minutes."""


class Linearised(nn.Module, ABC):
    """A module, other than a KAN layer, that knows its derivatives by its parameters."""

    @abstractmethod
    def unknowns(self) -> list[Tensor]:
        """The parameters that :func:`levenberg_marquardt` finds."""

    @abstractmethod
    def derivatives(self, x: Tensor, slope: Tensor) -> Tensor:
        """∂/∂(those parameters) of what has the gradient `slope` by the module's output.

        Shape:
            x: (rows, in), slope: (rows, out) → (rows, parameters)
        """

    @abstractmethod
    def movable_unknowns(self) -> Tensor:
        """Which of the parameters may change; (parameters,), of bool."""


LEAST_DAMPING = 1e-15
"""So that it grows when it has to."""
Solvable = KANLinear | Linearised


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
        steps: at most so many.
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
    check_integer("levenberg_marquardt", "steps", steps)
    check_numbers("levenberg_marquardt", damping=damping, tolerance=tolerance)
    problem = _Problem(model)
    hint = ": give y a column for each output"
    x = read_rows("levenberg_marquardt x", data[0], None, like=problem.params[0])
    y = read_rows("levenberg_marquardt y", data[1], None, like=x, hint=hint)
    _check(model, x, y)
    _settle_norms(model, x)

    def linearise(at: Trial) -> Attempt:
        problem.write(at.point)
        r, t = problem.linearise(x, y)
        lengths = r.norm(dim=0)
        lengths = lengths.clamp_min(1e-7 * float(lengths.amax()))

        def attempt(damping: float) -> Trial:
            step = _solve_damped(r, t, damping**0.5 * lengths)
            problem.write(at.point + step)
            error = _squares(model, x, y)
            expected = float(step @ (damping * lengths**2 * step + r.t() @ t))
            gain = (at.cost - error) * y.numel() / expected if expected > 0 else 1.0
            return Trial(at.point + step, error, gain)

        return attempt

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


def _solve_damped(r: Tensor, t: Tensor, weights: Tensor) -> Tensor:
    """min ‖R Δ - t‖² + ‖weights · Δ‖², without squaring the condition of R."""
    q, triangle = torch.linalg.qr(torch.cat([r, torch.diag(weights)]))
    right = q[: len(r)].t() @ t
    return torch.linalg.solve_triangular(triangle, right[:, None], upper=True)[:, 0]


def _settle_norms(model: nn.Module, x: Tensor) -> None:
    """Make the maps of inputs from all rows, and keep them: steps are compared with each other."""
    if any(follows_inputs(m) and m.training for m in model.modules()):
        settle(model, x)


def linearise(model: nn.Module, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """R of J = QR, J the derivatives by all parameters that may change, and Qᵀ(y - f(x)).

    Shape:
        x: (rows, in), y: (rows, out) → (parameters, parameters), (parameters,)
    """
    return _Problem(model).linearise(x, y)


class _Problem:
    """The parameters as one vector, and the derivatives by it."""

    def __init__(self, model: nn.Module) -> None:
        self.model = model
        found = {n: k for n, k in model.named_modules() if isinstance(k, Solvable)}
        self.names = {k: n for n, k in found.items() if self._of(k)}
        self.params = [p for layer in self.names for p in self._of(layer)]
        if not self.params:
            raise ValueError(
                f"levenberg_marquardt expected trainable KAN layers, got {type(model).__name__} "
                "without any"
            )
        # Masked edges and frozen constants have derivatives 0: they would only cost time.
        self.moving = torch.cat([_find_movable(k) for k in self.names]).nonzero()[:, 0]
        size = len(self.moving)
        if size > MOST_PARAMETERS:
            raise ValueError(
                f"levenberg_marquardt expected at most {MOST_PARAMETERS} parameters, got {size}: "
                "use fit"
            )

    @staticmethod
    def _of(layer: Solvable) -> list[Tensor]:
        if isinstance(layer, Linearised):
            return [p for p in layer.unknowns() if p.requires_grad]
        found = (layer.coef, layer.base_weight, layer.bias)
        return [p for p in found if p is not None and p.requires_grad]

    def read(self) -> Tensor:
        return torch.cat([p.detach().flatten() for p in self.params])[self.moving]

    @torch.no_grad()
    def write(self, values: Tensor) -> None:
        everything = torch.cat([p.detach().flatten() for p in self.params])
        everything[self.moving] = values
        parts = everything.split([p.numel() for p in self.params])
        for p, part in zip(self.params, parts, strict=True):
            p.copy_(part.view_as(p))

    def linearise(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """R of J = QR, and Qᵀ(y - f(x)), block by block."""
        size = len(self.moving)
        rows = max(size, BLOCK_BYTES // (8 * max(size, 1))) // y.shape[1] + 1
        problem = LeastSquares(1, size, 1, x.device)
        for part_x, part_y in zip(x.split(rows), y.split(rows), strict=True):
            jacobian, residual = self._jacobian(part_x, part_y)
            problem.add(jacobian[None].double(), residual[None, :, None].double())
        return problem.r[0].to(x), problem.t[0, :, 0].to(x)

    def _jacobian(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Shape: (rows · out, parameters), (rows · out,)"""
        seen: dict[Solvable, tuple[Tensor, Tensor]] = {}

        def keep(layer: Solvable, h: Tensor, out: Tensor) -> None:
            if layer in seen or h.dim() != 2:
                found = "twice" if layer in seen else f"with shape {tuple(h.shape)}"
                raise ValueError(
                    "levenberg_marquardt expected each KAN layer to be called once, with rows; got "
                    f"{self.names[layer]!r} called {found}"
                )
            seen[layer] = h.detach(), out

        with listen(self.names, after=keep), torch.enable_grad():
            prediction = self.model(x)
        parts = []
        nodes = [seen[layer][1] for layer in self.names]  # not in the order of the calls
        for o in range(y.shape[1]):
            with torch.enable_grad():
                slopes = _slopes(prediction[:, o].sum(), nodes)
            found = zip(self.names, slopes, strict=True)
            by = torch.cat([_by_parameters(k, seen[k][0], d) for k, d in found], 1)
            parts.append(by[:, self.moving])
        residual = (y - prediction.detach()).t().reshape(-1)
        return torch.cat(parts), residual


def _slopes(total: Tensor, nodes: list[Tensor]) -> list[Tensor]:
    found = torch.autograd.grad(total, nodes, retain_graph=True, allow_unused=True)
    return [
        torch.zeros_like(n) if s is None else s for n, s in zip(nodes, found, strict=True)
    ]  # None: what no output depends on


def _find_movable(layer: Solvable) -> Tensor:
    """Which of a layer's parameters may change; in the order of `_Problem._of`."""
    if isinstance(layer, Linearised):
        return layer.movable_unknowns()
    parts, frozen = [], {id(p): free for p, free in find_frozen_parts(layer)}
    for p in _Problem._of(layer):
        flags = frozen.get(id(p), torch.ones_like(p, dtype=torch.bool)).clone()
        if layer.mask is not None and p is not layer.bias:
            on = layer.mask != 0
            flags &= on if p.dim() == 2 else on[:, None]
        parts.append(flags.flatten())
    return torch.cat(parts)


@torch.no_grad()
def _by_parameters(layer: Solvable, x: Tensor, slope: Tensor) -> Tensor:
    """∂/∂(coef, base weight, bias) of what has the gradient `slope` by the layer's output.

    Shape:
        x: (rows, in), slope: (rows, out) → (rows, parameters)
    """
    if isinstance(layer, Linearised):
        return layer.derivatives(x, slope)
    rows = len(x)
    edges = slope[:, None, :].expand(-1, layer.in_features, -1)  # (rows, in, out)
    if layer.mask is not None:
        edges = edges * layer.mask
    scaled = edges if layer.coef_scale is None else edges * layer.coef_scale
    parts = []
    psi, size = layer.features(x), layer.basis.num_basis
    if layer.coef.requires_grad:
        phi = psi[..., :size]
        parts.append((phi[..., None] * scaled[:, :, None, :]).reshape(rows, -1))
    if layer.base_weight is not None and layer.base_weight.requires_grad:
        parts.append((psi[..., size:] * edges).reshape(rows, -1))
    if layer.bias is not None and layer.bias.requires_grad:
        parts.append(slope)
    return torch.cat(parts, 1)
