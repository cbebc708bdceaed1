"""Legendre polynomials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise.bases.base import Grid
from edgewise.bases.polynomials import Polynomials


@dataclass(frozen=True)
class Legendre(Polynomials):
    """Legendre polynomials P_0 … P_degree.

    .. math:: P_0 = 1,\\quad P_1 = z,\\quad (n+1) P_{n+1}(z) = (2n+1) z P_n(z) - n P_{n-1}(z)

    They are orthogonal on [-1, 1] under the weight 1, with ∫ P_n² = 2/(2n+1). They are bounded
    by 1 there and grow like z^degree outside, so layers squash their inputs with tanh unless told
    otherwise.

    Args:
        degree: highest degree, ≥ 0.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``degree`` is negative or no integer.

    Example:
        >>> import numpy as np, torch, edgewise as ew
        >>> z, weight = map(torch.from_numpy, np.polynomial.legendre.leggauss(8))
        >>> p = ew.bases.Legendre(degree=2).evaluate(z[:, None], ())[:, 0]
        >>> expected = torch.tensor([2, 2 / 3, 2 / 5], dtype=torch.float64).diag()
        >>> torch.allclose(p.T @ (weight[:, None] * p), expected)
        True

    Reference: Bhattacharjee, *TorchKAN* (KAL-Net), github.com/1ssb/torchkan (2024).
    """

    name: ClassVar[str] = "legendre"
    grid_names: ClassVar[tuple[str, ...]] = ()

    degree: int = 3

    def recurrence(self, n: int) -> tuple[float, float, float]:
        return (2 * n + 1) / (n + 1), 0.0, n / (n + 1)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        p = [torch.ones_like(z), z]
        for n in range(1, self.degree):
            p.append(((2 * n + 1) * z * p[n] - n * p[n - 1]) / (n + 1))
        return torch.stack(p[: self.num_basis], dim=-1)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        p = self.functions(z, grid).unbind(-1)
        d = [torch.zeros_like(z), torch.ones_like(z)]
        for n in range(1, self.degree):
            d.append((2 * n + 1) * p[n] + d[n - 1])  # P'_{n+1} = (2n+1) P_n + P'_{n-1}
        return torch.stack(d[: self.num_basis], dim=-1)
