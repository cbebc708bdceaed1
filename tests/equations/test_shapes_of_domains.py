"""Domains that aren't boxes: levels, borders, normals, and equations with known solutions."""

from __future__ import annotations

import math
import warnings

import pytest
import torch

import edgewise as ew
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets
from edgewise.equations import (
    SolutionWarning,
    ball,
    box,
    dirichlet,
    disc,
    holds,
    initial,
    neumann,
    polygon,
    region,
)  # fmt: skip
from edgewise.equations.borders import Place
from edgewise.equations.shape_files import describe_shape

PI = math.pi
F64 = torch.float64
SQUARE = box(x=(-1, 1), y=(-1, 1))
HOLE = disc(x=0.2, y=0, radius=0.3)
TRIANGLE = polygon("xy", [(0, 0), (1, 0), (0, 1)])
EGG = region(lambda x, y: (1 - x * x - 4 * y * y) * 0.5, x=(-1.5, 1.5), y=(-1, 1))
SHAPES = {
    "square": (SQUARE, lambda x, y: (x.abs() < 1) & (y.abs() < 1)),
    "disc": (HOLE, lambda x, y: (x - 0.2) ** 2 + y**2 < 0.09),
    "triangle": (TRIANGLE, lambda x, y: (x > 0) & (y > 0) & (x + y < 1)),
    "egg": (EGG, lambda x, y: x**2 + 4 * y**2 < 1),
    "holed": (
        SQUARE - HOLE,
        lambda x, y: (x.abs() < 1) & (y.abs() < 1) & ((x - 0.2) ** 2 + y**2 > 0.09),
    ),
    "joined": (TRIANGLE | HOLE, lambda x, y: (
        ((x > 0) & (y > 0) & (x + y < 1)) | ((x - 0.2) ** 2 + y**2 < 0.09))),
    "both": (TRIANGLE & HOLE, lambda x, y: (
        (x > 0) & (y > 0) & (x + y < 1) & ((x - 0.2) ** 2 + y**2 < 0.09))),
}  # fmt: skip


def cloud(count=500):
    points = 3 * torch.rand(count, 2, dtype=F64, generator=torch.Generator().manual_seed(1)) - 1.5
    return {"x": points[:, 0], "y": points[:, 1]}


@pytest.mark.parametrize("name", SHAPES)
def test_levels_are_positive_inside(name):
    shape, inside = SHAPES[name]
    points = cloud()
    assert torch.equal(shape.contains(points), inside(**points))
    assert torch.equal(shape.level(points) > 0, inside(**points))


@pytest.mark.parametrize("name", SHAPES)
def test_borders_have_normals_that_point_outwards(name):
    shape, inside = SHAPES[name]
    bounds = dict(shape.bounds)
    if name == "joined":
        assert set(bounds) == {"x", "y"}
    for leaf, sign in shape.leaves():
        place = Place(shape, leaf, sign)
        points = place.draw(40, 0, bounds)
        assert len(points) > 3
        named = {"x": points[:, 0], "y": points[:, 1]}
        assert shape.level(named).abs().max() < 1e-8
        normal = place.normals(named)
        assert torch.allclose(normal["x"] ** 2 + normal["y"] ** 2, torch.ones(len(points)).double())
        for way, within in ((1e-4, False), (-1e-4, True)):
            moved = {n: named[n] + way * normal[n] for n in "xy"}
            assert (inside(**moved) == within).float().mean() > 0.9


@pytest.mark.parametrize("name", ["square", "disc", "triangle", "egg"])
def test_levels_rise_with_slope_one(name):
    shape, _ = SHAPES[name]
    (leaf, sign), *_ = shape.leaves()
    place = Place(shape, leaf, sign)
    points = place.draw(20, 3, shape.bounds)
    normals = place.normals({"x": points[:, 0], "y": points[:, 1]})
    points = points - 1e-6 * torch.stack([normals["x"], normals["y"]], 1)
    x = Jets.begin(points, Orders.up_to(1, 2))
    level = shape.level({"x": x[:, 0], "y": x[:, 1]})
    slope = (level.derivative(1, 0) ** 2 + level.derivative(0, 1) ** 2).sqrt()
    low, high = (0.99, 1.01) if name in ("disc", "triangle", "square") else (0.5, 2.5)
    assert bool(((slope > low) & (slope < high)).all())


def test_what_vanishes_on_a_border_is_positive_inside():
    shape = box(x=(-1, 1), y=(-1, 1), t=(0, 1)) - box(x=(0, 1), y=(-1, 0))
    points = {**cloud(), "t": torch.full((500,), 0.5, dtype=F64)}
    inside = shape.contains(points)
    value = shape.vanishing(("x", "y"), points)
    assert (value[inside] > 0).all()
    edge = {"x": torch.zeros(3).double(), "y": torch.tensor([-0.9, -0.5, -0.1]).double()}
    assert shape.vanishing(("x", "y"), {**edge, "t": torch.zeros(3).double()}).abs().max() < 1e-14
    at_start = {"x": torch.full((1,), -0.5).double(), "y": torch.full((1,), 0.5).double()}
    assert shape.vanishing(("x", "y"), {**at_start, "t": torch.zeros(1).double()}) > 0.1


def solve(*given, **settings):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SolutionWarning)
        return ew.solve(*given, **settings)


def harmonic(x, y):
    return torch.exp(x) * torch.cos(y)


def laplace(u, x, y):
    return u.dxx + u.dyy


def judge(solution, truth):
    """The relative error at points of the domain, outside of which there is none."""
    points = cloud()
    x, y = (points[n] for n in "xy")
    low, high = torch.tensor(solution.problem.bounds, dtype=F64).unbind(1)
    within = (x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1])
    found, wanted = solution(x[within], y[within]), truth(x[within], y[within])
    told = solution.problem.contains(torch.stack([x[within], y[within]], 1))
    assert torch.equal(found.isnan(), ~told)
    return float((found[told] - wanted[told]).norm() / wanted[told].norm())


@pytest.mark.parametrize(
    "conditions",
    [
        [dirichlet(("x", "y"), harmonic)],
        [dirichlet(SQUARE, harmonic), holds(lambda u, nx, ny, x, y: (
            u.dx * nx + u.dy * ny - harmonic(x, y) * nx + torch.exp(x) * torch.sin(y) * ny), HOLE)],
        [dirichlet(SQUARE, harmonic), dirichlet(HOLE, harmonic)],
    ],
)  # fmt: skip
def test_curves_solve_on_a_holed_square(conditions):
    s = ew.solve(laplace, SQUARE - HOLE, conditions, tolerance=1e-7)
    true = judge(s, harmonic)
    assert true < 1e-7
    assert all(how.startswith("nearly") for how in s.conditions.values())


def test_slopes_on_a_disc():
    def slope(x, y):  # of x² - y², outwards
        return 2 * (x * x - y * y)

    around = disc(x=0, y=0, radius=1)
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy - u + x * x - y * y, around,
        [neumann(("x", "y"), slope)], tolerance=1e-8,
    )  # fmt: skip
    assert judge(s, lambda x, y: x * x - y * y) < 1e-8


def test_networks_obey_curved_borders_exactly():
    s = solve(
        laplace, SQUARE - HOLE, [dirichlet(SQUARE, harmonic), dirichlet(HOLE, harmonic)],
        model=ew.KAN([2, 4, 1], basis=ew.Chebyshev(6), init="line", seed=0, dtype=F64),
        seconds=2, tolerance=1e-4,
    )  # fmt: skip
    assert set(s.conditions.values()) == {"by construction"}
    angle = torch.linspace(0, 6, 20, dtype=F64)
    x, y = 0.2 + 0.3 * angle.cos(), 0.3 * angle.sin()
    points = torch.stack([x, y], 1)
    assert (s.model(points)[:, 0] - harmonic(x, y)).abs().max() < 1e-12
    assert judge(s, harmonic) < 1e-2


def test_errors_of_shapes():
    with pytest.raises(ValueError, match="intersect it with a box"):
        ew.solve(laplace, ball(x=0, radius=1) & (SQUARE - HOLE | disc(x=0, radius=1)), [])
    with pytest.raises(ValueError, match="stays the same in t"):
        ew.solve(
            lambda u, x, t: u.dt,
            box(x=(0, 1), t=(0, 1)) - disc(x=0, t=0, radius=0.5),
            [initial(0.0)],
        )
    with pytest.raises(ValueError, match="at least 3 rows"):
        polygon("xy", [(0, 0), (1, 1)])
    with pytest.raises(ValueError, match="positive radius"):
        disc(x=0, y=0, radius=0)
    with pytest.raises(ValueError, match="where it has no border"):
        ew.solve(laplace, SQUARE, [dirichlet(HOLE, 0.0)])


def test_heat_in_windows_on_a_shape():
    """A cosine decays; the initial value is never looked at outside."""

    def begin(x):
        return torch.where(x.abs() > 1, torch.nan, torch.cos(PI / 2 * x))

    rod = region(lambda x: (1 - x * x) * 0.5, x=(-1.5, 1.5))
    s = ew.solve(
        lambda u, x, t: u.dt - u.dxx, rod & box(t=(0, 0.2)),
        [dirichlet(rod, 0.0), initial(begin)], tolerance=1e-4, seconds=20,
    )  # fmt: skip
    x = torch.linspace(-0.9, 0.9, 7, dtype=F64)
    truth = begin(x) * math.exp(-(PI**2) / 4 * 0.2)
    assert (s(x, 0.2) - truth).norm() / truth.norm() < 3e-4
    assert bool(s(1.2, 0.1).isnan())


def test_files_keep_solutions_on_shapes(tmp_path):
    corner = polygon("xy", [(0.6, 1), (1, 0.6), (1, 1)])

    def solve(inner, model):
        conditions = [dirichlet(SQUARE, 0.0), dirichlet(corner, 0.0), dirichlet(HOLE, inner)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SolutionWarning)
            return ew.solve(
                lambda u, x, y: u.dxx + u.dyy, SQUARE - HOLE - corner, conditions, model=model,
                seconds=0.3,
            )  # fmt: skip

    s, path = solve(1.0, "kan"), tmp_path / "solution.safetensors"
    ew.save(s.model, path)
    x = torch.stack(list(cloud().values()), 1)
    assert torch.equal(ew.load(path)(x), s.model(x))
    small = ew.KAN([2, 2, 1], basis=ew.Chebyshev(3), dtype=F64, seed=0)
    with pytest.raises(ValueError, match="numbers as values on the border of a shape, got a func"):
        ew.save(solve(lambda x, y: 1 + x, small).model, path)
    with pytest.raises(ValueError, match="boxes, balls and polygons, got a region"):
        describe_shape(SQUARE - EGG)
