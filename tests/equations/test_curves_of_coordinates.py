"""Curves of a coordinate, conditions on them, points and products: against numpy and by hand."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest
import torch
from numpy.polynomial import chebyshev

from edgewise.equations.chebyshev_curves import (
    Constrained,
    Curves,
    _even_nodes,
    _waves,
    chebyshev_nodes,
)
from edgewise.equations.corner_networks import _follow_corner, _read_function
from edgewise.equations.lsqr import lsqr
from edgewise.equations.pieces import Piece, multiply_curves
from edgewise.equations.space import (
    Functional,
    Rows,
    Sampled,
    apply,
    build_space,
    vanish,
)
from edgewise.equations.splitting import _combine, _invert, _omit, _to_front
from edgewise.nn.stretch import Stretch

F64 = torch.float64
X = torch.linspace(-0.9, 2.9, 7, dtype=F64)
BENT = Stretch(-1.0, 3.0, centres=[0.5], widths=[0.3], plain=0.5, dtype=F64)


def close(one, other, **tolerance):
    torch.testing.assert_close(
        torch.as_tensor(one, dtype=F64), torch.as_tensor(other, dtype=F64),
        **{"rtol": 1e-9, "atol": 1e-11, **tolerance},
    )  # fmt: skip


# ---- curves -----------------------------------------------------------------------------------


def test_polynomials_have_the_derivatives_of_chebyshevs_polynomials():
    curves = Curves.over(-1.0, 3.0, 6)
    assert (curves.count, curves.ends) == (6, (-1.0, 3.0))
    table = curves.table(X, 3)
    s = (X.numpy() - 1) / 2
    for order in range(4):
        for k in range(6):
            c = chebyshev.chebder(np.eye(6)[k], order) if order else np.eye(6)[k]
            close(table[order, :, k], chebyshev.chebval(s, c) / 2**order)


@pytest.mark.parametrize(
    "curves", [Curves(BENT, 6), Curves.over(-1.0, 3.0, 7, True)], ids=["stretched", "waves"]
)
def test_derivatives_are_those_of_finite_differences(curves):
    h = 1e-5
    table = curves.table(X, 2)
    up, down = curves.table(X + h, 0)[0], curves.table(X - h, 0)[0]
    close(table[1], (up - down) / (2 * h), rtol=1e-6, atol=1e-6)
    close(table[2], (up - 2 * table[0] + down) / h**2, rtol=1e-3, atol=1e-3)


def test_waves_are_cosines_and_sines_of_the_angle():
    curves = Curves.over(-1.0, 3.0, 4, True)
    assert curves.count == 5
    assert curves.resized(6).count == 7
    assert Curves.over(0.0, 1.0, 4).resized(6).count == 6
    angle = 2 * math.pi * (X + 1) / 4
    wanted = [torch.ones(7), angle.cos(), angle.sin(), (2 * angle).cos(), (2 * angle).sin()]
    close(curves.table(X, 0)[0], torch.stack([w.double() for w in wanted], 1))
    close(_waves(angle, 3, 1)[1], torch.stack([0 * angle, -angle.sin(), angle.cos()], 1))


def test_nodes_are_zeros_of_the_next_polynomial_or_midpoints():
    close(chebyshev_nodes(5), np.sort(chebyshev.chebpts1(5)))
    close(_even_nodes(4), [-0.75, -0.25, 0.25, 0.75])
    curves = Curves.over(-1.0, 3.0, 5)
    close(curves.nodes(), 1 + 2 * chebyshev_nodes(5))
    assert len(curves.nodes(9)) == 9
    stretched = Curves(BENT, 5).nodes()
    close(BENT(stretched[:, None])[:, 0], chebyshev_nodes(5), atol=1e-9)


@pytest.mark.parametrize(
    "curves", [Curves.over(-1.0, 3.0, 6), Curves(BENT, 6), Curves.over(-1.0, 3.0, 7, True)]
)
def test_the_transform_interpolates(curves):
    values = torch.randn(curves.count, generator=torch.Generator().manual_seed(0)).double()
    coefs = curves.transform @ values
    close(curves.table(curves.nodes(), 0)[0] @ coefs, values)


@pytest.mark.parametrize("repeats", [False, True])
def test_weights_are_the_lengths_of_the_nearest_angles(repeats):
    curves = Curves.over(-1.0, 3.0, 5, repeats)
    nodes = curves.nodes(8)
    close(curves.weigh(nodes), torch.full((8,), 1 / 8))
    few = torch.tensor([-0.5, 1.0, 2.0], dtype=F64)
    s = (few - 1) / 2
    angle = (s + 1) / 2 if repeats else 1 - s.acos() / math.pi
    a, b, c = angle.tolist()
    close(curves.weigh(few), [(a + b) / 2, (c - a) / 2, 1 - (b + c) / 2])


def test_products_are_mean_products_over_the_interval():
    curves = Curves.over(-1.0, 3.0, 4)
    s, w = np.polynomial.legendre.leggauss(12)
    values = chebyshev.chebvander(s, 3)
    close(curves.products(), values.T @ (w[:, None] / 2 * values), atol=0.02)
    waves = Curves.over(-1.0, 3.0, 5, True).products()
    close(waves, torch.diag(torch.tensor([1, 0.5, 0.5, 0.5, 0.5]).double()), atol=1e-9)


def test_ends_have_five_derivatives():
    curves = Curves.over(-1.0, 3.0, 4)
    assert curves.at_ends.shape == (6, 2, 4)
    close(curves.at_ends[0], [[1, -1, 1, -1], [1, 1, 1, 1]])
    close(curves.at_ends[1, 1], [0, 1 / 2, 4 / 2, 9 / 2])


def test_waves_are_represented_by_enough_polynomials():
    waves = Curves.over(-1.0, 3.0, 9, True)
    polynomials = waves.polynomials
    assert not polynomials.repeats
    highest = math.pi / 2 * 9
    assert polynomials.count == int(highest + 11 * highest ** (1 / 3)) + 4
    coefs = polynomials.transform @ waves.table(polynomials.nodes(), 0)[0]
    close(polynomials.table(X, 0)[0] @ coefs, waves.table(X, 0)[0], atol=1e-12)
    assert polynomials.polynomials is polynomials


# ---- conditions -------------------------------------------------------------------------------


def ends_of(curves):
    return [curves.at_ends[0, 0], curves.at_ends[1, 1]]


def test_curves_under_conditions_split_into_lift_and_free_ones():
    curves = Curves.over(-1.0, 3.0, 7)
    rows = ends_of(curves)
    made = Constrained.make(curves, rows)
    f = torch.stack(rows)
    assert made.free.shape == (7, 5)
    close(f @ made.free, torch.zeros(2, 5))
    close(made.free.t() @ made.free, torch.eye(5))
    close(f @ made.lift, torch.eye(2))
    assert made.lift[3:].abs().max() < 1e-2 * made.lift.abs().max()
    close(f @ made.narrow, torch.eye(2))
    mean = curves.products()
    least = (made.narrow.t() @ mean @ made.narrow).diagonal()
    for z in made.free.t():  # no curve with zero conditions makes the mean square smaller
        for k in range(2):
            assert abs(float(z @ mean @ made.narrow[:, k])) < 1e-9
    assert (least <= (made.lift.t() @ mean @ made.lift).diagonal() + 1e-12).all()
    none = Constrained.make(curves, [])
    assert none.free.shape == (7, 7)
    assert none.lift.shape == (7, 0)


def test_conditions_that_repeat_or_are_too_many_are_refused():
    curves = Curves.over(-1.0, 3.0, 3)
    one, other = ends_of(curves)
    at = Curves.over(-1.0, 3.0, 6).at_ends
    with pytest.raises(ValueError, match=r"independent conditions.*\[0, 2\]"):
        Constrained.make(Curves.over(-1.0, 3.0, 6), [at[0, 0], at[0, 1], at[0, 0]])
    with pytest.raises(ValueError, match="fewer conditions of one coordinate than its 3 curves"):
        Constrained.make(curves, [one, other, curves.at_ends[0, 1]])


# ---- points and products ----------------------------------------------------------------------


def test_points_are_products_of_groups():
    x, y = torch.tensor([1.0, 2.0, 3.0]).double(), torch.tensor([5.0, 7.0]).double()
    rows = Rows.product([x, y])
    assert rows.is_product
    assert tuple(rows.shape) == (3, 2)
    close(rows.coordinate(0), [[1, 1], [2, 2], [3, 3]])
    close(rows.coordinate(1), [[5, 7], [5, 7], [5, 7]])
    assert rows.group_of(1) == 1
    assert rows.is_alone(0)
    close(rows.without(0).coordinate(0), y)
    listed = Rows.listed(torch.tensor([[1.0, 5.0], [2.0, 7.0]]).double())
    assert not listed.is_product
    assert not listed.is_alone(0)
    close(listed.along(1), [5, 7])
    mixed = Rows(((0, 2), (1,)), (torch.tensor([[1.0, 9.0], [2.0, 8.0]]).double(), y[:, None]))
    assert mixed.group_of(2) == 0
    close(mixed.coordinate(2), [[9, 9], [8, 8]])
    close(mixed.coordinate(1), [[5, 7], [5, 7]])
    assert mixed.without(1).groups == ((0, 1),)
    assert tuple(mixed.spread(torch.ones(2, 4), 1).shape) == (1, 2, 4)


CURVES = [Curves.over(-1.0, 3.0, 4), Curves.over(0.0, 1.0, 3)]
COEFS = torch.randn(4, 3, generator=torch.Generator().manual_seed(1)).double()
POINTS = [torch.tensor([-0.5, 0.7, 2.0]).double(), torch.tensor([0.2, 0.9]).double()]


@pytest.mark.parametrize("index", [(0, 0), (1, 0), (0, 2), (1, 1)])
@pytest.mark.parametrize("listed", [False, True])
def test_sums_of_products_are_evaluated_gathered_and_designed(listed, index):
    rows = Rows.product(POINTS)
    if listed:
        rows = Rows.listed(torch.cartesian_prod(*POINTS))
    sampled = Sampled.make(CURVES, rows, (2, 2))
    one, two = (c.table(p, 2)[k] for c, p, k in zip(CURVES, POINTS, index, strict=True))
    wanted = one @ COEFS @ two.t()
    wanted = wanted.reshape(-1) if listed else wanted
    close(sampled.evaluate(COEFS, index), wanted)
    weight = torch.randn(wanted.shape, generator=torch.Generator().manual_seed(2)).double()
    gathered = sampled.gather(weight, index)
    assert float((gathered * COEFS).sum()) == pytest.approx(float((weight * wanted).sum()))
    design = sampled.design({index: weight})
    close(design @ COEFS.reshape(-1), (weight * wanted).reshape(-1))
    both = sampled.design({index: weight, (0, 1): weight})
    other = sampled.evaluate(COEFS, (0, 1))
    close(both @ COEFS.reshape(-1), (weight * (wanted + other)).reshape(-1))
    squares = sampled.squares(index)
    close(squares.reshape(3, 2), one.square().sum(1)[:, None] * two.square().sum(1))
    free = [torch.eye(4, dtype=F64)[:, :2], torch.ones(3, 1, dtype=F64)]
    under = sampled.under(free).evaluate(torch.ones(2, 1).double(), index)
    close(under.reshape(3, 2), one[:, :2].sum(1)[:, None] * two.sum(1))
    assert sampled.is_one(0)


def test_a_coordinate_is_left_out_of_tables():
    sampled = Sampled.make(CURVES, Rows.product(POINTS), (1, 1)).without(0)
    close(sampled.evaluate(COEFS[0], (1,)), CURVES[1].table(POINTS[1], 1)[1] @ COEFS[0])


def functional(axis, side, terms, value, kind="dirichlet"):
    return Functional(kind, axis, side, terms, value)


def test_a_space_takes_values_at_ends_exactly():
    """u = y at x = -1 and ∂u/∂y = x + 1 at y = 1, which agree where they meet."""
    conditions = [
        functional(0, 0, {0: 1.0}, lambda p: 0 * p[0]),
        functional(1, 1, {1: 1.0}, lambda p: p[0] + 1),
    ]
    space = build_space(CURVES, conditions)
    assert tuple(space.shape) == (3, 2)
    coefs = space.coefficients(torch.randn(6, generator=torch.Generator().manual_seed(3)).double())
    end = torch.tensor([-1.0]).double()
    at = Sampled.make(CURVES, Rows.product([end, POINTS[1]]), (0, 0))
    close(at.evaluate(coefs, (0, 0)), torch.zeros(1, 2), atol=1e-10)
    top = Sampled.make(CURVES, Rows.product([POINTS[0], torch.tensor([1.0]).double()]), (0, 1))
    close(top.evaluate(coefs, (0, 1))[:, 0], POINTS[0] + 1)
    free = torch.randn(6, generator=torch.Generator().manual_seed(4)).double()
    close(space.project(space.coefficients(free)), free)
    close(space.combine(free) + space.lift, space.coefficients(free))


def test_where_conditions_contradict_each_other_the_first_holds():
    conditions = [
        functional(0, 0, {0: 1.0}, lambda p: torch.ones_like(p[0])),
        functional(1, 0, {0: 1.0}, lambda p: torch.zeros_like(p[0])),
    ]
    curves = [Curves.over(-1.0, 3.0, 12), Curves.over(0.0, 1.0, 12)]
    lift = build_space(curves, conditions).lift
    left = Rows.product([torch.tensor([-1.0]).double(), torch.linspace(0, 1, 5).double()])
    close(Sampled.make(curves, left, (0, 0)).evaluate(lift, (0, 0)), torch.ones(1, 5))
    bottom = Rows.product([torch.linspace(0, 3, 5).double(), torch.tensor([0.0]).double()])
    near = Sampled.make(curves, bottom, (0, 0)).evaluate(lift, (0, 0))
    assert float(near.abs().max()) < 0.2


def test_rows_of_conditions_and_values_in_curves():
    curves = CURVES[0]
    robin = functional(0, 1, {0: 2.0, 1: -1.0}, vanish)
    close(robin.row(curves), 2 * curves.at_ends[0, 1] - curves.at_ends[1, 1])
    periodic = functional(0, None, {1: 1.0}, vanish)
    close(periodic.row(curves), curves.at_ends[1, 1] - curves.at_ends[1, 0])
    assert not periodic.holds_for(curves)
    assert periodic.holds_for(Curves.over(-1.0, 3.0, 5, True))
    assert not robin.holds_for(Curves.over(-1.0, 3.0, 5, True))
    told = functional(0, 0, {0: 1.0}, lambda p: p[0] ** 2).coefficients(CURVES)
    close(CURVES[1].table(POINTS[1], 0)[0] @ told, POINTS[1] ** 2)
    assert tuple(vanish([torch.ones(2), torch.ones(3)]).shape) == (2, 3)


def test_a_matrix_is_applied_along_one_dimension():
    matrix = torch.arange(6.0).reshape(2, 3).double()
    tensor = torch.arange(24.0).reshape(2, 3, 4).double()
    close(apply(matrix, tensor, 1), torch.einsum("ij,ajb->aib", matrix, tensor))


# ---- pieces -----------------------------------------------------------------------------------

PIECE = Piece(tuple(CURVES), {"u": COEFS, "v": 2 * COEFS})


def test_a_piece_is_what_its_coefficients_say():
    assert PIECE.ends == ((-1.0, 3.0), (0.0, 1.0))
    assert PIECE.numbers == 24
    rows = Rows.product(POINTS)
    wanted = Sampled.make(CURVES, rows, (1, 0)).evaluate(COEFS, (1, 0))
    close(PIECE.evaluate("v", rows, (1, 0)), 2 * wanted)
    assert PIECE.sizes() == {
        "u": float(COEFS.abs().max()), "v": 2 * float(COEFS.abs().max())
    }  # fmt: skip
    begun = PIECE.start(0)
    at = Rows.product([torch.tensor([2.5]).double(), POINTS[1]])
    low = Rows.product([torch.tensor([-1.0]).double(), POINTS[1]])
    close(begun.evaluate("u", at, (0, 0)), PIECE.evaluate("u", low, (0, 0)))
    finer = [c.resized(c.count + 3) for c in CURVES]
    again = Piece(tuple(finer), {"u": PIECE.resampled("u", finer)})
    close(again.evaluate("u", rows, (1, 1)), PIECE.evaluate("u", rows, (1, 1)))
    face = PIECE.face("u", 1, 1, 0)([POINTS[0]])
    bottom = Rows.product([POINTS[0], torch.tensor([0.0]).double()])
    close(face, PIECE.evaluate("u", bottom, (0, 1))[:, 0])


def test_tails_are_the_last_tenth_of_the_coefficients_beside_the_largest():
    coefs = torch.zeros(30, 5, dtype=F64)
    coefs[0, 0], coefs[27, 1], coefs[28, 0], coefs[2, 4] = 2.0, 0.5, 0.1, 0.02
    curves = (Curves.over(0.0, 1.0, 30), Curves.over(0.0, 1.0, 5))
    close(Piece(curves, {"u": coefs}).tails(), [0.25, 0.01])
    close(Piece(curves, {"u": coefs}).tails({"u": 4.0}), [0.125, 0.005])
    coefs[27, 1] = 0.0
    coefs[26, 1] = 0.5  # the fourth from the end
    close(Piece(curves, {"u": coefs}).tails(), [0.05, 0.01])
    both = Piece(curves, {"u": coefs, "v": 1e-14 * coefs.flip(0)})
    close(both.tails(), [0.05, 0.01])  # v vanishes beside u
    close(Piece(curves, {"u": coefs, "v": 1e-3 * coefs.flip(0)}).tails()[0], 1.0)


@pytest.mark.parametrize("repeats", [False, True])
def test_networks_of_pieces_compute_the_same(repeats):
    curves = (Curves.over(-1.0, 3.0, 5, repeats), CURVES[1])
    coefs = torch.randn(5, 3, generator=torch.Generator().manual_seed(5)).double()
    piece = Piece(curves, {"u": coefs, "v": coefs.square()})
    network = piece.to_network(["v", "u"])
    points = torch.cartesian_prod(*POINTS)
    rows = Rows.listed(points)
    wanted = torch.stack([piece.evaluate(n, rows, (0, 0)) for n in ("v", "u")], 1)
    close(network(points), wanted, atol=1e-9)
    plain = multiply_curves(CURVES, {"u": COEFS}, ["u"])
    close(plain(points)[:, 0], PIECE.evaluate("u", rows, (0, 0)))


# ---- corners ----------------------------------------------------------------------------------


@pytest.mark.parametrize("log", [0.0, 1.0])
@pytest.mark.parametrize("ending", [0.0, 0.4])
def test_functions_of_corners_are_powers_of_a_complex_number(ending, log):
    """Re e^{iφ} z^a z̄^m = Re e^{iφ} |z|^(a+m) e^{i(a-m)θ}, with log z as a factor if asked for."""
    g = np.random.default_rng(0)
    u, v = g.uniform(0.1, 1, (2, 20))
    x, y, a, m, phase = -0.2, 0.05, 2 / 3, 1.0, 0.7
    by_x, by_y = 0.8 - 0.3j, 0.2 + 1.1j
    made = _follow_corner(
        torch.tensor(u), torch.tensor(v), x, y, by_x.real, by_x.imag, by_y.real, by_y.imag,
        a + m, a - m, phase, ending, log,
    )  # fmt: skip
    z = (u - x) * by_x + (v - y) * by_y
    wanted = np.exp(1j * phase) * np.abs(z) ** (a + m) * np.exp(1j * (a - m) * np.angle(z))
    wanted = (wanted * np.log(z)).real if log else wanted.real
    if ending:
        wanted = wanted * np.maximum(0, 1 - np.abs(z) ** 2 * ending**2) ** 6
    close(made, wanted)


def test_functions_of_earlier_files_are_read():
    new = [float(k) for k in range(11)]
    assert _read_function(new) == new
    unit, direction = 2.0, 0.3
    z = cmath.rect(1 / unit, -direction)
    wanted = [1.0, 2.0, z.real, z.imag, -z.imag, z.real, 5.0, 6.0, 7.0]
    for more in ([], [8.0], [8.0, 1.0]):
        found = _read_function([1.0, 2.0, direction, unit, 5.0, 6.0, 7.0, *more])
        close(found, [*wanted, *more, *[0.0] * (2 - len(more))])
    for count in (6, 10, 12):
        with pytest.raises(ValueError, match="11 numbers"):
            _read_function([1.0] * count)


# ---- large problems ---------------------------------------------------------------------------


def test_lsqr_minimises_the_residual():
    g = torch.Generator().manual_seed(0)
    matrix = torch.randn(9, 4, generator=g).double()
    right = torch.randn(9, generator=g).double()
    wanted = torch.linalg.lstsq(matrix, right[:, None]).solution[:, 0]
    found = lsqr(lambda z: matrix @ z, lambda r: matrix.t() @ r, right, goal=1e-12, steps=20)
    close(found.solution, wanted, rtol=1e-8)
    first = float((matrix.t() @ right).norm())
    for steps in (1, 2):
        few = lsqr(lambda z: matrix @ z, lambda r: matrix.t() @ r, right, goal=0.0, steps=steps)
        gradient = float((matrix.t() @ (matrix @ few.solution - right)).norm()) / first
        assert few.gradient == pytest.approx(gradient, rel=1e-6)
    none = lsqr(lambda z: matrix @ z, lambda r: matrix.t() @ r, 0 * right, goal=0.0, steps=3)
    close(none.solution, torch.zeros(4))


def test_small_pieces_of_splitting():
    g = torch.Generator().manual_seed(0)
    blocks = torch.randn(3, 5, 2, generator=g, dtype=torch.complex128)
    torch.testing.assert_close(_invert(blocks), torch.linalg.pinv(blocks))
    assert _omit((4, 5, 6), 1) == (4, 6)
    values = torch.arange(24.0).reshape(2, 3, 4)
    torch.testing.assert_close(_to_front(values, [2, 0])[5], values.permute(2, 0, 1)[2, 1])
    along = torch.stack([torch.eye(2), 2 * torch.eye(2), 3 * torch.eye(2), 4 * torch.eye(2)])
    for order, factor in ((1, 2 + 1 / 0.5), (2, 3 - 1 / 0.25), (3, 4 + 1 / 0.125)):
        torch.testing.assert_close(_combine(along, order, 0.5), factor * torch.eye(2))
