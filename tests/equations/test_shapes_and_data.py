"""Shapes, borders, names of derivatives and fits to data, function by function."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch
from test_parts_of_solvers import BOX, DECAY, F64, HEAT, UNIT, close, piece_of, read

import edgewise as ew
from edgewise.equations import inverse
from edgewise.equations.borders import Place, read_borders
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock
from edgewise.equations.correction import _lacking
from edgewise.equations.dense_steps import _normalise, _square, _triangle
from edgewise.equations.fields import Field, read_derivative, read_equation
from edgewise.equations.inverse import Measured, _grow, _Inference, _size, solve_again
from edgewise.equations.parts import evaluate_parts
from edgewise.equations.piece_fits import differ, relative, solve_piece
from edgewise.equations.pieces import VANISHING
from edgewise.equations.shape_makers import box, polygon
from edgewise.equations.shapes import Polygon, Slab, _to_side
from edgewise.equations.space import Rows
from edgewise.equations.unknown_curves import FreeCurve, InferredCurve, UnknownCurve

dirichlet, neumann = ew.equations.dirichlet, ew.equations.neumann
disc, region, holds = ew.equations.disc, ew.equations.region, ew.equations.holds


def points(*rows):
    x, y = torch.tensor(rows, dtype=F64).unbind(1)
    return {"x": x, "y": y}


def generator():
    return torch.Generator().manual_seed(0)


# ---- shapes -----------------------------------------------------------------------------------

SQUARE = box(x=(0, 2), y=(0, 2))
DISC = disc(x=1, y=1, radius=0.5)
RING = disc(x=0, y=0, radius=2) - disc(x=0, y=0, radius=1)
LEFT = polygon("xy", [(0, 0), (2, 0), (0, 1)])


def test_levels_are_distances_near_a_border():
    """To first order: with slope 1, positive inside."""
    step = 1e-6
    for shape, on, inwards in (
        (Slab("x", 1.0, 3.0), (1.0, 0.0), (1.0, 0.0)),
        (Slab("x", 1.0, 3.0), (3.0, 0.0), (-1.0, 0.0)),
        (disc(x=1, y=2, radius=3), (4.0, 2.0), (-1.0, 0.0)),
        (LEFT, (0.7, 0.0), (0.0, 1.0)),
        (RING, (0.0, 1.0), (0.0, 1.0)),
        (SQUARE | disc(x=5, y=5, radius=1), (0.0, 1.0), (1.0, 0.0)),
    ):
        at = [tuple(a + k * step * n for a, n in zip(on, inwards, strict=True)) for k in (-1, 0, 1)]
        found = shape.level(points(*at))
        if not isinstance(shape, type(SQUARE | DISC)):
            close(found, [-step, 0, step], rtol=1e-3, atol=1e-11)
        assert found[0] < 0 < found[2]


def test_unions_and_intersections_have_r_functions():
    both = SQUARE & DISC
    at = points((1.0, 1.0), (0.2, 0.3), (1.2, 1.4), (3.0, 3.0))
    a, b = SQUARE.level(at), DISC.level(at)
    close(both.level(at), a + b - torch.sqrt(a**2 + b**2))
    close((SQUARE | DISC).level(at), a + b + torch.sqrt(a**2 + b**2))
    assert both.contains(at).tolist() == [True, False, True, False]
    assert (SQUARE | DISC).contains(at).tolist() == [True, True, True, False]
    assert (SQUARE - DISC).contains(at).tolist() == [False, True, False, False]
    assert both.bounds == {"x": (0.5, 1.5), "y": (0.5, 1.5)}
    assert (SQUARE | DISC).bounds == {"x": (0.0, 2.0), "y": (0.0, 2.0)}
    assert (SQUARE - DISC).bounds == SQUARE.bounds
    assert (Slab("x", 0.0, 1.0) | SQUARE).bounds == {"x": (0.0, 2.0)}
    assert [s for _, s in (SQUARE - DISC).leaves()] == [1, 1, -1]
    assert [s for _, s in (SQUARE - (DISC - LEFT)).leaves()] == [1, 1, -1, 1]
    assert len((SQUARE - DISC).factors()) == 3
    assert SQUARE.coordinates == ("x", "y")
    assert SQUARE.__or__(3) is SQUARE.__and__(3) is SQUARE.__sub__(3) is NotImplemented


def test_products_of_levels_vanish_along_some_coordinates():
    at = points((0.5, 0.2), (1.0, 1.0))
    x, y = at["x"], at["y"]
    close(SQUARE.vanishing(["x"], at), x * (2 - x) / 2)
    close(SQUARE.vanishing(["x", "y"], at), x * (2 - x) * y * (2 - y) / 4)
    assert SQUARE.vanishing(["z"], at) is None
    assert DISC.vanishing(["x"], at) is None


@pytest.mark.parametrize("corners", [[(0, 0), (2, 0), (0, 1)], [(0, 1), (2, 0), (0, 0)]])
def test_polygons_contain_what_is_within_their_sides(corners):
    shape = polygon("xy", corners)
    at = points((0.5, 0.5), (1.5, 0.3), (-0.1, 0.5), (0.1, 0.1), (1.0, -0.1))
    assert shape.contains(at).tolist() == [True, False, False, True, False]
    assert (shape.level(at) > 0).tolist() == [True, False, False, True, False]
    slope = shape.slope(points((0.7, 0.01), (0.01, 0.4), (1.0, 0.49)))
    close(slope["x"], [0, 1, -1 / 5**0.5])
    close(slope["y"], [1, 0, -2 / 5**0.5])
    drawn = shape.draw_border(400, generator())
    x, y = drawn["x"], drawn["y"]
    on = [(y == 0) & (x >= 0) & (x <= 2), (x == 0) & (y >= 0), ((x + 2 * y - 2).abs() < 1e-12)]
    assert (on[0] | on[1] | on[2]).all()
    length = 3 + 5**0.5
    for chosen, part in zip(on, (2, 1, 5**0.5), strict=True):
        assert float(chosen.double().mean()) == pytest.approx(part / length, abs=0.08)


def test_a_side_has_a_smooth_distance():
    x, y = (
        torch.tensor([1.0, 1.0, 3.0, -1.0], dtype=F64),
        torch.tensor([0.0, 1e-5, 0, 0], dtype=F64),
    )
    found = _to_side(x, y, (0.0, 0.0), (2.0, 0.0))
    assert found[0] == 0
    assert found[1] == pytest.approx(1e-5, rel=1e-4)
    # Off the ends trimmed = -(2² - 1²)/2, and the distance is |trimmed|.
    close(found[2:], [1.5, 1.5])


def test_borders_of_discs_boxes_and_regions_are_drawn():
    ball = DISC.draw_border(200, generator())
    close((ball["x"] - 1) ** 2 + (ball["y"] - 1) ** 2, torch.full((200,), 0.25))
    assert abs(float(ball["x"].mean()) - 1) < 0.1
    ends = Slab("x", 1.0, 3.0).draw_border(6, generator())["x"]
    assert ends.tolist() == [1, 3] * 3
    egg = region(lambda x, y: 1 - x * x - 2 * y * y, x=(-1, 1), y=(-0.5, 1))
    drawn = egg.draw_border(50, generator())
    assert 0 < len(drawn["x"]) <= 50
    close(drawn["x"] ** 2 + 2 * drawn["y"] ** 2, torch.ones(len(drawn["x"])))
    assert drawn["y"].min() >= -0.5
    assert egg.bounds == {"x": (-1.0, 1.0), "y": (-0.5, 1.0)}
    slope = DISC.slope(points((1.5, 1.0), (1.0, 0.6)))
    close(slope["x"], [-1, 0])
    close(slope["y"], [0, 1])
    on = points((1.5, 1.0), (1.0, 1.0), (3.0, 3.0))
    assert DISC.holds_apart(on).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "make",
    [
        lambda: box(x=(1, 1)), lambda: box(x=(0, 1e51)), lambda: box(x=(1, 1 + 1e-13)),
        lambda: box(),
        lambda: box(x=(0, math.inf)), lambda: disc(x=0, y=0, radius=0), lambda: disc(radius=1),
        lambda: polygon("xy", [(0, 0), (1, 1)]), lambda: polygon("x", [(0, 0), (1, 1), (0, 1)]),
    ],
)  # fmt: skip
def test_what_is_no_shape_is_refused(make):
    with pytest.raises(ValueError, match="expected"):
        make()
    assert isinstance(polygon(["x", "y"], [(0, 0), (1, 1), (0, 1)]), Polygon)
    assert isinstance(box(x=(0, 1)), Slab)


# ---- borders ----------------------------------------------------------------------------------

NAMES = ["x", "y"]


def borders_of(condition, domain, fields=("u",)):
    return read_borders(condition, domain, NAMES, list(fields), {})


def test_places_are_parts_of_the_domains_border():
    domain = SQUARE - DISC
    bounds = {"x": (0.0, 2.0), "y": (0.0, 2.0)}
    hole = Place(domain, DISC, -1)
    drawn = hole.draw(30, 0, bounds)
    assert drawn.shape == (30, 2)
    close((drawn - 1).square().sum(1), torch.full((30,), 0.25))
    x, y = drawn.unbind(1)
    normals = hole.normals({"x": x, "y": y})
    close(normals["x"], (1 - x) * 2)  # out of the domain, into the hole
    close(normals["y"], (1 - y) * 2)
    low = Place(domain, Slab("x", 0.0, 2.0), 1, (0,))
    drawn = low.draw(30, 0, bounds)
    assert (drawn[:, 0] == 0).all()
    assert ((drawn[:, 1] > 0) & (drawn[:, 1] < 2)).all()
    high = Place(domain, Slab("x", 0.0, 2.0), 1, (1,)).draw(30, 0, bounds)
    assert (high[:, 0] == 2).all()
    both = Place(domain, Slab("x", 0.0, 2.0), 1).draw(30, 0, bounds)
    assert set(both[:, 0].tolist()) == {0.0, 2.0}
    half = SQUARE - disc(x=0, y=1, radius=0.5)
    part = Place(half, disc(x=0, y=1, radius=0.5), -1).draw(60, 0, bounds)
    assert len(part) > 0
    assert (part[:, 0] > 0).all()


def test_conditions_on_shapes_are_residuals_for_each_field_and_part():
    domain = SQUARE - DISC
    every = borders_of(dirichlet(("x", "y"), 1.0), domain, ("u", "v"))
    assert len(every) == 6
    hole = borders_of(dirichlet(DISC, 1.0), domain)
    assert [b.place.leaf for b in hole] == [DISC]
    assert hole[0].place.sign == -1
    one = borders_of(neumann("x", 2.0, side="high"), domain)
    (border,) = one
    assert border.place.sides == (1,)
    assert border.orders == {"u": ((0, 0), (1, 0))}
    slopes = borders_of(neumann(DISC, 2.0), domain)[0]
    assert slopes.orders == {"u": ((0, 0), (1, 0), (0, 1))}
    at = points((1.5, 1.0), (1.0, 0.5))
    values = {(0, 0): torch.tensor([5.0, 7.0]), (1, 0): torch.tensor([2.0, 3.0]),
              (0, 1): torch.tensor([11.0, 13.0])}  # fmt: skip
    (found,) = slopes.residuals({"u": values}, at, {})
    close(found, [-2.0 - 2, 13.0 - 2])
    mixed = borders_of(ew.equations.robin(DISC, 3.0, 0.5, lambda x, y: x), domain)[0]
    (found,) = mixed.residuals({"u": values}, at, {})
    close(found, [3 * 5 - 0.5 * 2 - 1.5, 3 * 7 + 0.5 * 13 - 1])
    relation = borders_of(holds(lambda u, nx, ny: u.dx * nx + u.dy * ny + u, on=DISC), domain)[0]
    (found,) = relation.residuals({"u": values}, at, {})
    close(found, [-2.0 + 5, 13.0 + 7])
    with pytest.raises(ValueError, match="no border"):
        borders_of(dirichlet(LEFT, 1.0), domain)
    with pytest.raises(ValueError, match="no border"):
        read_borders(dirichlet("z", 1.0), domain, [*NAMES, "z"], ["u"], {})


# ---- names of derivatives ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "coordinates", "index"),
    [
        ("dx", "xt", (1, 0)),
        ("dxxt", "xt", (2, 1)),
        ("dxdtdx", "xt", (2, 1)),
        ("dtt", "xt", (0, 2)),
        ("dxx1", ["x", "x1"], (1, 1)),
        ("dx1x1", ["x", "x1"], (0, 2)),
        ("dd", ["d"], (1,)),
    ],
)
def test_names_of_derivatives_are_read(name, coordinates, index):
    assert read_derivative(name, list(coordinates)) == index


@pytest.mark.parametrize("name", ["d", "dz", "xdx", "dx_", "dxd", "Dx"])
def test_other_names_are_no_derivatives(name):
    with pytest.raises(AttributeError, match="a derivative by x, t"):
        read_derivative(name, ["x", "t"])


def test_equations_know_their_fields_derivatives_and_constants():
    def residual(u, v, x, k, c=2.0):
        return u.dxx + k * v.dx * c, v.dt - u * x

    found = read_equation(residual, ["x", "t"], {"k": 3.0})
    assert found.fields == ("u", "v")
    assert found.constants == ("k",)
    assert found.orders == {"u": ((0, 0), (2, 0)), "v": ((0, 0), (0, 1), (1, 0))}
    assert found.count == 2
    assert found.highest(0, "u") == 2
    assert found.highest(1, "u") == 0
    given = {
        "u": {(0, 0): torch.tensor([1.0, 2.0]), (2, 0): torch.tensor([3.0, 4.0])},
        "v": {(0, 0): torch.zeros(2), (0, 1): torch.tensor([5.0, 6.0]), (1, 0): torch.ones(2)},
    }
    where = {"x": torch.tensor([10.0, 20.0]), "t": torch.zeros(2)}
    one, other = found.evaluate(given, where, {"k": 3.0, "unused": 1.0})
    close(one, [9.0, 10.0])
    close(other, [-5.0, -34.0])
    for bad, error, words in (
        (lambda *a: a, ValueError, "named arguments"),
        (lambda x: x, ValueError, "at least one field"),
        (lambda u, x: (), ValueError, "at least one equation"),
        (lambda u, x: u.mean(), ValueError, "elementwise"),
        (lambda u, x: u > 0, ValueError, "real numbers"),
        (lambda u, x: "no", ValueError, "returns tensors"),
        (3, TypeError, "as a function"),
    ):
        with pytest.raises(error, match=words):
            read_equation(bad, ["x"], {})
    with pytest.raises(ValueError, match="constants that the residual takes"):
        read_equation(lambda u, x: u.dx, ["x"], {"k": 1.0})
    assert read_equation(lambda u, x: 0.0, ["x"], {}).count == 1
    field = Field.make(torch.tensor([1.0, 2.0]), lambda name: torch.tensor([3.0]))
    assert type(field + 1) is torch.Tensor
    close(field.dx, [3.0])
    with pytest.raises(AttributeError, match="a field has no nothing"):
        _ = field.nothing


# ---- curves from data -------------------------------------------------------------------------


def test_unknown_curves_begin_with_their_guess_and_have_errors():
    curves, coefs = UnknownCurve("x", lambda x: 1 + x**2, 9).begin(0.0, 2.0, 5)
    x = torch.linspace(0, 2, 7, dtype=F64)
    table = curves.table(x, 0)[0]
    close(table @ coefs, 1 + x**2)
    close(UnknownCurve("x", 3.0, 9).begin(0.0, 2.0, 4)[1], [3, 0, 0, 0])
    covariance = torch.diag(torch.tensor([0.01, 0.04, 0, 0, 0], dtype=F64))
    made = InferredCurve(curves, coefs, covariance)
    close(made(x), 1 + x**2)
    close(made.error(x), torch.sqrt(0.01 + 0.04 * (x - 1) ** 2))
    assert made(1.0).shape == ()
    assert made(x[:, None]).shape == (7, 1)
    made(2 + 1e-9)
    for bad in (2 + 1e-8, -1e-8):
        with pytest.raises(ValueError, match="within"):
            made(bad)
    for guess in (lambda x: x[:2], math.nan, lambda x: x * math.inf):
        with pytest.raises(ValueError, match="a guess that is a number"):
            UnknownCurve("x", guess, 9).begin(0.0, 2.0, 4)
    assert "5 Chebyshev curves on [0, 2]" in repr(made)


def test_a_free_curve_is_a_field_of_one_coordinate():
    own = Curves.over(0.0, 2.0, 4)
    coefs = torch.tensor([1.0, 0.5, -0.2, 0.1], dtype=F64)
    free = FreeCurve(1, own, coefs, 9)
    both = (Curves.over(0.0, 1.0, 3), Curves.over(0.0, 2.0, 6))
    known = free.space(both, False)
    assert known.shape.numel() == 0
    values = known.coefficients(torch.zeros(0, dtype=F64))
    assert not values[1:].any()
    x = torch.linspace(0, 2, 5, dtype=F64)
    close(both[1].table(x, 0)[0] @ values[0], own.table(x, 0)[0] @ coefs)
    space = free.space(both, True)
    assert space.shape.numel() == 4
    close(space.coefficients(coefs), values)
    grown = _grow(replace(DECAY, curves={"k": free}), "k").curves["k"]
    assert grown.curves.count == 6
    close(grown.coefs, [1, 0.5, -0.2, 0.1, 0, 0])
    assert _grow(replace(DECAY, curves={"k": replace(free, most=5)}), "k") is None
    assert _grow(replace(DECAY, curves={"k": replace(free, most=6)}), "k") is not None


# ---- inverse problems -------------------------------------------------------------------------


def test_sizes_do_not_overflow():
    assert _size(torch.tensor([3.0, 4.0], dtype=F64)) == pytest.approx(math.sqrt(12.5))
    assert _size(torch.tensor([3e200, 4e200], dtype=F64)) == pytest.approx(math.sqrt(12.5) * 1e200)
    assert _size(torch.zeros(3)) == 0


def inference(values, tolerance=1e-6):
    at = torch.linspace(0, 2, len(values), dtype=F64)[:, None]
    data = [Measured("u", at, torch.tensor(values, dtype=F64))]
    return _Inference(DECAY, data, None, tolerance, Clock(math.inf))


def test_criteria_and_tolerances_of_fits_to_data():
    fit = inference([2.0, 1.0, 0.5, 0.2, 0.1])
    size = math.sqrt((4 + 1 + 0.25 + 0.04 + 0.01) / 5)
    assert fit.sizes == fit.scales == [pytest.approx(size)]
    assert fit.precision == inverse.COARSE
    misfits = torch.tensor([0.1, -0.2, 0.1, 0.0, 0.3], dtype=F64)
    at = SimpleNamespace(misfits=misfits, values=torch.zeros(2))
    scatter = size * math.sqrt(0.15 / 5)
    assert fit._scatter(at) == [pytest.approx(scatter)]
    wanted = 2 * (5 * math.log(scatter) + 2 + 2 * 3 / 2)
    assert fit._criterion(at) == pytest.approx(wanted)
    assert fit._needed([scatter]) == pytest.approx(0.2 * scatter / (size * math.sqrt(5)))
    assert fit._needed([1e-12]) == 1e-6
    none = SimpleNamespace(misfits=0 * misfits, values=torch.zeros(2))
    assert fit._scatter(none) == [pytest.approx(1e-6 * size)]
    assert not fit._measure_zeros(at)
    zeros = inference([0.0, 0.0, 0.0])
    assert zeros.scales == [1.0]
    assert zeros._measure_zeros(SimpleNamespace(misfits=torch.full((3,), 0.5, dtype=F64)))
    assert zeros.sizes == zeros.scales == [pytest.approx(0.5)]


def test_fields_are_predicted_by_the_window_of_each_time():
    early, late = (
        piece_of(replace(HEAT, bounds=((0.0, 1.0), ends)), lambda x, t, k=k: k * x + t, (3, 3))
        for k, ends in ((1.0, (0.0, 1.0)), (2.0, (1.0, 2.0)))
    )
    at = torch.tensor([[0.5, 0.2], [0.5, 1.7], [1.0, 0.9]], dtype=F64)
    close(evaluate_parts([early, late], HEAT.time, "u", at), [0.7, 2.7, 1.9])


def test_curves_of_another_solution_are_used_again_if_they_suffice():
    fine, coarse = (Curves.over(0.0, 2.0, n) for n in (20, 4))
    clock = Clock(math.inf)
    solved = solve_piece(DECAY, [fine], None, None, 1e-10, clock.is_over)
    assert solved.converged
    assert solved.newton == 1
    t = torch.linspace(0, 2, 9, dtype=F64)[:, None]
    close(solved.piece.evaluate("u", Rows.listed(t), (0,)), torch.exp(-t[:, 0]))
    (again,) = solve_again(DECAY, [solved.piece], 1e-8, clock)
    close(again.evaluate("u", Rows.listed(t), (0,)), torch.exp(-t[:, 0]))
    poor = solve_piece(DECAY, [coarse], None, None, 1e-10, clock.is_over).piece
    assert solve_again(DECAY, [poor], 1e-8, clock) is None
    assert solve_again(DECAY, [poor], 0.1, clock) is not None


# ---- comparisons ------------------------------------------------------------------------------


def test_pieces_differ_by_mean_squares():
    one, other = (piece_of(HEAT, lambda x, t, k=k: k * x + 0 * t, (3, 3)) for k in (1.0, 3.0))
    rows = Rows.listed(torch.tensor([[0.5, 0.1], [1.0, 2.0]], dtype=F64))
    apart, size = differ(HEAT, one, other, rows)
    close(apart, [(1 + 4) / 2])
    close(size, [(2.25 + 9) / 2])
    assert relative(apart, size) == pytest.approx(math.sqrt(2.5 / 5.625))
    two = relative(torch.tensor([1.0, 4.0]), torch.tensor([4.0, 100.0]))
    assert two == pytest.approx(0.5)
    vanishing = relative(torch.tensor([1e-40, 4.0]), torch.tensor([1e-60, 100.0]))
    assert vanishing == pytest.approx(0.2)


def test_corrections_lack_what_a_part_misses_of_the_conditions():
    problem = read(
        lambda u, x, t: u.dt - u.dxx, BOX,
        [*ew.equations.initial(lambda x: 3 * x), dirichlet("x", lambda t: t, side="low"),
         neumann("x", 5.0, side="high")],
    )  # fmt: skip
    part = piece_of(problem, lambda x, t: x * t + 2 * x**2 + 1, (4, 3))
    more = piece_of(problem, lambda x, t: 0.5 * x + t, (4, 3))
    at = torch.linspace(0, 1, 3, dtype=F64)
    made = {}
    for f in problem.bare_functionals("u", None):
        made[f.axis, f.side] = _lacking(part, "u", f, None)([at])
    close(made[1, 0], 3 * at - 2 * at**2 - 1)
    close(made[0, 0], at - 1)
    close(made[0, 1], 5 - (at + 4))
    (start,) = [f for f in problem.bare_functionals("u", None) if f.axis == 1]
    close(_lacking(part, "u", start, more)([at]), 3 * at - 2 * at**2 - 1 + 0.5 * at + 2)
    ring = read(lambda u, x: u.dxx - u, UNIT, [ew.equations.periodic("x")])
    wave = piece_of(ring, lambda x: x**2, (4,))
    found = [float(_lacking(wave, "u", f, None)([])) for f in ring.bare_functionals("u", None)]
    assert found == pytest.approx([-1, -2])


# ---- dense steps ------------------------------------------------------------------------------


@pytest.mark.parametrize("damping", [0.0, 0.3])
@pytest.mark.parametrize("make", [_square, _triangle])
def test_damped_steps_are_those_of_normal_equations(make, damping):
    """The damping acts on columns of length 1."""
    matrix = torch.randn(30, 5, generator=generator(), dtype=F64) * torch.tensor([1, 10, 0.1, 3, 1])
    values = torch.randn(30, generator=generator(), dtype=F64)
    unit, scale = _normalise(matrix)
    close(unit.square().sum(0), torch.ones(5))
    close(unit * scale, matrix)
    product = unit.t() @ unit + damping * torch.eye(5, dtype=F64)
    wanted = -torch.linalg.solve(product, unit.t() @ values) / scale
    close(make(matrix, values)(damping), wanted, rtol=1e-7)
    zero = torch.cat([matrix, torch.zeros(30, 1, dtype=F64)], 1)
    assert _normalise(zero)[1][-1] == 1
    step = _triangle(zero, values)(damping)
    close(step[:-1], wanted, rtol=1e-6)
    assert step[-1] == 0


@pytest.mark.parametrize(("factor", "scale"), [(1.1, 1.1e-24), (0.9, 1.0)])
def test_fields_below_a_part_of_the_largest_are_measured_by_it(factor, scale):
    size = torch.tensor([factor * VANISHING**2, 1.0], dtype=F64)
    apart = torch.tensor([1e-30, 0.0], dtype=F64)
    assert relative(apart, size) == pytest.approx(math.sqrt(1e-30 / scale))
