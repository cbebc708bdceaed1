"""Residuals and their derivatives, conditions, answers and charts of solutions, piece by piece."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from test_parts_of_solvers import BOX, F64, HEAT, UNIT, close, piece_of, read

import edgewise as ew
from edgewise.equations.answer import Solution
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Step
from edgewise.equations.conditions import call_by_name, call_value, read_conditions
from edgewise.equations.construct import build_network
from edgewise.equations.descent import _Descent, descend_fit
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.network_training import NetworkPart, PointDrawing
from edgewise.equations.residual_sizes import measure_distance, measure_terms, weigh_residuals
from edgewise.equations.solution_charts import (
    CELLS,
    SLICES,
    _cells,
    _choose_colours,
    _describe,
    _fill,
    _list_slices,
    draw_history,
    draw_map,
    draw_points,
    draw_residuals,
    draw_slices,
    find_ranges,
    sample_residuals,
)
from edgewise.equations.solution_charts import Residuals as Sampled
from edgewise.equations.space import Rows
from edgewise.equations.stretching import _forcing, _profile, _sample_conditions, _sample_given
from edgewise.nn.derivatives import jets
from edgewise.nn.stretch import Stretch

dirichlet, neumann = ew.equations.dirichlet, ew.equations.neumann
initial, periodic, robin = ew.equations.initial, ew.equations.periodic, ew.equations.robin


# ---- the residuals of a fit -------------------------------------------------------------------


def burgers(u, x, t, k):
    return u.dt + u * u.dx - k * u.dxx - 0.1 * x


def fit_of(residual=burgers, conditions=(), unknowns=None, counts=(7, 6), domain=BOX):
    given = conditions or [*initial(lambda x: torch.sin(math.pi * x)), dirichlet("x", 0.3)]
    problem = read_problem(residual, domain, list(given), {}, unknowns or {})
    curves = tuple(Curves.over(*ends, n) for ends, n in zip(problem.bounds, counts, strict=True))
    return problem, EquationFit(problem, curves, problem.spaces(curves, None, unknown=True))


def random(count, seed=0):
    return torch.randn(count, generator=torch.Generator().manual_seed(seed), dtype=F64)


def test_residuals_are_those_of_the_equation_at_points_inside():
    _, fit = fit_of(unknowns={"k": 0.7})
    free = torch.cat([0.1 * random(len(fit) - 1), torch.tensor([0.4], dtype=F64)])
    (block,) = fit.blocks
    coefs = fit.coefficients(free)["u"]
    x, t = (block.rows.coordinate(a).expand(block.rows.shape) for a in (0, 1))
    sampled = {i: block.sampled.evaluate(coefs, i) for i in [(0, 0), (1, 0), (2, 0), (0, 1)]}
    wanted = sampled[0, 1] + sampled[0, 0] * sampled[1, 0] - 0.4 * sampled[2, 0] - 0.1 * x
    close(fit.residuals(free), wanted.reshape(-1) / x.numel() ** 0.5)
    assert x.min() >= 0
    assert t.max() <= 2


def test_derivatives_of_residuals_are_those_of_finite_differences():
    _, fit = fit_of(
        unknowns={"k": 0.7, "c": 0.2},
        residual=lambda u, x, t, k, c: u.dt + c * u * u.dx - k**2 * u.dxx + torch.exp(c * x),
    )
    free = torch.cat([0.1 * random(len(fit) - 2), torch.tensor([0.4, -0.3], dtype=F64)])

    def along(step):
        return (fit.residuals(free + 1e-5 * step) - fit.residuals(free - 1e-5 * step)) / 2e-5

    units = torch.eye(len(free), dtype=F64)
    by_unknowns = torch.stack([along(units[-2]), along(units[-1])], 1)
    close(fit.by_unknowns(free), by_unknowns, rtol=1e-6, atol=1e-8)
    step = torch.cat([random(len(free) - 2, 1), torch.zeros(2, dtype=F64)])
    coefs = fit.spaces["u"].combine(step[:-2].reshape(fit.spaces["u"].shape))
    close(fit.change(free, {"u": coefs}), along(step), rtol=1e-6, atol=1e-8)
    assert not fit.change(free, {}).any()
    blocks, values = fit.linearise(free)
    close(values, fit.residuals(free))
    found = torch.cat([b.apply(step[:-2]) for b in blocks])
    close(found, along(step), rtol=1e-6, atol=1e-8)
    assert not fit.is_linear


def test_linear_equations_are_known():
    _, fit = fit_of(lambda u, x, t: u.dt - x * u.dxx + torch.sin(t))
    assert fit.is_linear
    _, fit = fit_of(lambda u, x, t: u.dt - u.dxx + u**2)
    assert not fit.is_linear


def test_even_residuals_have_derivatives_of_one_size():
    problem, fit = fit_of(
        lambda u, x: (1 + 50 * x) * u.dxx - 1, [dirichlet("x", 0.3)], counts=(9,), domain=UNIT
    )
    even = EquationFit(replace(problem, jumps=({0: 0.0},)), fit.curves, fit.spaces)
    (block,) = even.blocks
    found, _ = even.linearise(torch.zeros(len(even), dtype=F64))
    matrix = torch.stack([found[0].apply(unit) for unit in torch.eye(len(even), dtype=F64)], 1)
    sizes = matrix.square().sum(1).sqrt()
    assert sizes.max() / sizes.min() < 1 + 1e-6
    assert fit.blocks[0].even is None
    assert block.even.median() == pytest.approx(1)


# ---- sizes ------------------------------------------------------------------------------------


def test_distances_from_jumps_are_relative_to_the_domain():
    problem = read(lambda u, x, t: u.dt + 3 * u.dx, {"x": (1.0, 3.0), "t": (2.0, 6.0)},
                   [*initial(0.0), dirichlet("x", 1.0, side="low")])  # fmt: skip
    jumping = replace(problem, jumps=({0: 1.0, 1: 2.0},))
    rows = Rows.listed(torch.tensor([[1.0, 2.0], [2.0, 2.0], [1.6, 3.6], [3.0, 6.0]], dtype=F64))
    close(measure_distance(jumping, rows), [0, 0.5, 0.5, 1])
    two = replace(problem, jumps=({0: 1.0, 1: 2.0}, {0: 3.0}))
    close(measure_distance(two, rows), [0, 0.5, 0.5, 0])
    piece = piece_of(problem, lambda x, t: x**2 + 4 * t, (4, 4))
    plain = 4 + 6 * rows.coordinate(0)
    close(weigh_residuals(jumping, piece, rows)[0], torch.tensor([0, 0.5, 0.5, 1]) * plain)
    terms = 4 + 3 * float((2 * rows.coordinate(0)).square().mean().sqrt())
    assert measure_terms(problem, piece, rows) == pytest.approx(terms)


# ---- conditions -------------------------------------------------------------------------------


def test_conditions_have_normals_sides_and_values():
    problem = read(
        lambda u, x, y: u.dxx + u.dyy, {"x": (0.0, 1.0), "y": (0.0, 2.0)},
        [neumann("x", lambda y: y), robin("y", 2.0, 3.0, 5.0, side="high"), dirichlet("y", 0.0,
                                                                                  side="low")],
    )  # fmt: skip
    made = {(f.axis, f.side): f for f in problem.functionals("u", None)}
    assert set(made) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert made[0, 0].terms == {1: -1.0}
    assert made[0, 1].terms == {1: 1.0}
    assert made[1, 1].terms == {0: 2.0, 1: 3.0}
    close(made[0, 0].value([torch.tensor([0.5, 2.0], dtype=F64)]), [0.5, 2.0])
    close(made[1, 1].value([torch.tensor([0.5, 1.0], dtype=F64)]), [5.0, 5.0])
    wave = read(lambda u, x, t: u.dtt - u.dxx, BOX, [*initial(1.0, 2.0), periodic("x")])
    found = wave.functionals("u", None)
    assert [f.terms for f in found] == [{0: 1.0}, {1: 1.0}, {0: 1.0}, {1: 1.0}]
    assert [f.side for f in found] == [None, None, 0, 0]
    assert [f.axis for f in found] == [0, 0, 1, 1]
    assert wave.repeats(0)
    assert not wave.repeats(1)
    before = piece_of(wave, lambda x, t: torch.sin(x) * t**2, (9, 5))
    later = wave.functionals("u", before)
    x = torch.linspace(0, 1, 4, dtype=F64)
    assert [f.terms for f in later[2:]] == [{0: 1.0}, {1: 1.0}]
    for f, wanted in zip(later[2:], (4 * torch.sin(x), 4 * torch.sin(x)), strict=True):
        close(f.value([x]), wanted)


def test_only_periodic_fields_repeat():
    def coupled(u, v, x):
        return u.dxx + v, v.dxx - u + torch.sin(2 * math.pi * x)

    both = read(coupled, UNIT, [periodic("x")])
    assert both.repeats(0)
    one = read(coupled, UNIT, [periodic("x", field="u"), dirichlet("x", 0.0, field="v")])
    assert not one.repeats(0)
    each = read(coupled, UNIT, [periodic("x", field="u"), periodic("x", field="v")])
    assert each.repeats(0)


def test_values_take_coordinates_by_name_or_in_order():
    points = {"x": torch.tensor([1.0, 2.0]), "y": torch.tensor([3.0, 5.0])}
    close(call_value(lambda y, x: y - x, points), [2, 3])
    close(call_value(lambda a, b: a - b, points), [-2, -3])
    close(call_value(lambda y: y, points), [3, 5])
    close(call_value(2.5, points), [2.5, 2.5])
    assert call_value(2.5, {}).shape == ()
    assert call_by_name(3, points) == 3.0
    close(call_value(torch.sin, {"x": points["x"]}), torch.sin(points["x"]))
    for value, words in (
        (lambda x: None, "got None"),
        (lambda a, b, c: a, "as a function of x, y"),
        (lambda x: torch.zeros(3), "of the points' shape"),
    ):
        with pytest.raises(ValueError, match=words):
            call_value(value, points)


def test_initial_values_are_those_of_the_field():
    rows = Rows.listed(torch.tensor([[0.25, 0.0], [0.5, 1.0]], dtype=F64))
    close(HEAT.initial_values("u", rows), [math.sin(math.pi / 4), 1])
    wave = read(lambda u, x, t: u.dtt - u.dxx, BOX, [*initial(1.0, 2.0), dirichlet("x", 0.0)])
    close(wave.initial_values("u", rows), [1, 1])
    steady = read(lambda u, x: u.dxx, UNIT, [dirichlet("x", 0.0)])
    assert steady.initial_values("u", Rows.listed(torch.zeros(2, 1, dtype=F64))).isnan().all()
    assert [c.field for c in initial({"u": 1.0, "v": 0.0}, {"v": 3.0})] == ["u", "v", "v"]
    assert [c.terms for c in initial({"u": 1.0, "v": 0.0}, {"v": 3.0})] == [
        {0: 1.0}, {0: 1.0}, {1: 1.0},
    ]  # fmt: skip


def test_conditions_are_flattened_and_checked():
    flat = read_conditions([initial(1.0, 2.0), dirichlet("x", 0.0)], ["x", "t"], ["u"])
    assert [c.kind for c in flat] == ["initial", "initial", "dirichlet"]
    for bad, error, words in (
        (dirichlet("x", 0.0), TypeError, "a list of conditions"),
        ([3], TypeError, "got 3"),
        ([dirichlet("y", 0.0)], ValueError, "on coordinates of the domain"),
        ([dirichlet("x", 0.0, field="v")], ValueError, "the residual's fields"),
        ([dirichlet("x", math.nan)], ValueError, "nan"),
    ):
        with pytest.raises(error, match=words):
            read_conditions(bad, ["x", "t"], ["u"])


def test_unknown_numbers_are_guessed_and_become_known():
    problem = read_problem(burgers, BOX, list(HEAT.conditions), {}, {"k": 0.7})
    close(problem.unknown_values(), [0.7])
    other = problem.guessing(torch.tensor([0.2], dtype=F64))
    assert other.unknowns == {"k": pytest.approx(0.2)}
    known = problem.with_known(torch.tensor([0.3], dtype=F64))
    assert known.unknowns == {}
    assert known.constants == {"k": pytest.approx(0.3)}


# ---- lines along a coordinate -----------------------------------------------------------------


def test_forcing_is_what_varies_along_a_coordinate():
    problem = read(lambda u, x, t: u.dt - torch.exp(x) * u.dxx + 5 * torch.sin(t), BOX,
                   [*initial(0.0), dirichlet("x", 0.0)])  # fmt: skip
    x, t = torch.linspace(0, 1, 5, dtype=F64), torch.linspace(0, 2, 4, dtype=F64)
    rows = Rows.product([x, t])
    # With all derivatives 0 only sin(t) is left, which doesn't vary along x; with all 1 exp(x) is.
    (found,) = [
        f for f in _forcing(problem, rows, 0) if f.abs().max() > 0.5 and f.std(0).min() > 0.1
    ]
    wanted = -(torch.exp(x) - torch.exp(x).mean())
    close(found, (wanted / wanted.abs().max())[:, None].expand(5, 4))
    own, _ = _forcing(problem, rows, 1)
    wanted = torch.sin(t) - torch.sin(t).mean()
    close(own, (wanted / wanted.abs().max())[:, None].expand(4, 5))


def test_conditions_are_lines_along_the_other_coordinates():
    problem = read(lambda u, x, t: u.dt - u.dxx, BOX,
                   [*initial(lambda x: 3 * x * (1 - x)),
                    dirichlet("x", lambda t: 2 * t)])  # fmt: skip
    x, t = torch.linspace(0, 1, 5, dtype=F64), torch.linspace(0, 2, 4, dtype=F64)
    (start,) = _sample_conditions(problem, [x, t], 0, False)
    close(start[:, 0], 4 * x * (1 - x))
    assert _sample_conditions(problem, [x, t], 0, True) == []
    low, high = _sample_conditions(problem, [x, t], 1, True)
    close(low[:, 0], t / 2)
    close(high[:, 0], t / 2)
    given = _sample_given(problem, 0, x)
    assert given.shape == (5, 2)
    assert not given[:, 0].any()
    close(given[:, 1], 4 * x * (1 - x))


def test_profiles_are_the_solution_and_what_is_given_at_its_height():
    problem = read(lambda u, x, t: u.dt - u.dxx, BOX,
                   [*initial(lambda x: 3 * x * (1 - x)), dirichlet("x", 0.0)])  # fmt: skip
    piece = piece_of(problem, lambda x, t: 7 * x * (1 - x) * (2 - t), (5, 4))
    x = torch.tensor([-0.1, 0.0, 0.25, 0.5, 1.0, 1.2], dtype=F64)
    found = _profile(problem, piece, 0)(x)
    inside = x.clamp(0, 1)
    size = 7 * 0.25 * 2
    close(found[:, 0] / found[:, 0].max(), 4 * inside * (1 - inside))
    assert float(found.abs().max()) == pytest.approx(size)
    close(found[:, -1], size * 4 * inside * (1 - inside))
    later = piece_of(replace(problem, bounds=((0.0, 1.0), (1.0, 2.0))),
                     lambda x, t: 7 * x * (1 - x) * (2 - t), (5, 4))  # fmt: skip
    assert _profile(problem, later, 0)(x).shape[1] == found.shape[1] - 1


# ---- answers ----------------------------------------------------------------------------------


def solved(function=lambda x, t: torch.exp(x) * (t - 1), history=(), **changes):
    given = {"pieces": [piece_of(HEAT, function, (12, 4))], "reached": 2.0, **changes}
    return Solution(
        problem=HEAT, error=1e-9, tolerance=1e-6, residual=1e-9, conditions={}, history=history,
        seconds=1.0, **given,
    )  # fmt: skip


def test_a_solution_has_fields_derivatives_and_nothing_else():
    found = solved()
    x, t = torch.tensor([0.2, 0.7], dtype=F64), torch.tensor([0.5, 2.0], dtype=F64)
    wanted = torch.exp(x) * (t - 1)
    close(found(x, t), wanted)
    close(found(x, t=t), wanted)
    close(found.u.dx(x, t), wanted)
    close(found.u.dxt(x, t), torch.exp(x), rtol=1e-7)
    close(found.u.dx.dx(x, t), wanted, rtol=1e-6)
    assert found(x[:, None], t).shape == (2, 2)
    assert found.fields == ("u",)
    assert "u" in dir(found)
    for name in ("v", "_u", "_nothing"):
        assert not hasattr(found, name)
    assert not hasattr(found.u, "nothing")
    assert found.windows == [(0.0, 2.0)]
    assert found.model is not None
    with pytest.raises(ValueError, match="2 windows"):
        _ = solved(pieces=[*found.pieces, *found.pieces]).model


def test_points_outside_are_refused():
    found = solved(reached=1.5)
    inside = torch.tensor([0.0, 1.0], dtype=F64)
    found(inside, 1.5)
    found(inside + 0.9e-9, 1.5)
    for x, t in ((inside + 1.1e-9, 1.0), (inside - 1.1e-9, 1.0), (inside, 1.5001), (inside, -0.1)):
        with pytest.raises(ValueError, match="a solution expected"):
            found(x, t)
    for points, named in (((inside,), {}), ((inside, 1.0, 1.0), {}), ((inside,), {"y": 1.0})):
        with pytest.raises(ValueError, match="expected points x, t"):
            found(*points, **named)


def test_windows_are_read_at_their_own_times():
    bounds = ((0.0, 1.0), (0.0, 2.0))
    early, late = (
        piece_of(replace(HEAT, bounds=(bounds[0], ends)), lambda x, t, k=k: k + 0 * x, (3, 3))
        for k, ends in ((1.0, (0.0, 1.0)), (2.0, (1.0, 2.0)))
    )
    found = solved(pieces=[early, late])
    close(found(0.5, torch.tensor([0.0, 0.9, 1.1, 2.0])), [1, 1, 2, 2])
    assert found.windows == [(0.0, 1.0), (1.0, 2.0)]


# ---- charts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (-2.0, 1.0, (-2.0, 2.0, (-1, 1))),
        (-1.0, 2.0, (-2.0, 2.0, (-1, 1))),
        (0.9, 3.0, (0.0, 3.0, (0, 1))),
        (1.1, 3.0, (1.1, 3.0, (0, 1))),
        (0.0, 0.0, (0.0, 0.0, (0, 1))),
        (-3.0, -0.9, (-3.0, 0.0, (-1, 0))),
        (-3.0, -1.1, (-3.0, -1.1, (-1, 0))),
    ],
)
def test_colours_begin_at_0_or_at_the_nearest_value(low, high, wanted):
    assert _choose_colours(low, high) == wanted


def test_maps_show_the_field_at_the_middle_of_cells():
    found = solved(lambda x, t: 4 * x - t)
    chart = draw_map(found, "u")
    (cells,) = chart.marks
    x, t = (_cells(ends).numpy() for ends in ((0.0, 1.0), (0.0, 2.0)))
    values = 4 * x[:, None] - t
    np.testing.assert_allclose(cells.depth, values / values.max())
    assert cells.shown.all()
    assert chart.key.ends == pytest.approx((-values.max(), values.max()))
    assert chart.title == "u over x and t"


def test_cells_slices_and_fillings():
    close(_cells((1.0, 3.0))[[0, -1]], [1 + 1 / CELLS, 3 - 1 / CELLS])
    found = solved(reached=1.0)
    assert find_ranges(found) == [(0.0, 1.0), (0.0, 1.0)]
    assert find_ranges(solved(reached=None)) == [(0.0, 1.0), (0.0, 2.0)]
    close(_fill(found, torch.tensor([[0.1], [0.9]], dtype=F64)), [[0.1, 0.5], [0.9, 0.5]])
    slices = _list_slices(found)
    assert len(slices) == SLICES
    assert slices[0][1] == "t = 0"
    assert slices[-1][1] == "t = 1"
    close(slices[-1][0][:, 1], torch.ones(len(slices[-1][0])))
    close(slices[0][0][[0, -1], 0], [0, 1])
    assert _describe(found, torch.tensor([0.5, 1.0]), 2.0) == "x 0.5, t 1: 2"
    assert _describe(found, torch.tensor([0.5, 1.0]), math.nan) == "x 0.5, t 1: outside"
    lines = draw_slices(found, "u").marks
    assert len(lines) == SLICES
    assert [line.label for line in lines[1:-1]] == [None] * (SLICES - 2)
    assert lines[0].label == "t = 0"
    assert lines[-1].alpha == pytest.approx(1)
    assert lines[0].alpha == pytest.approx(0.35 + 0.65 / SLICES)
    np.testing.assert_allclose(lines[0].y, -np.exp(lines[0].x))


def test_residuals_are_drawn_by_the_largest_in_each_cell():
    found = solved(lambda x, t: x**2 * t)  # u.dt - u.dxx = x² - 2t
    sampled = sample_residuals(found)
    x, t = sampled.points.unbind(1)
    np.testing.assert_allclose(sampled.sizes, (x**2 - 2 * t).abs().numpy(), atol=1e-9)
    points = torch.tensor([[0.0, 0.0], [0.001, 1.0], [0.999, 0.5], [1.0, 2.0]], dtype=F64)
    chart = draw_residuals(found, Sampled(points, np.array([1.0, 3.0, 0.0, 2.0])), 0)
    (line,) = chart.marks
    assert line.y[0] == 3
    assert line.y[-1] == 2
    assert np.isnan(line.y[1:-1]).all()
    np.testing.assert_allclose(line.x[[0, -1]], [0.5 / CELLS, 1 - 0.5 / CELLS])


def test_the_density_of_points_is_1_where_they_are_even():
    found = solved()
    (line,) = draw_points(found, 0).marks
    assert line.y.mean() == pytest.approx(1)
    assert line.y[0] > 1.5
    assert line.y[CELLS // 2] < 0.9
    np.testing.assert_allclose(line.x[[0, -1]], [0.5 / CELLS, 1 - 0.5 / CELLS])


def test_the_history_has_the_finite_residuals():
    steps = [Step((3, 3), None, 1, r, k + 0.5) for k, r in enumerate((1.0, math.inf, 0.1))]
    (dots,) = draw_history(solved(history=steps)).marks
    np.testing.assert_allclose(dots.x, [0.5, 2.5])
    np.testing.assert_allclose(dots.y, [1, 0.1])
    assert draw_history(solved(history=steps[:2])) is None


# ---- equations on shapes, several fields ------------------------------------------------------

TRIANGLE = ew.equations.polygon("xy", [(1, 0), (2, 0), (1, 1)])


def on_triangle(residual, unknowns=None):
    return read_problem(residual, TRIANGLE, [dirichlet(TRIANGLE, 0.0)], {}, unknowns or {})


@pytest.mark.parametrize(
    ("residual", "wanted"),
    [
        (lambda u, x, y: 2 * u.dxx + 3 * u.dxy + 4 * u.dyy + u**2, [(1, 1.5, 2)]),
        (lambda u, x, y: x * u.dxx + y * u.dxy + u.dyy, [(1, 0.25, 0.5)]),
        (lambda u, x, y: u.dyy + u.dx, [(1, 0, 1)]),
        (lambda u, x, y: u.dxxxx + u.dyy, [(1, 0, 1)]),
        (lambda u, x, y: u.dx + u.dy, [(1, 0, 1)]),
        (lambda u, v, x, y: (u.dxx + 3 * u.dyy, 2 * v.dxx + 6 * v.dyy), [(1, 0, 3)]),
        (lambda u, v, x, y: (u.dxx + 3 * u.dyy, v.dxx + v.dyy), [(1, 0, 3), (1, 0, 1)]),
        (lambda u, v, x, y: (u.dxx + 3 * v.dyy, v.dxx + v.dyy), [(1, 0, 1)]),
    ],
)
def test_second_derivatives_at_a_corner(residual, wanted):
    found = on_triangle(residual).principals((2.0, 0.5))
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other)
    if wanted == [(1, 1.5, 2)]:
        guessed = on_triangle(lambda u, x, y, k: u.dxx + k * u.dyy, {"k": 0.5})
        assert guessed.principals((2.0, 0.5)) == [pytest.approx((1, 0, 0.5))]


def test_conditions_on_a_border_count_as_much_as_the_equation():
    problem = on_triangle(lambda u, x, y: 1e6 * (u.dxx + u.dyy) - 1)
    curves = tuple(Curves.over(*ends, 5) for ends in problem.bounds)
    fit = EquationFit(problem, curves, problem.spaces(curves, None, unknown=True))
    inside, *borders = (
        float(block.matrix().square().sum())
        for block in fit.linearise(torch.zeros(len(fit), dtype=F64))[0]
    )
    assert borders
    np.testing.assert_allclose(borders, inside, rtol=1e-6)
    assert fit.blocks[0].weight == 1
    points = torch.cat([block.rows.coordinate(0).reshape(-1) for block in fit.blocks[1:]])
    assert points.min() == pytest.approx(1, abs=1e-9)
    inner = problem.inner(curves)
    x, y = inner.coordinate(0).reshape(-1), inner.coordinate(1).reshape(-1)
    assert (x + y <= 2 + 1e-9).all()
    drawn = problem.draw(300, 0)
    x, y = drawn.coordinate(0), drawn.coordinate(1)
    assert len(x) == 300
    assert ((x >= 1) & (y >= 0) & (x + y <= 2)).all()
    near = torch.tensor([[0.99, 0.5], [1.5, 0.2]], dtype=F64)
    assert problem.contains(near).tolist() == [False, True]
    assert problem.contains(near, 0.02).tolist() == [True, True]
    assert HEAT.contains(near).all()


def test_two_equations_of_two_fields_have_all_their_derivatives():
    def coupled(u, v, x):
        return u.dxx + u * v, v.dxx - u.dx * v

    problem = read(coupled, UNIT, [dirichlet("x", 0.5)])
    curves = (Curves.over(0.0, 1.0, 7),)
    fit = EquationFit(problem, curves, problem.spaces(curves, None, unknown=True))
    free = 0.1 * random(len(fit))
    blocks, values = fit.linearise(free)
    close(values, fit.residuals(free))
    step = random(len(fit), 3)
    along = (fit.residuals(free + 1e-5 * step) - fit.residuals(free - 1e-5 * step)) / 2e-5
    close(blocks[0].apply(step), along, rtol=1e-6, atol=1e-8)


def fit_line(residual, counts=9, goal=1e-9, steps=30, out_of_time=lambda: False):
    problem = read(residual, UNIT, [dirichlet("x", 0.0)])
    curves = (Curves.over(0.0, 1.0, counts),)
    fit = EquationFit(problem, curves, problem.spaces(curves, None, unknown=True))
    start = torch.zeros(len(fit), dtype=F64)
    return fit, descend_fit(fit, start, goal=goal, steps=steps, out_of_time=out_of_time)


def test_a_linear_fit_is_least_squares_in_one_step():
    fit, found = fit_line(lambda u, x: u.dxx - u - torch.exp(5 * x))
    start = torch.zeros(len(fit), dtype=F64)
    blocks, values = fit.linearise(start)
    matrix = blocks[0].matrix()
    wanted = torch.linalg.lstsq(matrix, -values[:, None]).solution[:, 0]
    close(found.free, wanted, rtol=1e-6, atol=1e-8)
    assert found.steps == 1
    assert found.converged
    assert found.cost == pytest.approx(float((matrix @ wanted + values).square().sum()))


def test_a_nonlinear_fit_goes_on_until_its_steps_are_small():
    fit, found = fit_line(lambda u, x: u.dxx - 3 * torch.exp(u / 2))
    assert found.converged
    assert found.steps > 2
    blocks, values = fit.linearise(found.free)
    gradient = blocks[0].matrix().t() @ values
    assert gradient.norm() < 1e-6
    _, short = fit_line(lambda u, x: u.dxx - 3 * torch.exp(u / 2), steps=2)
    assert not short.converged
    _, none = fit_line(lambda u, x: u.dxx - 3 * torch.exp(u / 2), out_of_time=lambda: True)
    assert none.steps == 0
    assert not none.converged
    assert not none.free.any()
    with pytest.raises(ValueError, match="NaN at all points"):
        fit_line(lambda u, x: u.dxx + torch.sqrt(u - 1 - x))


@pytest.mark.parametrize(
    ("sizes", "done"),
    [([1.1e-3], False), ([0.9e-3], True), ([1e-1, 3.3e-3], False), ([1e-1, 3.1e-3], True),
     ([1e-3, 5e-3], False), ([1e-5, 0.9e-4], True), ([1e-5, 1.1e-4], False)],
)  # fmt: skip
def test_the_next_step_is_foretold_by_the_last_two(sizes, done):
    """By their ratio, which is at most 1; a single step is compared with 0.01."""
    descent = _Descent(None, 1e-4, lambda: False)
    descent.sizes = sizes
    assert descent.is_done() == done
    descent.stopped = True
    assert not descent.is_done()


def test_a_descent_without_a_step_is_done_once_it_was_tried():
    descent = _Descent(None, 1e-4, lambda: False)
    assert not descent.is_done()
    descent.tried = True
    assert descent.is_done()
    descent.sizes, descent.linear = [5.0], True
    assert descent.is_done()


# ---- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (dirichlet("x", 0.0), "dirichlet at the ends of x"),
        (neumann("x", side="high", field="v"), "neumann of v at the upper end of x"),
        (initial(0.0, 1.0)[0], "initial value"),
        (initial(0.0, {"u": 1.0})[1], "initial slope of u"),
        (dirichlet(TRIANGLE, 0.0), "dirichlet on the border of x, y"),
    ],
)
def test_conditions_are_told(condition, text):
    assert repr(condition) == text


def test_solutions_are_told_and_written(tmp_path):
    found = solved()
    assert repr(found) == "<Solution u(x, t): error 1e-09, tolerance 1e-06; 1 s>"
    two = replace(found, pieces=[*found.pieces, *found.pieces], interrupted=True)
    assert "; 2 windows; interrupted; 1 s>" in repr(two)
    known = replace(found, unknowns={"k": 0.5, "f": None}, standard_errors={"k": 0.1})
    assert "k = 0.50 ± 0.10" in repr(known) or "k = 0.5 ± 0.1" in repr(known)
    found.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == found.html()


def test_one_coordinate_has_one_line_and_no_map():
    problem = read(lambda u, x: u.dxx - 2, UNIT, [dirichlet("x", 0.0)])
    piece = piece_of(problem, lambda x: x * (x - 1), (4,))
    found = Solution(problem, [piece], 0.0, 1e-6, 0.0, {}, [], 1.0)
    assert draw_map(found, "u") is None
    (line,) = draw_slices(found, "u").marks
    np.testing.assert_allclose(line.y, line.x * (line.x - 1), atol=1e-12)
    assert line.label is None
    assert draw_slices(found, "u").title == "u along x"
    assert find_ranges(found) == [(0.0, 1.0)]
    assert found.windows == []


@pytest.mark.parametrize("sign", [1, -1])
def test_maps_of_one_sign_are_pale_at_their_value_nearest_to_0(sign):
    far = solved(lambda x, t: sign * (10 + x + 0 * t))
    (cells,) = draw_map(far, "u").marks
    wanted = np.linspace(0, 1, CELLS)[:, None] * sign + np.zeros((CELLS, CELLS))
    np.testing.assert_allclose(cells.depth, wanted, atol=1e-6)
    near = solved(lambda x, t: sign * (0.1 + x + 0 * t))
    (cells,) = draw_map(near, "u").marks
    values = 0.1 + (np.arange(CELLS) + 0.5) / CELLS
    np.testing.assert_allclose(cells.depth[:, 0], sign * values / values[-1], atol=1e-6)


def test_values_at_an_end_are_extended_beyond_a_shape():
    problem = on_triangle(lambda u, x, y: u.dxx + u.dyy)

    def value(points):
        return points[0] * 2

    assert problem.extended(value, 0) is value
    assert HEAT.extended(value, 0) is value


# ---- points of networks -----------------------------------------------------------------------


def drawing(problem, given=None, count=60, stretches=None):
    ends = problem.bounds
    kan = ew.KAN([len(ends), 3, 1], norm=None, seed=0).double()
    maps = stretches or [Stretch(*e, dtype=F64) for e in ends]
    built = build_network(problem, kan, maps, None)
    part = NetworkPart(built.network, problem.equation.fields, ends)
    return PointDrawing(problem, part, built.soft, given, 3, count), built


SLOPED = read(
    lambda u, x, t: u.dt - u.dxx + x, BOX,
    [*initial(lambda x: x**2), dirichlet("x", 0.0, side="low"), neumann("x", 2.0, side="high")],
)  # fmt: skip


def test_values_hold_by_construction_and_slopes_are_residuals():
    made, built = drawing(SLOPED)
    assert built.hard == {0, 1}
    assert [b.condition.kind for b in built.soft] == ["neumann"]
    x = torch.linspace(0, 1, 5, dtype=F64)
    rows = Rows.listed(torch.stack([x, 0 * x], 1))
    close(made.part.evaluate("u", rows, (0, 0)), x**2, atol=1e-9)
    low = Rows.listed(torch.stack([0 * x, 2 * x], 1))
    close(made.part.evaluate("u", low, (0, 0)), 0 * x, atol=1e-9)
    at = torch.tensor([[0.3, 0.7], [0.9, 1.9]], dtype=F64)
    orders = [(0, 0), (0, 1), (2, 0), (1, 0)]
    u = jets(built.network, at, orders)
    derivative = {o: made.part.evaluate("u", Rows.listed(at), o) for o in orders}
    close(made.inside(u, at)[:, 0], derivative[0, 1] - derivative[2, 0] + at[:, 0])
    (border,) = made.borders()
    on = torch.tensor([[1.0, 0.7], [1.0, 1.9]], dtype=F64)
    slope = made.part.evaluate("u", Rows.listed(on), (1, 0))
    close(border(jets(built.network, on, orders), on)[:, 0], slope - 2)
    size = made._measure(at)
    close(size, (derivative[0, 1] - derivative[2, 0] + at[:, 0]).abs())


def test_points_are_drawn_evenly_and_then_where_residuals_are_large(monkeypatch):
    made, _ = drawing(SLOPED, count=100)
    inside, border = made.draw(0)
    assert inside.shape == (100, 2)
    assert border.shape == (200, 2)
    assert (border[:, 0] == 1).all()
    low, high = torch.tensor(SLOPED.bounds, dtype=F64).unbind(1)
    assert ((inside >= low) & (inside <= high)).all()
    halves = inside[:, 1] > 1
    assert abs(float(halves.double().mean()) - 0.5) < 0.06
    monkeypatch.setattr(made, "_measure", lambda at: (at[:, 1] > 1).double())
    later, _ = made.draw(0)
    assert later.shape == (100, 2)
    assert float((later[:, 1] > 1).double().mean()) == pytest.approx(0.4 + 0.6 / 2, abs=0.08)
    assert not torch.equal(later[:60], inside[:60])


def test_given_points_are_those_within_the_window():
    given = torch.tensor([[0.5, 1.0], [1.5, 1.0], [0.0, 2.0], [0.5, -0.1]])
    made, _ = drawing(SLOPED, given)
    close(made.draw(0)[0], [[0.5, 1.0], [0.0, 2.0]])
    asked = []

    def draw(count, seed):
        asked.append((count, seed))
        return given

    made, _ = drawing(SLOPED, draw)
    made.draw(0)
    close(made.draw(0)[0], [[0.5, 1.0], [0.0, 2.0]])
    assert asked == [(60, 4), (60, 5)]


def test_two_thirds_of_the_points_are_even_where_a_coordinate_is_stretched():
    bent = Stretch(0.0, 1.0, centres=[0.5], widths=[0.01], plain=0.3, dtype=F64)
    made, _ = drawing(SLOPED, stretches=[bent, Stretch(0.0, 2.0, dtype=F64)])
    assert set(made.tables) == {0}
    x = made.draw_box(3000)[:, 0]
    even = bent(x[:, None])[:, 0]
    share = float(((even > -0.5) & (even < 0.5)).double().mean())
    places = bent.invert(torch.tensor([-0.5, 0.5], dtype=F64))
    plain = float(places[1] - places[0])
    assert share == pytest.approx(2 / 3 * 0.5 + plain / 3, abs=0.02)


def test_networks_of_another_size_are_refused():
    maps = [Stretch(*e, dtype=F64) for e in SLOPED.bounds]
    for sizes, words in (([3, 1], "of 2 inputs"), ([2, 2], "1 outputs, one for each field")):
        with pytest.raises(ValueError, match=words):
            build_network(SLOPED, ew.KAN(sizes, seed=0).double(), maps, None)
