"""Orthogonal polynomials by their three-term recurrences: Jacobi's, Gegenbauer's and Hermite's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise.bases.base import Basis, Grid, check_count, quote


@dataclass(frozen=True)
class Jacobi(Basis):
    """Jacobi polynomials P_0^{(α, β)} … P_degree^{(α, β)}.

    .. math:: P_0 = 1,\\quad P_1 = (α+1) + (α+β+2)(z-1)/2,

    .. math:: 2n(n+α+β)(c-2)\\, P_n = (c-1)[c(c-2)z + α^2-β^2]\\, P_{n-1}
              - 2(n+α-1)(n+β-1)\\,c\\, P_{n-2}, \\qquad c = 2n+α+β

    They are orthogonal on [-1, 1] under the weight (1-z)^α (1+z)^β; α = β = 0 are Legendre's. They
    grow like z^degree outside, so layers squash their inputs with tanh unless told otherwise. The
    grid is the table (a, b, c) of P_{n+1} = (a_n z + b_n) P_n - c_n P_{n-1}.

    Args:
        degree: highest degree, ≥ 0.
        alpha, beta: α and β, more than -1.

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
    named: ClassVar[Mapping[str, Any]] = {"degree": 3}
    grid_names: ClassVar[tuple[str, ...]] = ("recurrence",)
    size_name: ClassVar[str] = "degree"
    affine: ClassVar[bool] = True
    default_norm: ClassVar[str | None] = "tanh"

    degree: int = 4
    alpha: float = 1.0
    beta: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        check_count("Jacobi", "degree", self.degree, 0)
        _check_exponent("Jacobi", "alpha", self.alpha, -1)
        _check_exponent("Jacobi", "beta", self.beta, -1)

    @property
    def num_basis(self) -> int:
        return self.degree + 1

    def init_grid(
        self,
        in_features: int,
        *,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> Grid:
        a, b = self.alpha, self.beta
        rows = [((a + b + 2) / 2, (a - b) / 2, 0.0)]
        for n in range(2, self.degree + 1):
            c = 2 * n + a + b
            below = 2 * n * (n + a + b) * (c - 2)
            rows.append(
                (
                    (c - 1) * c * (c - 2) / below,
                    (c - 1) * (a * a - b * b) / below,
                    2 * (n + a - 1) * (n + b - 1) * c / below,
                )
            )
        return (_table(rows[: self.degree], device, dtype),)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return (((self.degree, 3),),)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        return _values(z, grid[0])

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        return _slopes(z, grid[0])

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        return differentiate_recurrence(z, (row.unbind() for row in grid[0].unbind()), order)


@dataclass(frozen=True)
class Gegenbauer(Basis):
    """Gegenbauer (ultraspherical) polynomials C_0^λ … C_degree^λ.

    .. math:: C_0 = 1,\\quad C_1 = 2λz,\\quad
              (n+1)\\, C_{n+1} = 2(n+λ)\\, z\\, C_n - (n+2λ-1)\\, C_{n-1}

    They are orthogonal on [-1, 1] under the weight (1-z²)^{λ-1/2}; λ = 1/2 are Legendre's, λ = 1
    Chebyshev's of the second kind. They grow like z^degree outside, so layers squash their inputs
    with tanh unless told otherwise. The grid is the table of the recurrence, as of :class:`Jacobi`.

    Args:
        degree: highest degree, ≥ 0.
        order: λ, more than -1/2 and not 0, where all but the first vanish.

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
    named: ClassVar[Mapping[str, Any]] = {"degree": 3}
    grid_names: ClassVar[tuple[str, ...]] = ("recurrence",)
    size_name: ClassVar[str] = "degree"
    affine: ClassVar[bool] = True
    default_norm: ClassVar[str | None] = "tanh"

    degree: int = 4
    order: float = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        check_count("Gegenbauer", "degree", self.degree, 0)
        _check_exponent("Gegenbauer", "order", self.order, -0.5)
        if self.order == 0:
            raise ValueError(
                "Gegenbauer expected order other than 0, where its polynomials vanish, got "
                f"{self.order!r}: their limit, up to factors, is Chebyshev(degree)"
            )

    @property
    def num_basis(self) -> int:
        return self.degree + 1

    def init_grid(
        self,
        in_features: int,
        *,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> Grid:
        order = self.order
        rows = [
            (2 * (n + order) / (n + 1), 0.0, (n + 2 * order - 1) / (n + 1) if n else 0.0)
            for n in range(self.degree)
        ]
        return (_table(rows, device, dtype),)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return (((self.degree, 3),),)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        return _values(z, grid[0])

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        return _slopes(z, grid[0])

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        return differentiate_recurrence(z, (row.unbind() for row in grid[0].unbind()), order)


@dataclass(frozen=True)
class Hermite(Basis):
    """Normalised Hermite polynomials h_0 … h_degree.

    .. math:: h_0 = 1,\\quad h_1 = z,\\quad
              \\sqrt{n+1}\\, h_{n+1} = z\\, h_n - \\sqrt n\\, h_{n-1}

    h_n = He_n/√n! are orthonormal under the standard normal distribution, E h_m(z) h_n(z) = [m = n]
    for z ∼ N(0, 1), and h_n' = √n h_{n-1}. They grow like z^degree, so layers squash their inputs
    with tanh unless told otherwise; ``norm="layer"`` is where their inputs are nearly normal.
    HermiteKAN's H_n(x) are √(2ⁿ n!) h_n(√2 x). The grid is the table of the recurrence, as of
    :class:`Jacobi`.

    Args:
        degree: highest degree, ≥ 0.

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
    named: ClassVar[Mapping[str, Any]] = {"degree": 3}
    grid_names: ClassVar[tuple[str, ...]] = ("recurrence",)
    size_name: ClassVar[str] = "degree"
    affine: ClassVar[bool] = True
    default_norm: ClassVar[str | None] = "tanh"

    degree: int = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        check_count("Hermite", "degree", self.degree, 0)

    @property
    def num_basis(self) -> int:
        return self.degree + 1

    def init_grid(
        self,
        in_features: int,
        *,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> Grid:
        rows = [(1 / math.sqrt(n + 1), 0.0, math.sqrt(n / (n + 1))) for n in range(self.degree)]
        return (_table(rows, device, dtype),)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return (((self.degree, 3),),)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        return _values(z, grid[0])

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        return _slopes(z, grid[0])

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        return differentiate_recurrence(z, (row.unbind() for row in grid[0].unbind()), order)


def _check_exponent(owner: str, field: str, value: float, least: float) -> None:
    """Raise ValueError unless ``least`` < value ≤ 100: beyond, values overflow at low degrees."""
    if not least < value <= 100:
        raise ValueError(
            f"{owner} expected {field} more than {least} and ≤ 100, got {quote(value)}"
        )


def _table(
    rows: list[tuple[float, float, float]],
    device: torch.device | str | None,
    dtype: torch.dtype | None,
) -> Tensor:
    kind = dtype or torch.get_default_dtype()
    return torch.tensor(rows, device=device, dtype=kind).reshape(-1, 3)


def _values(z: Tensor, table: Tensor) -> Tensor:
    """P_{n+1} = (a_n z + b_n) P_n - c_n P_{n-1}, from P_0 = 1.

    Shape:
        z: (*, in), table: (degree, 3) → (*, in, degree + 1)
    """
    p = [torch.zeros_like(z), torch.ones_like(z)]
    for a, b, c in (row.unbind() for row in table.unbind()):
        p.append((a * z + b) * p[-1] - c * p[-2])
    return torch.stack(p[1:], -1)


def differentiate_recurrence(z: Tensor, rows: Iterable[Sequence[Any]], order: int) -> Tensor:
    """Polynomials P_{n+1} = (a_n z + b_n) P_n - c_n P_{n-1} and their derivatives up to an order.

    .. math:: P_{n+1}^{(k)} = (a_n z + b_n)\\, P_n^{(k)} + k a_n P_n^{(k-1)} - c_n P_{n-1}^{(k)}

    Args:
        rows: (a_n, b_n, c_n), one for each polynomial after P_0 = 1.

    Shape:
        z: (*, in) → (order + 1, *, in, len(rows) + 1)
    """
    before = z.new_zeros(order + 1, *z.shape)
    last = before.clone()
    last[0] = 1
    times = torch.arange(1, order + 1, device=z.device, dtype=z.dtype)
    times = times.reshape(-1, *(1 for _ in z.shape))
    found = [last]
    for a, b, c in rows:
        new = torch.addcmul(-c * before, a * z + b, last)
        new[1:] += a * times * last[:-1]
        before, last = last, new
        found.append(new)
    return torch.stack(found, -1)


def _slopes(z: Tensor, table: Tensor) -> Tensor:
    """P'_{n+1} = a_n P_n + (a_n z + b_n) P'_n - c_n P'_{n-1}.

    Shape:
        z: (*, in), table: (degree, 3) → (*, in, degree + 1)
    """
    p = _values(z, table).unbind(-1)
    d = [torch.zeros_like(z), torch.zeros_like(z)]
    for value, (a, b, c) in zip(p, (row.unbind() for row in table.unbind()), strict=False):
        d.append(a * value + (a * z + b) * d[-1] - c * d[-2])
    return torch.stack(d[1:], -1)
