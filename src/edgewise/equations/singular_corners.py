"""Corners of a domain, and the functions that are singular there.

Near a corner of angle ω solutions of second-order equations behave as

.. math:: r^{α + 2m} \\sin αθ, \\quad r^{α + 2m} \\cos αθ, \\qquad α = kπ/ω,

with sines if values are given on both sides and cosines if slopes are; k is a half-integer if the
sides differ. If the equation's highest derivatives are a u_xx + b u_xy + c u_yy, coordinates are
mapped linearly such that these become a Laplacian, and ω is the mapped angle. The normal becomes
oblique there, so that k is shifted where slopes are given. If α is an integer, they have a factor
log z, z the complex coordinate around the corner: so a source meets the conditions. These functions
jump across the ray behind the corner, their branch cut. If this ray re-enters the domain at a
distance ρ, as behind a hole, they are multiplied by (1 - r²/ρ²)⁶ and end there. Products of curves
can't represent these functions. If ω > π, without them least squares of the residuals even converge
to something wrong, as second derivatives of the solution have no finite norm.

Reference: P. Grisvard, *Elliptic problems in nonsmooth domains* (1985).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import torch
from torch import Tensor

from edgewise.equations.conditions import Condition
from edgewise.equations.fields import Index
from edgewise.equations.shapes import Polygon, Shape, Slab

NEAR = 1e-5
"""The distance from a corner at which its angle is measured, relative to the domain's size."""
DIRECTIONS = 720
LEAST_EXCESS = 0.05
"""Radians by which a mapped angle must differ from π."""
HIGHEST = 6.0
"""The power of r from which products of curves suffice."""
HIGHEST_LOG = 4.5
"""The same for functions with a logarithm."""
FADING = 6
"""The exponent of the factor that makes functions end."""
LEAST_REACH = 0.1
"""The least distance at which functions may end, relative to the domain's size."""

Point = tuple[float, float]
Principal = tuple[float, float, float]
"""The coefficients a, b, c of a u_xx + b u_xy + c u_yy."""
LAPLACIAN: Principal = (1.0, 0.0, 1.0)


@dataclass(frozen=True)
class Corner:
    """A corner; it is re-entrant if its angle is larger than π.

    Attributes:
        x, y: its coordinates.
        by_x, by_y: the complex coordinate around it, z = by_x (X - x) + by_y (Y - y), in which the
            equation's highest derivatives are a Laplacian, and z > 0 on the bisector.
        angle: the angle of the domain in it, ω.
        normals: for each side the angle of z that the normal has, less that of the side; π/2
            unless highest derivatives differ.
        reach: the distance |z| at which its functions end; infinite if the ray behind it never
            re-enters the domain.
    """

    x: float
    y: float
    by_x: complex
    by_y: complex
    angle: float
    normals: tuple[float, float] = (math.pi / 2, math.pi / 2)
    reach: float = math.inf

    @staticmethod
    def between(point: Point, first: float, last: float, principal: Principal) -> Corner:
        """The corner of a domain between two directions, anticlockwise."""
        by_x, by_y = _make_laplacian(principal)

        def turn(angle: float) -> complex:
            return by_x * math.cos(angle) + by_y * math.sin(angle)

        angle = cmath.phase(turn(last) / turn(first)) % (2 * math.pi)
        normals = [cmath.phase(turn(side + math.pi / 2) / turn(side)) for side in (first, last)]
        back = 1 / (turn(first) / abs(turn(first)) * cmath.rect(1.0, angle / 2))
        return Corner(*point, by_x * back, by_y * back, angle, (normals[0], normals[1]))


def _make_laplacian(principal: Principal) -> tuple[complex, complex]:
    """The factors of x and y in a complex coordinate in which a u_xx + b u_xy + c u_yy is Δu.

    The map keeps areas. If the equation isn't elliptic, it is the identity.
    """
    a, b, c = principal
    determinant = a * c - b * b / 4
    if not determinant > 0:
        return 1 + 0j, 1j
    # The inverse root of a symmetric matrix A of determinant 1 is (A⁻¹ + 1) / (trace + 2)^½.
    scale = math.copysign(determinant**-0.5, a)
    a, b, c = a * scale, b * scale, c * scale
    root = (a + c + 2) ** 0.5
    return complex(c + 1, -b / 2) / root, complex(-b / 2, a + 1) / root


@dataclass(frozen=True)
class Singular:
    """Re(c zᵃ z̄ᵐ), with z the complex coordinate around a corner, z > 0 on the bisector.

    With ``log`` it is Re(c zᵃ z̄ᵐ log z).
    """

    corner: Corner
    exponent: float
    conjugate: int
    factor: complex
    log: bool = False


@dataclass(frozen=True)
class SingularFunctions:
    """Singular functions of two coordinates.

    Attributes:
        size: the size of the domain, which is the unit of r.
    """

    functions: tuple[Singular, ...]
    size: float

    def __len__(self) -> int:
        return len(self.functions)

    def table(self, points: Tensor, index: Index) -> Tensor:
        """A derivative of all functions; (rows, 2) → (rows, functions)"""
        made = [self._differentiate(f, points, index) for f in self.functions]
        return torch.stack(made, 1) if made else points.new_zeros(len(points), 0)

    def _differentiate(self, f: Singular, points: Tensor, index: Index) -> Tensor:
        """Powers of z and z̄ times polynomials of r², one for each number of derivatives by z."""
        by = f.corner.by_x / self.size, f.corner.by_y / self.size
        every = (points[:, 0] - f.corner.x) * by[0] + (points[:, 1] - f.corner.y) * by[1]
        reach = f.corner.reach / self.size
        inside = every.abs() < reach
        z = every[inside]
        radius, angle = z.abs(), z.angle()
        total = torch.zeros_like(z)
        for left, factor in _expand(by, index).items():
            right = sum(index) - left
            times = [
                f.factor * factor * fading * _falling(f.conjugate + k, right)
                for k, fading in enumerate(_fade(reach))
            ]
            steep = [t * _falling(f.exponent + k, left) for k, t in enumerate(times)]
            counted = [k for k, one in enumerate(times if f.log else steep) if one]
            if not counted:
                continue
            first = counted[0]  # at the corner a lower power, of factor 0, would be infinite
            value = _sum_powers(steep[first:], radius)
            if f.log:
                bent = [t * _falling_slope(f.exponent + k, left) for k, t in enumerate(times)]
                logarithm = torch.complex(radius.clamp(min=1e-300).log(), angle)
                value = value * logarithm + _sum_powers(bent[first:], radius)
            power, other = f.exponent + first - left, f.conjugate + first - right
            total += value * torch.polar(radius ** (power + other), angle * (power - other))
        return points.new_zeros(len(points)).masked_scatter(inside, total.real)


def _sum_powers(factors: Sequence[complex], radius: Tensor) -> Tensor:
    """Σ_k c_k r^(2k), by Horner's rule."""
    square, total = radius * radius, torch.zeros_like(radius)
    for factor in reversed(factors):
        total = total * square + factor
    return total


def _fade(reach: float) -> list[float]:
    """(1 - r²/ρ²)⁶ as a polynomial of r²: its coefficients, the constant first."""
    if math.isinf(reach):
        return [1.0]
    return [math.comb(FADING, k) * (-(reach**-2)) ** k for k in range(FADING + 1)]


def _expand(by: tuple[complex, complex], index: Index) -> dict[int, complex]:
    """∂ⁱ/∂xⁱ ∂ʲ/∂yʲ as derivatives by z and z̄: the factor for each number of those by z.

    Args:
        by: ∂z/∂x and ∂z/∂y.
        index: i and j.
    """
    made = {0: 1.0 + 0j}
    for by_z, count in zip(by, index, strict=True):
        for _ in range(count):
            longer: dict[int, complex] = {}
            for n, factor in made.items():
                longer[n + 1] = longer.get(n + 1, 0) + factor * by_z
                longer[n] = longer.get(n, 0) + factor * by_z.conjugate()
            made = longer
    return made


def _falling(number: float, count: int) -> float:
    """The falling factorial a (a - 1) … with ``count`` factors."""
    return math.prod(number - k for k in range(count))


def _falling_slope(number: float, count: int) -> float:
    """The derivative of :func:`_falling` by its number."""
    return sum(
        math.prod(number - k for k in range(count) if k != left_out) for left_out in range(count)
    )


def _laplacian_everywhere(point: Point) -> list[Principal]:
    return [LAPLACIAN]


def find_singular(
    shape: Shape,
    names: Sequence[str],
    conditions: Iterable[Condition],
    outward: bool,
    principals: Callable[[Point], Sequence[Principal]] = _laplacian_everywhere,
) -> SingularFunctions:
    """The singular functions of a shape's corners; none unless it has two coordinates.

    Args:
        outward: whether corners that aren't re-entrant count, too.
        principals: the highest derivatives of each field at a point, as far as they differ.
    """
    if len(names) != 2:
        return SingularFunctions((), 1.0)
    ends = [shape.bounds[n] for n in names]
    size = max(high - low for low, high in ends)
    kinds = {c.kind for c in conditions} - {"initial", "periodic"}
    values = {kind == "dirichlet" for kind in kinds}
    made = [
        Singular(corner, exponent + m, m, factor, log)
        for corner in find_corners(shape, names, principals)
        if outward or corner.angle > math.pi
        for exponent, factor in _find_exponents(corner, values)
        for log in [abs(exponent - round(exponent)) < 1e-9]
        for m in range(math.ceil(((HIGHEST_LOG if log else HIGHEST) - exponent) / 2))
    ]
    return SingularFunctions(tuple(made), size)


def _find_exponents(corner: Corner, values: set[bool]) -> list[tuple[float, complex]]:
    """The exponents α, each with the factor c of Re c zᵅ, which is 0 on both sides or has slope 0.

    With θ = ∓ω/2 on the sides, arg c + αθ + φ is π/2 up to multiples of π, where φ is 0 if a value
    is given and the angle between normal and side if a slope is.

    Args:
        values: contains True if values are given on sides, and False if something else is.
    """
    made: list[tuple[float, complex]] = []
    for first, last in product(sorted(values, reverse=True), repeat=2):
        one, other = (
            0.0 if value else normal
            for value, normal in zip((first, last), corner.normals, strict=True)
        )
        for k in range(-1, math.ceil(HIGHEST * corner.angle / math.pi) + 2):
            exponent = (k * math.pi + one - other) / corner.angle
            if 1e-6 < exponent < HIGHEST - 1e-9:
                phase = math.pi / 2 - one + exponent * corner.angle / 2
                made.append((exponent, cmath.rect(1.0, phase)))
    return made


def find_corners(
    shape: Shape,
    names: Sequence[str],
    principals: Callable[[Point], Sequence[Principal]] = _laplacian_everywhere,
) -> list[Corner]:
    """The corners between straight sides around which the domain is one piece.

    A corner where highest derivatives differ between fields is there once for each.
    """
    size = max(high - low for low, high in shape.bounds.values())
    found = [
        Corner.between(point, *sides, principal)
        for point in _meet(_find_lines(shape, names))
        if (sides := _look_around(shape, names, point, NEAR * size)) is not None
        for principal in principals(point)
    ]
    bent = [c for c in found if abs(c.angle - math.pi) > LEAST_EXCESS]
    reaching = [replace(c, reach=_find_reach(shape, names, c, size)) for c in bent]
    return [c for c in reaching if c.reach > LEAST_REACH * size]


def _find_lines(shape: Shape, names: Sequence[str]) -> list[tuple[Point, Point]]:
    """The lines through the sides, each as a point and a direction."""
    made: list[tuple[Point, Point]] = []
    for leaf, _ in shape.leaves():
        if isinstance(leaf, Slab) and leaf.name in names:
            upright = leaf.name == names[0]
            for end in (leaf.low, leaf.high):
                made.append(((end, 0.0), (0.0, 1.0)) if upright else ((0.0, end), (1.0, 0.0)))
        if isinstance(leaf, Polygon):
            order = [leaf.names.index(n) for n in names]
            corners = [(c[order[0]], c[order[1]]) for c in leaf.corners]
            for one, other in zip(corners, (*corners[1:], corners[0]), strict=True):
                made.append((one, (other[0] - one[0], other[1] - one[1])))
    return made


def _meet(lines: Sequence[tuple[Point, Point]]) -> list[Point]:
    made: list[Point] = []
    for ((ax, ay), (ux, uy)), ((bx, by), (vx, vy)) in combinations(lines, 2):
        across = ux * vy - uy * vx
        if abs(across) < 1e-9 * math.hypot(ux, uy) * math.hypot(vx, vy):
            continue
        part = ((bx - ax) * vy - (by - ay) * vx) / across
        point = ax + part * ux, ay + part * uy
        if not any(math.dist(point, other) < 1e-9 for other in made):
            made.append(point)
    return made


def _contains(shape: Shape, names: Sequence[str], x: Tensor, y: Tensor) -> Tensor:
    return shape.contains({names[0]: x, names[1]: y})


def _look_around(
    shape: Shape, names: Sequence[str], point: Point, radius: float
) -> tuple[float, float] | None:
    """The directions of the sides between which the domain is; None unless they are two."""

    def inside(angle: Tensor) -> Tensor:
        x, y = point[0] + radius * angle.cos(), point[1] + radius * angle.sin()
        return _contains(shape, names, x, y)

    step = 2 * math.pi / DIRECTIONS
    angles = step * (torch.arange(DIRECTIONS, dtype=torch.float64) + 0.123)
    within = inside(angles)
    changes = (within != within.roll(-1)).nonzero()[:, 0]
    if len(changes) != 2:
        return None
    low, high = angles[changes], angles[changes] + step
    first = within[changes]
    for _ in range(40):
        middle = (low + high) / 2
        same = inside(middle) == first
        low, high = torch.where(same, middle, low), torch.where(same, high, middle)
    enters, leaves = (float(low[first == side]) for side in (False, True))
    return enters, enters + (leaves - enters) % (2 * math.pi)


def _find_reach(shape: Shape, names: Sequence[str], corner: Corner, size: float) -> float:
    """The distance at which the ray behind a corner re-enters the domain."""
    along = torch.linspace(NEAR, 3, 3000, dtype=torch.float64) * size
    area = (corner.by_x.conjugate() * corner.by_y).imag
    x = corner.x - along * corner.by_y.imag / area
    y = corner.y + along * corner.by_x.imag / area
    back = along[_contains(shape, names, x, y)]
    return 0.99 * float(back[0]) if len(back) else math.inf
