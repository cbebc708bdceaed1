"""What solvers decide, piece by piece: windows, curves, places, fronts, errors; limits from both
sides."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest
import torch

import edgewise as ew
from edgewise.equations import refine as refining
from edgewise.equations import windows as marching
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.completeness import _check_sizes, check_dependence, find_missing
from edgewise.equations.conditioned import Conditioned, Inputs, Vanishing
from edgewise.equations.corners import find_gaps
from edgewise.equations.judge import CONSTRUCTED, judge_conditions
from edgewise.equations.least_squares import _measure, differentiate
from edgewise.equations.networks import _begin_coordinates, _divide, _Run
from edgewise.equations.parts import split_points
from edgewise.equations.pieces import Piece
from edgewise.equations.refine import _count, _extrapolate, _find_missed, _grow
from edgewise.equations.residual_sizes import (
    measure_distance,
    measure_residuals,
    measure_terms,
    weigh_residuals,
)
from edgewise.equations.sensitivities import differentiate_pieces
from edgewise.equations.space import Rows
from edgewise.equations.stretching import (
    _along,
    _begin,
    _lines,
    _make,
    _scaled,
    _score,
    begin_curves,
    restretch,
)
from edgewise.equations.unresolved import (
    NOTHING,
    Missed,
    find_missed_values,
    find_places,
    is_missed,
    measure_drift,
    surround,
)
from edgewise.equations.windows import (
    _continue,
    _Marching,
    _root_mean_square,
    _time_of,
)
from edgewise.nn.stretch import Stretch

F64 = torch.float64
UNIT = {"x": (0.0, 1.0)}
BOX = {"x": (0.0, 1.0), "t": (0.0, 2.0)}
dirichlet, neumann = ew.equations.dirichlet, ew.equations.neumann
initial, periodic = ew.equations.initial, ew.equations.periodic


def close(one, other, **tolerance):
    torch.testing.assert_close(
        torch.as_tensor(one, dtype=F64), torch.as_tensor(other, dtype=F64),
        **{"rtol": 1e-8, "atol": 1e-10, **tolerance},
    )  # fmt: skip


def read(residual, domain, conditions, **constants):
    return read_problem(residual, domain, conditions, constants, {})


def heat(u, x, t):
    return u.dt - u.dxx


HEAT = read(heat, BOX, [*initial(lambda x: torch.sin(math.pi * x)), dirichlet("x", 0.0)])
DECAY = read(lambda u, t: u.dt + u, {"t": (0.0, 2.0)}, [*initial(1.0)])


def piece_of(problem, function, counts, field="u"):
    """A field with the values of a function, on curves of these numbers."""
    curves = tuple(Curves.over(*ends, n) for ends, n in zip(problem.bounds, counts, strict=True))
    grids = torch.meshgrid(*(c.nodes() for c in curves), indexing="ij")
    values = function(*grids)
    for axis, c in enumerate(curves):
        values = torch.tensordot(c.transform, values, ([1], [axis])).movedim(0, axis)
    return Piece(curves, {field: values})


# ---- sizes of residuals -----------------------------------------------------------------------


def test_residuals_and_their_terms():
    """Of u = x² + t the heat equation leaves 1 - 2 and has terms of sizes 1 and 2."""
    piece = piece_of(HEAT, lambda x, t: x**2 + t, (4, 3))
    rows = HEAT.draw(50, 0)
    close(weigh_residuals(HEAT, piece, rows), torch.full((1, 50), -1.0))
    assert measure_residuals(HEAT, piece, rows) == pytest.approx(1)
    assert measure_terms(HEAT, piece, rows) == pytest.approx(3)


def test_residuals_have_less_weight_beside_jumps():
    problem = replace(HEAT, jumps=({0: 0.0, 1: 0.0}, {0: 1.0, 1: 0.0}))
    rows = Rows.listed(torch.tensor([[0.3, 0.8], [0.9, 0.2], [0.5, 2.0]], dtype=F64))
    wanted = torch.tensor([math.hypot(0.3, 0.4), math.hypot(0.1, 0.1), 1.0], dtype=F64)
    close(measure_distance(problem, rows), wanted)
    close(measure_distance(HEAT, rows), torch.ones(3))
    piece = piece_of(HEAT, lambda x, t: x**2 + t, (4, 3))
    close(weigh_residuals(problem, piece, rows)[0], -(wanted**2))


# ---- windows of time --------------------------------------------------------------------------


def march(**settings):
    given = {
        "problem": HEAT, "axis": 1, "local": 1e-6, "time_curves": 9, "space": [None, None],
        "rough": False, "places": [torch.zeros(0).double()] * 2, "unseen": 0.0,
        "pieces": [], "largest": {}, "expected": {}, "tolerance": 1e-4,
    }  # fmt: skip
    made = SimpleNamespace(**(given | settings))
    for name in ("_shorten", "_lengthen", "_smooth", "_resolve", "_refine", "_sizes", "_curves",
                 "_expected_squares", "_error_at_end", "_error", "_now", "_expect"):  # fmt: skip
        setattr(made, name, getattr(_Marching, name).__get__(made))
    return made


@pytest.mark.parametrize(
    ("tail", "converged", "factor"),
    [
        (1e-7, True, None),
        (1e-6, True, None),
        (1.01e-6, True, 0.8 * (1 / 1.01) ** (1 / 8)),
        (2.56e-4, True, 0.4),
        (1.0, True, 0.15),
        (math.nan, True, 0.3),
        (1e-9, False, 0.3),
    ],
)
def test_windows_are_shortened_by_the_order_of_their_curves(tail, converged, factor):
    found = march()._shorten(tail, SimpleNamespace(converged=converged))
    assert found == (None if factor is None else pytest.approx(factor))


@pytest.mark.parametrize(
    ("tail", "factor"),
    [(1e-6, 0.9), (1e-6 / 2**8, 1.8), (1e-30, 2.5), (0.0, 2.5), (1.0, 0.5)],
)
def test_windows_are_lengthened_by_the_room_that_is_left(tail, factor):
    assert march()._lengthen(tail) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("tail", "begin", "rough", "count", "wanted"),
    [
        (1e-5, 0.0, False, 20, 27),
        (1e-6, 0.0, False, 20, 20),
        (0.9e-9, 0.0, False, 20, 18),
        (1.1e-9, 0.0, False, 20, 20),
        (0.9e-9, 0.0, False, 8, 8),
        (1e-5, 0.0, False, 400, 400),
        (1e-5, 1e-5, True, 39, 50),
        (1e-5, 1e-5, True, 40, 40),
    ],
)
def test_space_gets_more_curves_where_the_last_coefficients_are_large(
    tail, begin, rough, count, wanted
):
    made = march(space=[Curves.over(0.0, 1.0, count), None], rough=rough)
    made._refine = lambda piece, axis, curves, rough: curves.resized(int(1.25 * curves.count) + 2)
    changed = made._smooth(None, [tail, 1.0], [begin, 0.0])
    assert made.space[0].count == wanted
    assert changed == (wanted > count)


def test_coordinates_that_miss_something_get_more_curves_or_a_shorter_window():
    places = torch.tensor([[0.3, 1.0], [0.7, 1.1]], dtype=F64)
    seen = []

    def refine(piece, axis, curves, rough):
        seen.append((axis, curves.count))
        return curves

    made = march(space=[Curves.over(0.0, 1.0, 12), None])
    made._refine = refine
    assert made._resolve(None, Missed(0.1, places, (0,))) == 1.0
    assert seen == [(0, 40)]
    close(made.places[0], [0.3, 0.7])
    assert made._resolve(None, Missed(0.1, places, (1,))) == 0.5
    assert made._resolve(None, Missed(0.1, places, (0, 1))) == 0.5
    assert made.unseen == 0
    full = march(space=[Curves.over(0.0, 1.0, 400), None])
    assert full._resolve(None, Missed(0.1, places, (0,))) is None
    assert full.unseen == 0.1
    full._resolve(None, Missed(0.05, places, (0,)))
    assert full.unseen == 0.1


@pytest.mark.parametrize(
    ("count", "repeats", "rough", "places", "stretched"),
    [
        (39, False, False, [], False),
        (40, False, False, [], True),
        (40, False, True, [], False),
        (255, True, False, [], False),
        (257, True, False, [], True),
        (41, True, False, [0.5], True),
    ],
)
def test_fronts_are_searched_for_with_many_curves(
    monkeypatch, count, repeats, rough, places, stretched
):
    curves = Curves.over(0.0, 1.0, count, repeats)
    bent = Curves(Stretch(0.0, 1.0, centres=[0.5], widths=[0.1], plain=0.5, dtype=F64), count)
    monkeypatch.setattr(marching, "restretch", lambda *args: bent)
    made = march(places=[torch.tensor(places, dtype=F64), None])
    found = made._refine(None, 0, curves, rough)
    if stretched:
        assert found is bent
    else:
        assert found.count == curves.resized(int(1.25 * count) + 2).count
    monkeypatch.setattr(marching, "restretch", lambda *args: curves)
    assert made._refine(None, 0, curves, rough).count > count


def test_fields_are_judged_by_their_largest_size_so_far():
    piece = piece_of(HEAT, lambda x, t: 3 + 0 * x, (2, 2))
    made = march(largest={"u": 5.0}, expected={})
    assert made._sizes(piece) == {"u": 5.0}
    assert march(largest={}, expected={"u": 4.0})._sizes(piece) == {"u": 4.0}
    assert march()._sizes(piece) == {"u": pytest.approx(3.0)}
    close(march(expected={"u": 4.0})._expected_squares(), [16.0])
    whole = march(
        expected={"u": 4.0},
        apart=torch.tensor([8.0], dtype=F64),
        size=torch.tensor([2.0], dtype=F64),
        start=0.0,
        end=2.0,
    )
    assert whole._error() == pytest.approx(2.0)
    assert whole._error_at_end() == pytest.approx(math.sqrt(8 / 32))


def test_the_reached_time_is_the_end_of_the_last_window():
    assert march(start=0.5)._now() == 0.5
    piece = Piece((Curves.over(0.0, 1.0, 2), Curves.over(0.0, 0.7, 2)), {})
    assert march(pieces=[piece])._now() == 0.7
    space = Curves.over(0.0, 1.0, 5)
    curves = march(space=[space, None])._curves(0.2, 0.9)
    assert curves[0] is space
    assert (curves[1].ends, curves[1].count) == ((0.2, 0.9), 9)


@pytest.mark.parametrize(("begin", "expected"), [(0.0, True), (0.009, True), (0.011, False)])
def test_fields_that_begin_near_0_are_expected_to_grow(begin, expected):
    problem = read(heat, BOX, [*initial(begin), dirichlet("x", 1.0)])
    piece = piece_of(problem, lambda x, t: 1 + 0 * x, (2, 2))
    found = march(problem=problem, seed=0)._expect(piece)
    assert found == ({"u": pytest.approx(1.0)} if expected else {})
    assert march(problem=DECAY, seed=0)._expect(piece) == {}


def test_a_window_begins_with_the_values_before():
    curves = [Curves.over(0.0, 1.0, 12), Curves.over(0.0, 0.5, 5)]
    begun = _continue(HEAT, curves, None, 1)
    x = torch.linspace(0.1, 0.9, 4).double()
    rows = Rows.product([x, torch.tensor([0.1, 0.4], dtype=F64)])
    wanted = torch.sin(math.pi * x)
    close(begun.evaluate("u", rows, (0, 0)), torch.stack([wanted, wanted], 1), atol=1e-8)
    assert begun.curves[1].count == 1
    before = Piece(begun.curves, {"u": 2 * begun.coefs["u"]})
    again = _continue(HEAT, curves, before, 1)
    close(again.evaluate("u", rows, (0, 0))[:, 0], 2 * wanted, atol=1e-8)
    assert _time_of(HEAT) == 1
    with pytest.raises(ValueError, match="without initial values"):
        _time_of(replace(HEAT, time=None))
    assert _root_mean_square(torch.tensor([3.0, 4.0])) == pytest.approx(math.sqrt(12.5))


# ---- more and more curves ---------------------------------------------------------------------


def steps(*errors):
    return [Step((8,), None, 1, 0.0, 0.0, error) for error in errors]


@pytest.mark.parametrize(
    ("errors", "amount", "wanted"),
    [
        ((), 0.0, math.inf),
        ((math.nan,), 0.0, math.inf),
        ((0.4,), 0.0, 0.4),
        ((0.4,), 0.45, 0.45),
        ((0.5,), 0.0, math.inf),
        ((0.1, 0.01), 0.0, 0.01 * 0.1 / 0.9),
        ((0.1, 1e-6), 0.0, 1e-6 * 0.05 / 0.95),
        ((0.1, 0.01), 0.2, 0.2),
        ((0.1, 0.1), 0.0, math.inf),
        ((0.1, 0.2), 0.0, math.inf),
        ((0.3, 0.1, math.nan, 0.02), 0.0, 0.02 * 0.2 / 0.8),
    ],
)
def test_errors_are_extrapolated_by_a_geometric_series(errors, amount, wanted):
    found = _extrapolate(steps(*errors), replace(NOTHING, amount=amount))
    assert found == pytest.approx(wanted)


def test_coordinates_with_large_last_coefficients_grow(monkeypatch):
    asked = []

    def stretch(problem, piece, axis, curves, places):
        asked.append((axis, curves.count, places))
        return curves

    monkeypatch.setattr(refining, "restretch", stretch)
    curves = tuple(Curves.over(0.0, 1.0, n) for n in (8, 20, 40))
    tails = [1e-4, 0.9e-6, 1e-4]
    piece = SimpleNamespace(curves=curves, tails=lambda: tails)
    grown = _grow(HEAT, piece, 1e-6, NOTHING)
    assert [c.count for c in grown] == [12, 20, 56]
    assert asked == [(2, 56, None)]
    asked.clear()
    tails[2] = 1.01e-6
    assert [c.count for c in _grow(HEAT, piece, 1.02e-6, NOTHING)] == [12, 20, 56]
    assert asked == []
    places = torch.tensor([[math.nan, 0.3, 0.1]], dtype=F64)
    grown = _grow(HEAT, piece, 1e-6, Missed(0.1, places, (1,)))
    assert [c.count for c in grown] == [12, 40, 56]
    told = asked[0]
    assert told[:2] == (1, 40)
    close(told[2], [0.3])
    assert _count(HEAT, curves) == 8 * 20 * 40


@pytest.mark.parametrize(
    ("fresh", "before", "jumps", "axes", "searched"),
    [
        (0.49, 1.0, (), (0,), "values"),
        (0.5, 1.0, (), (0,), "residuals"),
        (0.5, 1.0, ({0: 0.0},), (0,), "residuals"),
        (0.5, 1.0, ({0: 0.0},), (), "values"),
        (0.5, 1.0, (), (), "residuals"),
        (2.9e-4, 1e-9, (), (0,), "values"),
        (3.1e-4, 1e-9, (), (0,), "residuals"),
    ],
)
def test_large_residuals_that_stay_are_a_detail_that_is_missed(
    monkeypatch, fresh, before, jumps, axes, searched
):
    found = Missed(9.0, torch.zeros(1, 2).double(), axes)
    monkeypatch.setattr(refining, "find_missed_residuals", lambda *a: found)
    monkeypatch.setattr(refining, "find_missed_values", lambda *a: NOTHING)
    piece = piece_of(HEAT, lambda x, t: x**2 + t, (4, 3))  # its terms have the size 3
    rows = HEAT.draw(50, 0)
    made = _find_missed(replace(HEAT, jumps=jumps), piece, rows, fresh, before, 1e-4, 0)
    assert (made is NOTHING) == (searched == "values")
    if searched == "residuals" and not jumps:
        assert made.amount == pytest.approx(fresh / 3)


def test_a_solution_is_refined_until_two_agree():
    problem = read(lambda u, t: u.dt + u * u, {"t": (0.0, 2.0)}, [*initial(1.0)])
    found = refining.refine(problem, 1e-6, Clock(math.inf), 0)
    assert found.confirmed
    assert found.is_whole
    (piece,) = found.pieces
    t = torch.linspace(0, 2, 50, dtype=F64)
    truth = 1 / (1 + t)
    apart = piece.evaluate("u", Rows.product([t]), (0,)) - truth
    error = float(apart.square().mean().sqrt() / truth.square().mean().sqrt())
    assert found.error <= 1e-6
    assert 0.2 < error / found.error < 5
    counts = [step.counts[0] for step in found.history]
    assert counts[0] == 8
    assert counts == sorted(set(counts))
    taken = [step for step in found.history if step.taken]
    assert taken == [found.history[-1]]
    assert taken[0].error == found.error
    assert taken[0].counts == (piece.curves[0].count,)
    errors = [step.error for step in found.history]
    assert errors == sorted(errors, reverse=True)
    assert all(a.residual > b.residual for a, b in pairwise(found.history))
    late = refining.refine(problem, 1e-6, Clock(-math.inf), 0)
    assert not late.confirmed
    assert late.error > 1e-6
    assert late.history[-1].taken


def test_a_march_goes_from_window_to_window_until_the_end():
    problem = read(lambda u, t: u.dt + u * u, {"t": (0.0, 8.0)}, [*initial(1.0)])
    found = marching.march(problem, 1e-6, Clock(math.inf), 0)
    assert found.confirmed
    assert found.is_whole
    assert found.reached == 8.0
    ends = [piece.ends[0] for piece in found.pieces]
    assert ends[0][0] == 0.0
    assert ends[-1][1] == 8.0
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    apart, size = 0.0, 0.0
    for piece in found.pieces:
        low, high = piece.ends[0]
        t = torch.linspace(low, high, 40, dtype=F64)
        truth = 1 / (1 + t)
        missed = piece.evaluate("u", Rows.product([t]), (0,)) - truth
        apart += (high - low) * float(missed.square().mean())
        size += (high - low) * float(truth.square().mean())
    assert math.sqrt(apart / size) < 1e-6
    windows = [step.interval for step in found.history if step.taken]
    assert windows == ends
    again = marching.march(problem, 1e-6, Clock(-math.inf), 0)
    assert again.pieces == []
    assert again.error == math.inf
    assert again.reached == 0.0


# ---- places and fronts ------------------------------------------------------------------------


def test_the_worst_places_are_found_and_improved():
    peaks = torch.tensor([[0.2], [0.7], [0.72], [0.95]], dtype=F64)
    heights = torch.tensor([1.0, 0.5, 0.3, 0.05], dtype=F64)

    def size(points):
        apart = (points[:, None, 0] - peaks[:, 0]) / 0.01
        return (heights * torch.exp(-(apart**2))).sum(1)

    points = torch.linspace(0, 1, 400).double()[:, None]
    found = find_places(size, points, [(0.0, 1.0)])
    close(found[:, 0], [0.2, 0.7], atol=2e-3)
    flat = find_places(lambda p: 0 * p[:, 0], points, [(0.0, 1.0)])
    assert flat.shape == (1, 1)
    edge = find_places(lambda p: p[:, 0], points, [(0.0, 1.0)])
    assert float(edge[0, 0]) == 1.0


def test_points_surround_places_at_distances_of_one_ratio():
    curves = Curves.over(0.0, 2.0, 10)
    place = torch.tensor([0.6], dtype=F64)
    x = surround(curves, place)
    assert {*curves.nodes().tolist()} <= {*x.tolist()}
    assert (x.diff() > 0).all()
    near = x[(x > 0.6)]
    own = near[~torch.isin(near, curves.nodes())] - 0.6
    close(own[1:] / own[:-1], torch.full((len(own) - 1,), 1.5), rtol=1e-6)
    assert 1.9e-6 < float(own.min()) < 2 * 1.5**2 * 1e-6
    assert float(own.max()) <= 2 * math.pi / 10 + 1e-12
    assert 0.6 in x.tolist()
    assert surround(curves, place, 2.0).numel() < x.numel()
    assert float(surround(curves, torch.tensor([0.0], dtype=F64)).min()) > 0.0


def test_curves_miss_what_is_finer_than_they_are():
    curves, place = Curves.over(-1.0, 1.0, 12), torch.tensor([0.1], dtype=F64)
    assert not is_missed(lambda x: torch.sin(x)[:, None], curves, place)
    assert is_missed(lambda x: torch.tanh((x - 0.1) / 0.01)[:, None], curves, place)
    assert not is_missed(lambda x: torch.zeros(len(x), 1).double(), curves, place)


def test_residuals_move_a_field_by_their_integral():
    """R = c ∂ⁿu/∂tⁿ + …: within a time T fields move by R/c Tⁿ."""
    problem = read(lambda u, t: 4 * u.dt + u, {"t": (0.0, 2.0)}, [*initial(1.0)])
    piece = piece_of(problem, lambda t: 2 + 0 * t, (3,))
    rows = problem.draw(30, 0)
    assert measure_drift(problem, piece, rows, 0.5, {}) == pytest.approx(2 / 4 * 0.5 / 2)
    assert measure_drift(problem, piece, rows, 0.5, {"u": 8.0}) == pytest.approx(0.25 / 8)
    second = read(lambda u, t: -4 * u.dtt + u, {"t": (0.0, 2.0)}, [*initial(1.0, 0.0)])
    assert measure_drift(second, piece, rows, 0.5, {}) == pytest.approx(2 / 4 * 0.25 / 2)


def test_given_values_that_curves_miss_are_found():
    peak = lambda x: torch.exp(-(((x - 0.3) / 0.01) ** 2))  # noqa: E731
    problem = read(heat, BOX, [*initial(peak), dirichlet("x", 0.0)])
    piece = piece_of(problem, lambda x, t: 1 + 0 * x, (10, 4))
    found = find_missed_values(problem, piece, None, 1.0, 0, 1e-3, {})
    assert found.axes == (0,)
    assert abs(float(found.along(0)[0]) - 0.3) < 0.02
    assert found.places[:, 1].isnan().all()
    size = float(found.amount)
    relative = find_missed_values(problem, piece, None, 1.0, 0, 1e-3, {"u": 4.0})
    assert relative.amount == pytest.approx(size / 4, rel=1e-6)
    assert find_missed_values(problem, piece, None, 1.0, 0, 2 * size, {}) is NOTHING
    assert find_missed_values(problem, piece, piece, 1.0, 0, 1e-3, {}) is NOTHING
    smooth = piece_of(HEAT, lambda x, t: 1 + 0 * x, (20, 4))
    assert find_missed_values(HEAT, smooth, None, 1.0, 0, 1e-3, {}) is NOTHING


def test_the_fraction_of_the_upper_coefficients():
    curves = Curves.over(-1.0, 1.0, 8)
    t = lambda k, x: torch.cos(k * torch.acos(x.clamp(-1, 1)))  # noqa: E731

    def profile(x):
        return torch.stack([2 * t(1, x) + t(5, x), 0.1 * t(7, x)], 1)

    assert _score(curves, profile) == pytest.approx(math.sqrt(1 / 5))
    near = torch.tensor([0.3], dtype=F64)
    assert _score(curves, profile, near) == pytest.approx(math.sqrt(1 / 5), rel=1e-6)
    step = lambda x: (x > 0.3001).double()[:, None] + 1  # noqa: E731
    assert _score(curves, step, near) > _score(curves, step)


def test_fronts_begin_at_the_steepest_places():
    problem = read(lambda u, x: u.dxx, {"x": (-1.0, 1.0)}, [dirichlet("x", 0.0)])
    piece = piece_of(problem, lambda x: 0 * x, (40,))
    nothing = torch.zeros(0).double()

    def front(x):
        return (torch.tanh((x - 0.4) / 0.02) + 0.6 * torch.tanh((x + 0.5) / 0.02))[:, None]

    centres, widths = _begin(piece, 0, front, nothing)
    close(centres, [0.4, -0.5], atol=0.02)
    assert all(0.005 < w < 0.1 for w in widths)
    assert widths[0] < widths[1]
    assert _begin(piece, 0, lambda x: x[:, None], nothing) is None
    line = _make(piece.curves[0], [0.4], [0.1])
    assert (line.low, line.high) == (-1.0, 1.0)
    close(_lines(Stretch(0.0, 6.0, dtype=F64)), [0, 1, 2, 3, 4, 5, 6])
    values = torch.arange(24.0).reshape(2, 3, 4).double()
    close(_along(1, values), values.movedim(1, 0).reshape(3, 8))
    close(_scaled(torch.tensor([[2.0, -4.0]]))[0], [[0.5, -1.0]])
    assert _scaled(torch.zeros(2, 2)) == []
    assert _scaled(torch.tensor([[math.inf]])) == []


def test_coordinates_are_stretched_at_a_front_and_not_without_one():
    problem = read(lambda u, x: u.dxx, {"x": (-1.0, 1.0)}, [dirichlet("x", 0.0)])
    steep = piece_of(problem, lambda x: torch.tanh((x - 0.2) / 0.03), (120,))
    curves = Curves.over(-1.0, 1.0, 40)
    found = restretch(problem, steep, 0, curves)
    assert not found.stretch.is_line
    assert found.count == 40
    assert abs(float(found.stretch.centres[0]) - 0.2) < 0.02
    smooth = piece_of(problem, torch.sin, (20,))
    assert restretch(problem, smooth, 0, curves) is curves
    assert restretch(problem, steep, 0, curves, worth=1e-12) is curves


def test_periodic_problems_begin_with_waves_and_kinks_with_polynomials():
    smooth = [*initial(lambda x: torch.sin(2 * math.pi * x)), periodic("x")]
    problem = read(heat, BOX, smooth)
    assert begin_curves(problem, 0, 8).repeats
    assert not begin_curves(problem, 1, 8).repeats
    kink = read(heat, BOX, [*initial(lambda x: x * (1 - x)), periodic("x")])
    assert not begin_curves(kink, 0, 8).repeats
    assert not begin_curves(HEAT, 0, 8).repeats
    assert begin_curves(HEAT, 0, 8).count == 8


# ---- completeness and contradictions ----------------------------------------------------------


@pytest.mark.parametrize(
    ("residual", "words"),
    [
        (lambda u, x: x, "equation 1 without any"),
        (lambda u, x: u.dxx.detach(), "without .detach"),
        (lambda u, x: u.dxx + 0 * torch.rand(1), None),
        (lambda u, x: u.dxx + torch.rand(1).double(), "draw no random numbers"),
        (lambda u, x: 1e-120 * u.dxx, "1e-100"),
        (lambda u, x: u.dxx / 0.0 * 0.0, None),
        (lambda u, v, x: u.dxx, "each field in some equation, got v"),
        (lambda u, v, x: (u.dxx, x), "equation 2 without any"),
    ],
)
def test_each_equation_has_a_field_and_each_field_an_equation(residual, words):
    problem = read(residual, UNIT, [dirichlet("x", 0.0)])
    if words is None:
        check_dependence(problem, 0)
    else:
        with pytest.raises(ValueError, match=words):
            check_dependence(problem, 0)


@pytest.mark.parametrize(("size", "right"), [(1e-99, True), (1e-101, False), (1e101, False)])
def test_residuals_have_sizes_whose_squares_are_numbers(size, right):
    residuals = torch.full((1, 5), size, dtype=F64)
    residuals[0, :2] = torch.tensor([0.0, math.nan])
    if right:
        _check_sizes(residuals)
    else:
        with pytest.raises(ValueError, match="in equation 1"):
            _check_sizes(residuals)
    _check_sizes(torch.zeros(1, 5))


@pytest.mark.parametrize(
    ("residual", "domain", "conditions", "missing"),
    [
        (lambda u, x: u.dxx, UNIT, [dirichlet("x", 0.0)], []),
        (lambda u, x: u.dxx, UNIT, [dirichlet("x", 0.0, side="low")], ["u has 1 of 2 along x"]),
        (lambda u, x: u.dxx, UNIT, [periodic("x")], []),
        (lambda u, x: u.dx, UNIT, [dirichlet("x", 0.0, side="low")], []),
        (heat, BOX, [*initial(0.0)], ["u has 0 of 2 along x"]),
        (heat, BOX, [*initial(0.0), dirichlet("x", 0.0)], []),
        (
            lambda u, v, x: (u.dx - v, v.dx + u),
            UNIT,
            [dirichlet("x", 0.0, field="u")],
            [],
        ),
    ],
)
def test_missing_conditions_are_counted(residual, domain, conditions, missing):
    assert find_missing(read(residual, domain, conditions)) == missing


def test_conditions_that_disagree_in_a_corner_are_found():
    problem = read(heat, BOX, [*initial(1.0), dirichlet("x", 0.0)])
    gaps = find_gaps(problem, 1e-6)
    assert [round(g.amount, 9) for g in gaps] == [1.0, 1.0]
    assert {g.place["x"] for g in gaps} == {0.0, 1.0}
    assert all(g.place["t"] == 0.0 for g in gaps)
    assert "disagree by 1 at" in str(gaps[0])
    assert find_gaps(problem, 1.1) == []
    assert find_gaps(HEAT, 1e-6) == []
    slope = read(heat, BOX, [*initial(lambda x: x**2), neumann("x", 0.0)])
    (gap,) = find_gaps(slope, 1e-6)  # at x = 1 the slope is 2
    assert gap.place["x"] == 1.0
    assert gap.amount == pytest.approx(2.0)
    small = read(heat, BOX, [*initial(lambda x: 1e-3 + 0 * x), dirichlet("x", 1e-3 + 1e-9)])
    assert find_gaps(small, 1e-5) == []
    assert len(find_gaps(small, 1e-7)) == 2


def test_conditions_hold_by_construction_or_up_to_an_error():
    piece = piece_of(HEAT, lambda x, t: 0.3 + 0 * x, (3, 3))
    names = [repr(c) for c in HEAT.every_condition]
    told = judge_conditions(HEAT, [piece], frozenset({0}), 0)
    assert told[names[0]] == CONSTRUCTED
    assert set(told) == set(names)
    assert all(told[name] == "nearly, to 0.3" for name in names[1:])


# ---- parts ------------------------------------------------------------------------------------


def test_points_belong_to_the_window_of_their_time():
    parts = [
        Piece((Curves.over(0.0, 1.0, 2), Curves.over(a, b, 2)), {})
        for a, b in ((0.0, 0.5), (0.5, 1.5), (1.5, 2.0))
    ]
    points = torch.tensor([[0.0, 1.9], [0.1, 0.2], [0.2, 0.5], [0.3, 0.6], [0.4, 2.5]], dtype=F64)
    found = {id(part): rows.tolist() for part, rows in split_points(parts, 1, points)}
    assert [found[id(part)] for part in parts] == [[1, 2], [3], [0, 4]]
    ((part, rows),) = split_points(parts[:1], 1, points)
    assert part is parts[0]
    assert rows.tolist() == [0, 1, 2, 3, 4]
    ((_, rows),) = split_points(parts[:1], None, points)
    assert len(rows) == 5


def test_the_derivative_by_a_number_is_that_of_the_solution():
    """Of u' = -k u, u(0) = 1 it is -t e^(-k t)."""
    problem = read_problem(
        lambda u, t, k: u.dt + k * u, {"t": (0.0, 1.0)}, [*initial(1.0)], {}, {"k": 1.3}
    )
    pieces = []
    for low, high in ((0.0, 0.5), (0.5, 1.0)):
        curves = (Curves.over(low, high, 14),)
        pieces.append(
            Piece(curves, {"u": curves[0].transform @ torch.exp(-1.3 * curves[0].nodes())})
        )
    (own,) = differentiate_pieces(problem, pieces)
    for piece in own:
        t = piece.curves[0].nodes(5)
        close(piece.evaluate("u", Rows.product([t]), (0,)), -t * torch.exp(-1.3 * t), atol=1e-8)


def test_the_processors_time_is_counted_until_ctrl_c(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "process_time", lambda: now)
    clock = Clock(105.0, began=100.0)
    now = 103.0
    assert clock.left() == 2
    assert clock.spent() == 3
    assert not clock.is_over()
    with clock.until_interrupted():
        raise KeyboardInterrupt
    assert clock.left() == -math.inf
    assert clock.is_over()
    with pytest.raises(KeyboardInterrupt), clock.until_interrupted():
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        clock.raise_interrupt()
    assert Clock(102.0).is_over()


# ---- networks ---------------------------------------------------------------------------------


def test_time_is_divided_into_equal_windows():
    assert _divide(HEAT, 2) == [((0.0, 1.0), (0.0, 1.0)), ((0.0, 1.0), (1.0, 2.0))]
    assert _divide(replace(HEAT, time=None), 3) == [HEAT.bounds]
    lines = _begin_coordinates(HEAT, HEAT.bounds, None)
    assert all(s.is_line for s in lines)
    bent = Stretch(0.0, 1.0, centres=[0.5], widths=[0.1], plain=0.5, dtype=F64)
    before = SimpleNamespace(stretches=lambda: [bent, Stretch(0.0, 1.0, dtype=F64)])
    space, onward = _begin_coordinates(HEAT, ((0.0, 1.0), (1.0, 2.0)), before)
    assert space is bent
    assert (onward.low, onward.high) == (1.0, 2.0)


def test_a_share_of_the_time_that_is_left(monkeypatch):
    monkeypatch.setattr(time, "process_time", lambda: 100.0)
    assert _Run(HEAT, None, 1e-3, 0, Clock(108.0))._end(0.25) == 102.0


def test_inputs_of_networks_are_scaled_and_periodic_ones_are_on_a_circle():
    lines = [Stretch(0.0, 2.0, dtype=F64), Stretch(-1.0, 3.0, dtype=F64)]
    inputs = Inputs(lines, [False, True])
    x = torch.tensor([[0.5, 0.0]], dtype=F64)
    close(inputs(x), [[-0.5, math.cos(-math.pi / 2), math.sin(-math.pi / 2)]])
    assert inputs.to_config()["periodic"] == [False, True]


def test_omega_vanishes_where_values_are_given():
    vanishing = Vanishing([(0.0, 2.0), (-1.0, 3.0)], [[(1, 0), (0, 2)], [(1, 1), (0, 0)]])
    x = torch.tensor([[0.5, 0.0], [0.0, 1.0], [2.0, 3.0]], dtype=F64)
    close(vanishing(x)[:, 0], [0.25 * 0.75**2, 0.0, 0.0])
    close(vanishing(x)[:, 1], [0.5 * 1.5, 0.0, 0.0])


# ---- least squares ----------------------------------------------------------------------------


def test_slopes_of_residuals_by_what_they_depend_on():
    leaves = {name: torch.tensor([1.0, 2.0], dtype=F64, requires_grad=True) for name in "abc"}
    with torch.enable_grad():
        value = leaves["a"] ** 2 + 3 * leaves["b"]
    found = differentiate(value, leaves)
    assert set(found) == {"a", "b"}
    close(found["a"], [2.0, 4.0])
    close(found["b"], [3.0, 3.0])
    assert differentiate(torch.ones(2), leaves) == {}


@pytest.mark.parametrize("size", [499, 500])
def test_the_size_of_a_matrix_is_its_sum_of_squares(size):
    matrix = torch.randn(600, size, generator=torch.Generator().manual_seed(0)).double()
    part = SimpleNamespace(
        shapes={"u": torch.Size([size])}, matrix=lambda: matrix, apply=lambda free: matrix @ free
    )
    whole = float(matrix.square().sum())
    assert _measure(part) == pytest.approx(whole, rel=1e-9 if size < 500 else 0.1)


def test_of_a_conditioned_network_the_network_alone_is_trained():
    parts = [torch.nn.Linear(2, 2) for _ in range(4)]
    made = Conditioned(parts[0], parts[1], [(parts[2], parts[3])])
    trained = {id(p) for p in made.parameters() if p.requires_grad}
    assert trained == {id(p) for p in parts[0].parameters()}
