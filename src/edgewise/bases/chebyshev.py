"""Chebyshev polynomials of the first kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise.bases.base import Grid
from edgewise.bases.polynomials import Polynomials


@dataclass(frozen=True)
class Chebyshev(Polynomials):
    """Chebyshev polynomials of the first kind, T_0 … T_degree.

    .. math:: T_0 = 1,\\quad T_1 = z,\\quad T_{n+1}(z) = 2 z T_n(z) - T_{n-1}(z)

    T_n(cos θ) = cos nθ, so they are bounded by 1 on [-1, 1] and orthogonal there under the weight
    1/√(1 - z²); outside they grow like z^degree, so layers squash their inputs with tanh unless
    told otherwise. The recurrence, unlike cos(n·acos z), has finite gradients at ±1.

    Args:
        degree: highest degree, ≥ 0.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``degree`` is negative or no integer.

    Example:
        >>> import torch, edgewise as ew
        >>> angle = torch.tensor([0.3])
        >>> values = ew.Chebyshev(degree=3).evaluate(angle.cos(), ())
        >>> torch.allclose(values, (torch.arange(4) * angle).cos())
        True

    Reference: SynodicMonth, *ChebyKAN*, github.com/SynodicMonth/ChebyKAN (2024).
    """

    name: ClassVar[str] = "chebyshev"
    grid_names: ClassVar[tuple[str, ...]] = ()

    def recurrence(self, n: int) -> tuple[float, float, float]:
        return (2.0, 0.0, 1.0) if n else (1.0, 0.0, 0.0)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        t = [torch.ones_like(z), z]
        for _ in range(1, self.degree):
            t.append(2 * z * t[-1] - t[-2])
        return torch.stack(t[: self.num_basis], dim=-1)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        u = [torch.ones_like(z), 2 * z]  # U_n, the second kind: T'_n = n U_{n-1}
        for _ in range(2, self.degree):
            u.append(2 * z * u[-1] - u[-2])
        d = [torch.zeros_like(z), *(n * u[n - 1] for n in range(1, self.degree + 1))]
        return torch.stack(d, dim=-1)
