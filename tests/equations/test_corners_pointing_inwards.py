"""Domains with corners that point inwards: their functions, and solutions that need them."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest
import torch
from scipy import sparse
from scipy.sparse.linalg import spsolve

import edgewise as ew
from edgewise.equations import box, dirichlet, disc, initial, neumann, polygon
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.corner_networks import Cornered
from edgewise.equations.shape_curves import ShapeCurves, orthonormalise
from edgewise.equations.singular_corners import find_corners, find_singular
from edgewise.equations.space import Rows
from edgewise.models.separable import SeparableKAN

PI = math.pi
F64 = torch.float64
SQUARE = box(x=(-1, 1), y=(-1, 1))
L_SHAPE = SQUARE - box(x=(0, 1), y=(-1, 0))
HOLE = box(x=(-0.5, 0.5), y=(-0.5, 0.5))
RING = SQUARE - HOLE
CROSS = box(x=(-1, 1), y=(-3, 3)) | box(x=(-3, 3), y=(-1, 1))
ARROW = polygon("xy", [(0, 0), (2, 1), (0, 2), (1, 1)])


@pytest.mark.parametrize(
    ("shape", "corners"),
    [
        (L_SHAPE, {(0.0, 0.0): 1.5 * PI}),
        (CROSS, dict.fromkeys([(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)], 1.5 * PI)),
        (ARROW, {(1.0, 1.0): 1.5 * PI}),
        (RING, dict.fromkeys([(0.5, 0.5), (-0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)], 1.5 * PI)),
        (SQUARE - disc(x=0, y=0, radius=0.5), {}),
        (SQUARE, {}),
    ],
)
def test_corners_are_found(shape, corners):
    found = {
        (round(c.x, 9), round(c.y, 9)): c.angle for c in find_corners(shape, "xy") if c.angle > PI
    }
    assert found.keys() == corners.keys()
    for point, angle in corners.items():
        assert abs(found[point] - angle) < 1e-8


def draw(count=200, seed=0):
    generator = torch.Generator().manual_seed(seed)
    points = 2 * torch.rand(count, 2, dtype=F64, generator=generator) - 1
    return points[~((points[:, 0] > 0) & (points[:, 1] < 0))]


@pytest.mark.parametrize("make", [dirichlet, neumann])
def test_functions_vanish_on_sides_as_conditions_do(make):
    functions = find_singular(L_SHAPE, "xy", [make(("x", "y"), 0.0)], False)
    plain = [not f.log for f in functions.functions]
    along = torch.tensor([0.1, 0.5, 0.9], dtype=F64)
    below = torch.stack([-0.0 * along, -along], 1)
    ahead = torch.stack([along, 0.0 * along], 1)
    across, upright = ((0, 0), (0, 0)) if make is dirichlet else ((1, 0), (0, 1))
    assert functions.table(below, across)[:, plain].abs().max() < 1e-12
    assert functions.table(ahead, upright)[:, plain].abs().max() < 1e-12
    assert sum(plain) > 5
    assert functions.table(draw(), (0, 0)).abs().amax(0).min() > 1e-3


@pytest.mark.parametrize("make", [dirichlet, neumann])
@pytest.mark.parametrize("principal", [(1.0, 0.0, 4.0), (-2.0, 1.5, -1.0)])
def test_functions_of_unequal_diffusivities(make, principal):
    """a u_xx + b u_xy + c u_yy = 0, with values or slopes 0 on the sides of the L's corner."""
    functions = find_singular(
        L_SHAPE, "xy", [make(("x", "y"), 0.0)], False, lambda point: [principal]
    )
    plain = [f.conjugate == 0 and not f.log for f in functions.functions]
    assert sum(plain) > 3
    x = draw()
    x = x[x.norm(dim=1) > 0.1]
    parts = [functions.table(x, index)[:, plain] for index in ((2, 0), (1, 1), (0, 2))]
    left = sum(factor * part for factor, part in zip(principal, parts, strict=True))
    assert left.abs().max() < 1e-11 * max(float(part.abs().max()) for part in parts)
    along = torch.tensor([0.1, 0.5, 0.9], dtype=F64)
    below = torch.stack([-0.0 * along, -along], 1)
    ahead = torch.stack([along, 0.0 * along], 1)
    across, upright = ((0, 0), (0, 0)) if make is dirichlet else ((1, 0), (0, 1))
    assert functions.table(below, across)[:, plain].abs().max() < 1e-12
    assert functions.table(ahead, upright)[:, plain].abs().max() < 1e-12


@pytest.mark.parametrize(
    ("residual", "expected"),
    [
        (lambda u, x, y: -2 * u.dxx - (4 + x) * u.dyy + u.dxdy + u**3, [(1.0, -0.5, 2.5)]),
        (lambda u, v, x, y: (u.dxx + u.dyy + v.dx, v.dxx + 3 * v.dyy), [(1, 0, 1), (1, 0, 3)]),
        (lambda u, v, x, y: (u.dxx + 2 * u.dyy + v.dxdy, v.dxx + v.dyy), [(1, 0, 1)]),
        (lambda u, x, y: u.dxxxx + u.dyyyy + 2 * u.dxx + u.dyy, [(1, 0, 1)]),
        (lambda u, x, y: u.dx + u.dyy, [(1, 0, 1)]),
    ],
)
def test_the_highest_derivatives_at_a_corner(residual, expected):
    problem = read_problem(residual, L_SHAPE, [dirichlet(("x", "y"), 0.0)], {}, {})
    found = problem.principals((1.0, 0.0))
    assert torch.allclose(torch.tensor(found), torch.tensor(expected, dtype=torch.float32))


def test_unequal_diffusivities_on_an_l():
    """u_xx + 4 u_yy is a Laplacian of x and y/2, where the L's corner is as large."""
    s = ew.solve(
        lambda u, x, y: u.dxx + 4 * u.dyy,
        L_SHAPE,
        [dirichlet(("x", "y"), lambda x, y: bend(x, y / 2))],
        tolerance=1e-6,
    )
    x, y = draw().unbind(1)
    assert (s(x, y) - bend(x, y / 2)).abs().max() < 1e-6
    points = torch.stack([x, y], 1)
    assert (s.model(points)[:, 0] - s(x, y)).abs().max() < 1e-9


@pytest.mark.parametrize("shape", [L_SHAPE, RING])
def test_derivatives_of_singular_functions(shape):
    """Those that don't end are harmonic; all derivatives by finite differences."""
    functions = find_singular(shape, "xy", [dirichlet(("x", "y"), 0.0)], outward=True)
    x, h = draw(), 1e-5
    x = x[shape.contains({"x": x[:, 0], "y": x[:, 1]})]
    away = [(x - torch.tensor([f.corner.x, f.corner.y])).norm(dim=1) for f in functions.functions]
    x = x[torch.stack(away).amin(0) > 0.2]
    laplacian = functions.table(x, (2, 0)) + functions.table(x, (0, 2))
    plain = [f.conjugate == 0 and math.isinf(f.corner.reach) for f in functions.functions]
    assert any(f.log for f in functions.functions)
    assert sum(plain) > 5
    assert laplacian[:, plain].abs().max() < 1e-11
    for way, index in (((h, 0.0), (1, 0)), ((0.0, h), (0, 1))):
        step = torch.tensor(way, dtype=F64)
        for more in ((0, 0), (1, 0), (0, 1)):
            apart = functions.table(x + step, more) - functions.table(x - step, more)
            told = functions.table(x, tuple(a + b for a, b in zip(index, more, strict=True)))
            assert torch.allclose(apart / (2 * h), told, rtol=1e-6, atol=1e-6)


def test_functions_on_a_shape_are_orthonormal():
    curves = [Curves.over(-1, 1, 10), Curves.over(-1, 1, 10)]
    nodes = [c.nodes(22) for c in curves]
    x, y = torch.cartesian_prod(*nodes).unbind(1)
    inside = ~((x > 0) & (y < 0))
    singular = find_singular(L_SHAPE, "xy", [dirichlet(("x", "y"), 0.0)], False)
    shape = ShapeCurves((0, 1), tuple(curves), tuple(nodes), inside, singular)
    basis = orthonormalise(shape, [torch.eye(10, dtype=F64)] * 2)
    values = shape.table(basis.points, (0, 0)) @ basis.combined
    gram = values.t() @ values / len(values)
    assert (gram - torch.eye(basis.count, dtype=F64)).abs().max() < 1e-7
    assert (basis.back @ basis.combined - torch.eye(basis.count, dtype=F64)).abs().max() < 1e-7
    # What the first mode of the L is like at its corner, and a polynomial, are among them.
    wanted = singular.table(basis.points, (0, 0))[:, 0] + basis.points[:, 0] ** 3
    assert (values @ (basis.transform @ wanted) - wanted).abs().max() < 1e-9


def bend(x, y):
    """r^(2/3) sin 2θ/3, which is harmonic and 0 on the two sides of the corner of the L."""
    r, angle = (x * x + y * y).sqrt(), torch.remainder(torch.atan2(y, x), 2 * PI)
    return (r ** (2 / 3)) * torch.sin(2 * angle / 3)


def test_poisson_on_an_l():
    """The mean of the solution of -Δu = 1 there is .214075802680976 / 3 (an L of area 3)."""
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy + 1, L_SHAPE, [dirichlet(("x", "y"), 0.0)], tolerance=2e-3
    )
    x = torch.tensor([-0.861136311594053, -0.339981043584856, 0.339981043584856, 0.861136311594053])
    w = torch.tensor([0.347854845137454, 0.652145154862546, 0.652145154862546, 0.347854845137454])
    total = 0.0
    for left, low in ((-1, 0), (0, 0), (-1, -1)):
        for i in range(4):  # each square in 16 parts
            for j in range(4):
                u = left + (i + 0.5 + x / 2) / 4
                v = low + (j + 0.5 + x / 2) / 4
                values = s(u[:, None].double(), v[None].double())
                total += float((values * w[:, None] * w).sum()) / 64
    assert abs(total - 0.214075802680976) < 2e-3 * 0.214
    assert s.error < 2e-3


def test_heat_in_an_l_is_solved_and_saved(tmp_path):
    """What begins as r^(2/3) sin 2θ/3 stays; e^(-2π²t) sin πx sin πy decays."""

    s = ew.solve(
        lambda u, x, y, t: u.dt - u.dxx - u.dyy,
        L_SHAPE & box(t=(0, 0.02)),
        [
            dirichlet(("x", "y"), bend),
            initial(lambda x, y: bend(x, y) + torch.sin(PI * x) * torch.sin(PI * y)),
        ],
        tolerance=1e-2,
    )  # fmt: skip
    x, y = draw().unbind(1)
    truth = bend(x, y) + math.exp(-2 * PI**2 * 0.02) * torch.sin(PI * x) * torch.sin(PI * y)
    true = float((s(x, y, 0.02) - truth).norm() / truth.norm())
    assert true < 1e-2
    assert s.error < 1e-2
    assert float(s(0.0, 0.0, 0.01).abs()) < 1e-2  # at the corner itself
    model, piece = s.models[0], s.pieces[0]
    points = torch.stack([x, y, torch.full_like(x, piece.ends[2][1] / 2)], 1)
    wanted, slope = (piece.evaluate("u", Rows.listed(points), (k, 0, 0)) for k in (0, 1))
    assert (model(points)[:, 0] - wanted).abs().max() < 1e-9
    assert (ew.jets(model, points, 1).derivative(1, 0, 0)[:, 0] - slope).abs().max() < 1e-7
    ew.save(model, tmp_path / "heat.safetensors")
    assert torch.equal(ew.load(tmp_path / "heat.safetensors")(points), model(points))


@pytest.mark.parametrize(("mixed", "count"), [(0.0, 1), (1.99999, 1), (-1.99, 1), (-1.99999, 0)])
def test_corners_that_are_mapped_to_nearly_straight_ones_have_no_functions(mixed, count):
    """Theirs would nearly be polynomials. At -2 the angle is π, at 2 it is 2π."""
    found = find_corners(L_SHAPE, ["x", "y"], lambda point: [(1.0, mixed, 1.0)])
    assert sum(math.hypot(c.x, c.y) < 1e-9 for c in found) == count


def test_earlier_files_of_solutions_with_corners_are_read():
    """They have the bisector's direction and the unit of r instead of ∂z/∂x and ∂z/∂y."""
    singular = find_singular(RING, ["x", "y"], [dirichlet(("x", "y"), 0.0)], outward=True)
    products = SeparableKAN(2, 1, rank=2, basis=ew.Chebyshev(3), seed=0, dtype=F64)
    heights = SeparableKAN(2, len(singular), rank=2, basis=ew.Chebyshev(3), seed=1, dtype=F64)
    model = Cornered.of(products, heights, [0, 1], singular)
    earlier = [
        [*own[:2], cmath.phase(f.corner.by_x.conjugate()), singular.size, *own[6:]]
        for own, f in zip(model.functions, singular.functions, strict=True)
    ]
    points = 2 * torch.rand(50, 2, generator=torch.Generator().manual_seed(0), dtype=F64) - 1
    for functions, like in (
        (earlier, model.functions),
        ([own[:8] for own in earlier], [[*own[:10], 0.0] for own in model.functions]),
        ([own[:7] for own in earlier], [[*own[:9], 0.0, 0.0] for own in model.functions]),
    ):
        found = Cornered.from_config({**model.to_config(), "functions": functions}, dtype=F64)
        found.load_state_dict(model.state_dict())
        wanted = Cornered(products, heights, [0, 1], like)
        assert torch.allclose(found(points), wanted(points), atol=1e-12)
    for count in (0, 6, 10, 12):
        with pytest.raises(ValueError, match=f"expected 11 numbers for each function, got {count}"):
            Cornered.from_config({**model.to_config(), "functions": [[1.0] * count]})


def by_differences(half):
    """Laplace's equation on the ring, 1 inside and 0 outside, five points each: u on a grid."""
    x = np.linspace(-1, 1, 4 * half + 1)
    largest = np.maximum(*np.abs(np.meshgrid(x, x, indexing="ij")))
    free = (largest > 0.5 + 1e-9) & (largest < 1 - 1e-9)
    number = np.cumsum(free.ravel()).reshape(free.shape) - 1
    u = (largest < 0.5 + 1e-9).astype(float)
    matrix, right = 4 * sparse.eye_array(int(free.sum()), format="csr"), np.zeros(int(free.sum()))
    for axis in (0, 1):
        for way in (1, -1):
            beside = np.roll(free, way, axis)[free]
            columns = np.roll(number, way, axis)[free]
            rows = np.arange(len(right))
            matrix = matrix - sparse.csr_array(
                (np.ones(int(beside.sum())), (rows[beside], columns[beside])), matrix.shape
            )
            right += np.where(beside, 0.0, np.roll(u, way, axis)[free])
    u[free] = spsolve(matrix.tocsc(), right)
    return u[:: half // 4, :: half // 4]


def test_a_square_hole():
    """Its corners' functions end before the ray behind them comes out on the other side."""
    coarse, fine = by_differences(16), by_differences(32)
    truth = torch.from_numpy(fine + (fine - coarse) / (2 ** (4 / 3) - 1))  # errors fall as h^(4/3)
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy,
        RING,
        [dirichlet(SQUARE, 0.0), dirichlet(HOLE, 1.0)],
        tolerance=1e-3,
    )
    x = torch.linspace(-1, 1, len(truth), dtype=F64)
    found = s(x[:, None], x[None, :])
    inside = ~found.isnan()
    assert (found - truth)[inside].norm() < 5e-3 * truth[inside].norm()
    assert s.error < 1e-3
    points = torch.cartesian_prod(x, x)[inside.flatten()]
    points = points[points.abs().amax(1) > 0.55]
    wanted = s(*points.unbind(1))
    assert (s.model(points)[:, 0] - wanted).abs().max() < 1e-9


def test_conditions_at_ends_are_residuals_where_a_corner_is():
    """r^(2/3) sin 2θ/3 on an L, given at the ends of x and y and on the inner sides."""

    def at(name, end):
        def value(along):
            other = torch.full_like(along, end)
            return bend(other, along) if name == "x" else bend(along, other)

        return dirichlet(name, value, side="low" if end < 0 else "high")

    ends = [at(name, end) for name in "xy" for end in (-1.0, 1.0)]
    inner = dirichlet(box(x=(0, 1), y=(-1, 0)), bend)
    s = ew.solve(lambda u, x, y: u.dxx + u.dyy, L_SHAPE, [*ends, inner], tolerance=1e-6)
    x, y = draw().unbind(1)
    assert (s(x, y) - bend(x, y)).abs().max() < 1e-6
    assert all(how.startswith("nearly") for how in s.conditions.values())
