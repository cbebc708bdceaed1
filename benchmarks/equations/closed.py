"""Solutions that a formula or a quadrature gives, to rounding or nearly so."""

from __future__ import annotations

import math

import torch
from torch import Tensor

VISCOSITY = 0.01 / math.pi
NODES = 800
"""Of the trapezoid rule, whose error falls exponentially."""
REACH = 15.0
"""Of z. The initial value's factor moves the bulk of the integrand to |z| of up to 9 at ν."""
WAVE_NUMBERS = (1, 4)
"""Of Helmholtz' equation."""
LOAD, RADIUS, YOUNG, POISSON_RATIO = 1.0, 0.5, 10.0, 0.3
"""Of the plate: stress along x far away, radius of the hole, and the material."""
L_TERMS = 28
"""Of the singular eigenfunction of the L-shape."""


def burgers(x: Tensor, t: Tensor, viscosity: float = VISCOSITY, nodes: int = NODES) -> Tensor:
    """u_t + u u_x = ν u_xx, u(x, 0) = -sin πx, by Cole's and Hopf's transformation.

    With f(y) = exp(-cos(πy) / (2πν)), u = -∫ sin(πy) f e^(-z²) dz / ∫ f e^(-z²) dz at
    y = x - z √(4νt). Both integrals are computed by the trapezoid rule.

    Shape:
        x, t: (N,) → (N,)
    """
    z = torch.linspace(-REACH, REACH, nodes, dtype=torch.float64)
    made = []
    for x_part, t_part in zip(x.split(2000), t.split(2000), strict=True):
        y = math.pi * (x_part[:, None] - z * (4 * viscosity * t_part[:, None]).sqrt())
        exponent = -y.cos() / (2 * math.pi * viscosity) - z.square()
        f = (exponent - exponent.amax(1, keepdim=True)).exp()
        made.append(-(f * y.sin()).sum(1) / f.sum(1))
    return torch.cat(made)


def waves(x: Tensor, y: Tensor, along_x: int = 1, along_y: int = 1) -> Tensor:
    """sin(mπx) sin(nπy), which solves Poisson's and Helmholtz' equations for its own source."""
    return torch.sin(along_x * math.pi * x) * torch.sin(along_y * math.pi * y)


def breather(x: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    """i h_t + h_xx / 2 + |h|² h = 0, h(x, 0) = 2 sech x on the whole line: real, imaginary part.

    h = 4 e^(it/2) (cosh 3x + 3 e^(4it) cosh x) / (cosh 4x + 4 cosh 2x + 3 cos 4t)

    J. Satsuma and N. Yajima, Suppl. Prog. Theor. Phys. 55 (1974): two solitons at one place.
    """
    factor = 4 / (torch.cosh(4 * x) + 4 * torch.cosh(2 * x) + 3 * torch.cos(4 * t))
    wide, narrow = torch.cosh(3 * x), 3 * torch.cosh(x)
    real = torch.cos(t / 2) * wide + torch.cos(4.5 * t) * narrow
    imaginary = torch.sin(t / 2) * wide + torch.sin(4.5 * t) * narrow
    return factor * real, factor * imaginary


def plate_displacements(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Displacements (u, v) of an infinite plate with a hole under stress along x, plane stress.

    G. Kirsch, "Die Theorie der Elastizität und die Bedürfnisse der Festigkeitslehre", 1898.
    """
    r, angle = torch.sqrt(x * x + y * y), torch.atan2(y, x)
    shear, kappa = YOUNG / (2 * (1 + POISSON_RATIO)), (3 - POISSON_RATIO) / (1 + POISSON_RATIO)
    scale, q = LOAD * RADIUS / (8 * shear), r / RADIUS
    cos1, cos3, sin1, sin3 = (f(n * angle) for f in (torch.cos, torch.sin) for n in (1, 3))
    near, far = 2 / q, 2 / q**3
    u = scale * (q * (kappa + 1) * cos1 + near * ((1 + kappa) * cos1 + cos3) - far * cos3)
    v = scale * (q * (kappa - 3) * sin1 + near * ((1 - kappa) * sin1 + sin3) - far * sin3)
    return u, v


def plate_stresses(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Stresses (σ_xx, σ_yy, σ_xy) of the same plate."""
    r, angle = torch.sqrt(x * x + y * y), torch.atan2(y, x)
    q = (RADIUS / r) ** 2
    cos2, cos4 = torch.cos(2 * angle), torch.cos(4 * angle)
    sin2, sin4 = torch.sin(2 * angle), torch.sin(4 * angle)
    xx = LOAD * (1 - q * (1.5 * cos2 + cos4) + 1.5 * q**2 * cos4)
    yy = LOAD * (-q * (0.5 * cos2 - cos4) - 1.5 * q**2 * cos4)
    xy = LOAD * (-q * (0.5 * sin2 + sin4) + 1.5 * q**2 * sin4)
    return xx, yy, xy


class LShape:
    """The first mode of [-1, 1]² without the quadrant x > 0, y < 0: -Δφ = λφ, 0 on the border.

    φ = Σ c_j J_{2j/3}(√λ r) sin(2jθ/3) vanishes on both sides of the corner, whatever c is; λ is
    where some c makes it vanish on the other sides, too (method of particular solutions).

    T. Betcke and L. N. Trefethen, SIAM Review 47 (2005), who give λ = 9.6397238440219.

    Attributes:
        eigenvalue: λ; coefficients: (terms,), such that φ(-1/2, 1/2) = 1.
    """

    def __init__(self, terms: int = L_TERMS) -> None:
        # Odd terms: the first mode is even about the diagonal.
        self._orders = 2 * torch.arange(1, 2 * terms, 2, dtype=torch.float64) / 3
        s = torch.cos(torch.linspace(0, math.pi, 6 * terms + 2, dtype=torch.float64))[1:-1]
        # The sides that don't touch the corner, one half: x = 1 above the axis, y = 1.
        one = torch.ones_like(s)
        border = torch.cat([
            torch.stack([one, (s + 1) / 2], 1), torch.stack([s, one], 1)
        ])  # fmt: skip
        inside = torch.rand(
            4 * terms, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0)
        )
        inside[: 2 * terms, 0] *= -1
        points, edge = torch.cat([border, inside]), len(border)

        def smallest(eigenvalue: float) -> tuple[float, Tensor]:
            columns = self._columns(points[:, 0], points[:, 1], eigenvalue)
            scale = columns.norm(dim=0)
            q, right = torch.linalg.qr(columns / scale)
            _, values, vectors = torch.linalg.svd(q[:edge], full_matrices=False)
            solved = torch.linalg.solve_triangular(right, vectors[-1][:, None], upper=True)
            return float(values[-1]), solved[:, 0] / scale

        # The smallest singular value is proportional to |λ - λ*|: two lines meet at the axis.
        low, high = 9.4, 9.9
        for width in (1e-3, 1e-6, 1e-9, 0.0):
            left, right = smallest(low)[0], smallest(high)[0]
            middle = (left * high + right * low) / (left + right)
            low, high = middle - width, middle + width
        self.eigenvalue = middle
        coefficients = smallest(self.eigenvalue)[1]
        half = torch.tensor([0.5], dtype=torch.float64)
        at = self._columns(-half, half, self.eigenvalue) @ coefficients
        self.coefficients = coefficients / at

    def _columns(self, x: Tensor, y: Tensor, eigenvalue: float) -> Tensor:
        from scipy.special import jv  # torch has Bessel functions of whole orders only

        r = torch.sqrt(x * x + y * y)
        angle = torch.remainder(torch.atan2(y, x), 2 * math.pi)
        radial = torch.from_numpy(
            jv(self._orders.numpy(), (math.sqrt(eigenvalue) * r[:, None]).numpy())
        )
        return radial * torch.sin(self._orders * angle[:, None])

    def __call__(self, x: Tensor, y: Tensor) -> Tensor:
        """φ at points of the shape: (N,)."""
        return self._columns(x, y, self.eigenvalue) @ self.coefficients
