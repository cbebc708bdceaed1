"""Orthogonal polynomials by their three-term recurrences: Jacobi's, Gegenbauer's and Hermite's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from edgewise._checks import quote
from edgewise.bases.polynomials import Polynomials


@dataclass(frozen=True)
class Jacobi(Polynomials):
    """Jacobi polynomials P_0^{(α, β)} … P_degree^{(α, β)}.

    .. math:: P_0 = 1,\\quad P_1 = (α+1) + (α+β+2)(z-1)/2,

    .. math:: 2n(n+α+β)(c-2)\\, P_n = (c-1)[c(c-2)z + α^2-β^2]\\, P_{n-1}
              - 2(n+α-1)(n+β-1)\\,c\\, P_{n-2}, \\qquad c = 2n+α+β

    They are orthogonal on [-1, 1] under the weight (1-z)^α (1+z)^β; α = β = 0 are Legendre's. They
    grow like z^degree outside, so layers squash their inputs with tanh unless told otherwise. The
    grid is the table of the recurrence, as of :class:`Polynomials`.

    Args:
        degree: highest degree, ≥ 0.
        alpha, beta: α and β, more than -1.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> basis = ew.bases.Jacobi(degree=3, alpha=2, beta=0)
        >>> ends = basis.evaluate(torch.tensor([1.0, -1.0]), basis.init_grid(1))
        >>> expected = torch.tensor([[1.0, 3.0, 6.0, 10.0], [1.0, -1.0, 1.0, -1.0]])
        >>> torch.allclose(ends, expected)  # binomials (n+α, n), ± (n+β, n)
        True

    Reference: SpaceLearner, *JacobiKAN*, github.com/SpaceLearner/JacobiKAN (2024).
    """

    name: ClassVar[str] = "jacobi"

    alpha: float = 1.0
    beta: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_exponent("Jacobi", "alpha", self.alpha, -1)
        _check_exponent("Jacobi", "beta", self.beta, -1)

    def recurrence(self, n: int) -> tuple[float, float, float]:
        a, b = self.alpha, self.beta
        if n == 0:
            return (a + b + 2) / 2, (a - b) / 2, 0.0
        c = 2 * n + 2 + a + b
        below = 2 * (n + 1) * (n + 1 + a + b) * (c - 2)
        return (
            (c - 1) * c * (c - 2) / below,
            (c - 1) * (a * a - b * b) / below,
            2 * (n + a) * (n + b) * c / below,
        )


@dataclass(frozen=True)
class Gegenbauer(Polynomials):
    """Gegenbauer (ultraspherical) polynomials C_0^λ … C_degree^λ.

    .. math:: C_0 = 1,\\quad C_1 = 2λz,\\quad
              (n+1)\\, C_{n+1} = 2(n+λ)\\, z\\, C_n - (n+2λ-1)\\, C_{n-1}

    They are orthogonal on [-1, 1] under the weight (1-z²)^{λ-1/2}; λ = 1/2 are Legendre's, λ = 1
    Chebyshev's of the second kind. They grow like z^degree outside, so layers squash their inputs
    with tanh unless told otherwise. The grid is the table of the recurrence, as of
    :class:`Polynomials`.

    Args:
        degree: highest degree, ≥ 0.
        order: λ, more than -1/2 and not 0, where all but the first vanish.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> basis, angle = ew.bases.Gegenbauer(degree=3, order=1), torch.tensor([0.3])
        >>> values = basis.evaluate(angle.cos(), basis.init_grid(1))
        >>> torch.allclose(values, (torch.arange(1, 5) * angle).sin() / angle.sin())
        True

    Reference: Boris-73-TA, *OrthogPolyKANs*, github.com/Boris-73-TA/OrthogPolyKANs (2024).
    """

    name: ClassVar[str] = "gegenbauer"

    order: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_exponent("Gegenbauer", "order", self.order, -0.5)
        if self.order == 0:
            raise ValueError(
                "Gegenbauer expected order other than 0, where its polynomials vanish, got "
                f"{self.order!r}: their limit, up to factors, is Chebyshev(degree)"
            )

    def recurrence(self, n: int) -> tuple[float, float, float]:
        order = self.order
        return 2 * (n + order) / (n + 1), 0.0, (n + 2 * order - 1) / (n + 1) if n else 0.0


@dataclass(frozen=True)
class Hermite(Polynomials):
    """Normalised Hermite polynomials h_0 … h_degree.

    .. math:: h_0 = 1,\\quad h_1 = z,\\quad
              \\sqrt{n+1}\\, h_{n+1} = z\\, h_n - \\sqrt n\\, h_{n-1}

    h_n = He_n/√n! are orthonormal under the standard normal distribution, E h_m(z) h_n(z) = [m = n]
    for z ∼ N(0, 1), and h_n' = √n h_{n-1}. They grow like z^degree, so layers squash their inputs
    with tanh unless told otherwise; ``norm="layer"`` is where their inputs are nearly normal.
    HermiteKAN's H_n(x) are √(2ⁿ n!) h_n(√2 x). The grid is the table of the recurrence, as of
    :class:`Polynomials`.

    Args:
        degree: highest degree, ≥ 0.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``degree`` is negative or no integer.

    Example:
        >>> import numpy as np, torch, edgewise as ew
        >>> z, weight = map(torch.from_numpy, np.polynomial.hermite_e.hermegauss(4))
        >>> basis = ew.bases.Hermite(degree=3)
        >>> h = basis.evaluate(z[:, None], basis.init_grid(1, dtype=torch.float64))[:, 0]
        >>> torch.allclose(h.T @ (weight[:, None] * h) / weight.sum(), torch.eye(4).double())
        True

    Reference: Boris-73-TA, *OrthogPolyKANs*, github.com/Boris-73-TA/OrthogPolyKANs (2024).
    """

    name: ClassVar[str] = "hermite"

    def recurrence(self, n: int) -> tuple[float, float, float]:
        return 1 / math.sqrt(n + 1), 0.0, math.sqrt(n / (n + 1))


def _check_exponent(owner: str, field: str, value: float, least: float) -> None:
    """Raise ValueError unless ``least`` < value ≤ 100: beyond, values overflow at low degrees."""
    if not least < value <= 100:
        raise ValueError(
            f"{owner} expected {field} more than {least} and ≤ 100, got {quote(value)}"
        )
