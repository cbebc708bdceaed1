"""Grids that go on: each function stays, new ones are like the last, and the settings say so."""

import pytest
import torch
from grid_models import largest, model_of, points

import edgewise as ew
from edgewise import grids
from edgewise.bases.base import Basis
from edgewise.grids import project
from edgewise.grids.changes import Judge, change
from edgewise.grids.convert import span_domain
from edgewise.grids.layers import put
from edgewise.grids.project import Target
from edgewise.grids.project import project as project_layer
from edgewise.grids.sample import condense
from edgewise.grids.solve import LeastSquares

LEFT, RIGHT = 2, 3
F64 = torch.float64


UNEVEN = torch.tensor([[-1.0, -0.5, 0.1, 0.4, 1.3], [-2.0, -1.2, -0.1, 0.5, 0.8]]).double()
WIDTHS = torch.tensor([[0.3, 0.4, 0.5, 0.6, 0.9], [0.9, 0.8, 0.7, 0.5, 0.2]]).double()
EVEN = {
    "cubic": ew.BSpline(5),
    "quadratic": ew.BSpline(4, 2, -2, 1),
    "gaussian": ew.Gaussian(6),
    "rswaf": ew.RSWAF(5),
}
CASES = {
    **{name: (basis, basis.init_grid(2, dtype=F64)) for name, basis in EVEN.items()},
    "gaussians of each input": (ew.Gaussian(5), (UNEVEN, WIDTHS)),
    "rswaf of each input": (ew.RSWAF(5), (UNEVEN, WIDTHS)),
    "gaussians of their widths": (ew.Gaussian(5), (UNEVEN[0], WIDTHS[0])),
    "splines of each input": (ew.BSpline(2, 1, uniform=False), (UNEVEN,)),
    "even splines of each input": (
        ew.BSpline(4, uniform=False),
        ew.BSpline(4, uniform=False).init_grid(2, dtype=F64),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_function_g_becomes_function_g_plus_left(case):
    basis, grid = CASES[case]
    z = torch.linspace(-5, 5, 101).double()[:, None].expand(-1, 2).contiguous()
    larger, new = basis.extended(grid, LEFT, RIGHT)
    phi, old = larger.evaluate(z, new), basis.evaluate(z, grid)
    assert larger.num_basis == basis.num_basis + LEFT + RIGHT
    inner = phi[..., LEFT : LEFT + basis.num_basis]
    torch.testing.assert_close(inner, old, atol=1e-12, rtol=1e-12)


@pytest.mark.parametrize("case", [c for c in CASES if not c.startswith("splines")])
def test_new_functions_are_the_last_ones_moved(case):
    basis, grid = CASES[case]
    larger, new = basis.extended(grid, LEFT, RIGHT)
    at = new[0].expand(2, -1)
    z = torch.linspace(-2, 2, 41).double()[:, None].expand(-1, 2)
    first, last = at[:, 1] - at[:, 0], at[:, -1] - at[:, -2]

    def value(z, g):
        return larger.evaluate(z.contiguous(), new)[..., g]

    for k in range(LEFT):
        moved = value(z + (LEFT - k) * first, LEFT)
        torch.testing.assert_close(value(z, k), moved, atol=1e-12, rtol=1e-9)
    for k in range(1, RIGHT + 1):
        moved = value(z - k * last, -RIGHT - 1)
        torch.testing.assert_close(value(z, k - RIGHT - 1), moved, atol=1e-12, rtol=1e-9)


@pytest.mark.parametrize("basis", [ew.BSpline(5), ew.Gaussian(6), ew.RSWAF(5, -1, 2)], ids=str)
def test_the_settings_of_an_even_grid_make_that_grid(basis):
    grid = basis.init_grid(1, dtype=F64)
    step = float(basis.points(grid).diff().mean())
    larger, new = basis.extended(grid, LEFT, RIGHT)
    assert larger.lo == pytest.approx(basis.lo - LEFT * step)
    assert larger.hi == pytest.approx(basis.hi + RIGHT * step)
    for made, kept in zip(larger.init_grid(1, dtype=F64), new, strict=True):
        torch.testing.assert_close(made, kept, atol=1e-12, rtol=1e-12)
    placed, moved = basis.placed(3 * basis.points(grid) + 1, grid)
    assert (placed.lo, placed.hi) == pytest.approx((3 * basis.lo + 1, 3 * basis.hi + 1))
    for made, kept in zip(placed.init_grid(1, dtype=F64), moved, strict=True):
        torch.testing.assert_close(made, kept, atol=1e-12, rtol=1e-12)


@pytest.mark.parametrize("basis", [ew.Gaussian(6, width=0.5), ew.RSWAF(5, inv_denominator=2.0)])
def test_widths_follow_the_distance_of_the_points(basis):
    """φ_g(c_g + t gap) stays the same number when centres move, to a rounding."""
    grid = basis.init_grid(2, dtype=F64)
    shifts = torch.tensor([0.5, -1.0]).double()[:, None]
    rows = torch.stack([basis.points(grid) * 2.5, basis.points(grid) * 0.3]) + shifts
    for target in (rows, rows[0]):
        larger, new = basis.placed(target, grid)
        gap = target.expand(2, -1).diff().mean(1)
        t = torch.linspace(-3, 3, 13).double()[:, None]
        middle = target.expand(2, -1)[:, 2]
        there = larger.evaluate(middle + t * gap, new)[..., 2]
        old = basis.points(grid)
        here = basis.evaluate((old[2] + t * old.diff().mean()).expand(-1, 2), grid)[..., 2]
        torch.testing.assert_close(there, here, atol=1e-12, rtol=1e-12)


@pytest.mark.parametrize("verb", ["extend", "refine", "convert", "adapt"])
def test_frozen_coefficients_stay_frozen(verb):
    model, x = model_of(ew.BSpline(5), widths=(3, 2)), 2 * points()
    call = {
        "extend": lambda m: grids.extend(m, x),
        "refine": lambda m: grids.refine(m, 10, x),
        "convert": lambda m: grids.convert(m, ew.BSpline(10), x, tolerance=1.0).model,
        "adapt": lambda m: grids.adapt(m, x, tolerance=1.0),
    }[verb]
    assert call(model).layers[0].coef.requires_grad
    model.layers[0].coef.requires_grad_(False)
    new = call(model).layers[0]
    assert not new.coef.requires_grad
    assert new.base_weight.requires_grad


def test_even_points_go_from_end_to_end_without_data_too():
    new = grids.refine(model_of(ew.BSpline(10), widths=(3, 2)), 25, even=True, tolerance=1.0)
    layer = new.layers[0]
    wanted = torch.linspace(-1, 1, 26).double()
    torch.testing.assert_close(layer.basis.points(layer.grid), wanted)


@pytest.mark.parametrize("size", [1e4, 1.0, 1e-4])
def test_cells_are_no_narrower_than_the_layers_type_can_hold(size):
    """Nearly all values are one: quantiles alone would put all points there."""
    x = torch.full((200, 3), size)
    x[:3] *= 1 + 1.5e-4
    model = model_of(ew.BSpline(6), widths=(3, 2)).float()
    new = grids.adapt(model, x, mix=0.0, margin=0.0, tolerance=torch.inf)
    layer = new.layers[0]
    gaps = layer.basis.points(layer.grid).diff()
    assert layer.grid[0].dtype == torch.float32
    assert bool((gaps > 0).all())


@pytest.mark.parametrize(("cells", "fine"), [(250, True), (251, False)])
def test_a_grid_grows_to_256_points_and_no_further(cells, fine):
    model = model_of(ew.BSpline(5, 1), widths=(1, 1))
    x = torch.tensor([[0.0], [1 + (cells - 0.5) * 0.4]]).double()
    if not fine:
        with pytest.raises(ValueError, match="251 cells away"):
            grids.extend(model, x)
        return
    assert grids.extend(model, x).layers[0].basis.grid == 5 + cells


def test_a_report_counts_rows_of_any_shape():
    x = points(60).reshape(4, 15, 3)
    assert grids.report(grids.refine(model_of(ew.BSpline(5)), 9, x)).rows == 60


def test_no_tolerance_takes_what_is_not_finite():
    model, x = model_of(ew.BSpline(5), widths=(3, 2)), points(20)
    broken = grids.refine(model, 5, x)
    with torch.no_grad():
        broken.layers[0].coef[0] = torch.inf
    judge = Judge(model, x)
    assert judge.tolerates(model, 0.0)
    assert not judge.tolerates(broken, torch.inf)


def test_a_change_of_nothing_finite_is_not_a_number():
    model, x = model_of(ew.BSpline(5), widths=(3, 2)), points(20)
    new = grids.refine(model, 9, x)
    with torch.no_grad():
        model.layers[0].bias[:] = torch.nan
    assert change(model, new, x) != change(model, new, x)  # NaN alone differs from itself


def test_the_data_may_lie_where_a_domain_is_not_around_zero():
    """The affine map of a basis without a grid takes the layer's domain to the basis's own."""
    from dataclasses import dataclass
    from typing import ClassVar

    from edgewise.bases import base

    @dataclass(frozen=True)
    class Powers(Basis):
        name: ClassVar[str] = "test_powers"
        size_name: ClassVar[str] = "num"
        affine: ClassVar[bool] = True
        num: int = 4

        @property
        def num_basis(self):
            return self.num

        def grid_shapes(self, in_features):
            return ()

        def domain(self, grid):
            return 1.0, 4.0

        def evaluate(self, z, grid):
            return torch.stack([z**k for k in range(self.num)], -1)

    try:
        layer = model_of(ew.BSpline(5, 3, -2, 6), widths=(3, 2)).layers[0]
        target = span_domain(layer, Powers(), sample=None)
        ends = torch.tensor([[-2.0] * 3, [6.0] * 3]).double()
        torch.testing.assert_close(
            target.coordinate(ends, slice(None)), torch.tensor([[1.0] * 3, [4.0] * 3]).double()
        )
    finally:
        del base._REGISTRY["test_powers"]


# ---- least squares ------------------------------------------------------------------------------


def solve(a, t):
    problem = LeastSquares(1, a.shape[-1], t.shape[-1], a.device)
    problem.add(a[None], t[None])
    return problem.solve()[0]


def test_what_the_rows_do_not_tell_gets_no_part_in_the_solution():
    """Without the cut-off, rounding in a repeated column would be divided by rounding."""
    g = torch.Generator().manual_seed(0)
    u, t = torch.randn(60, 1, generator=g).double(), torch.randn(60, 2, generator=g).double()
    other = torch.randn(60, 1, generator=g).double()
    a = torch.cat([u, other, u, u + other, 3 * u], 1) / 3.7
    found = solve(a, t)
    best = torch.linalg.lstsq(a, t, driver="gelsd").solution
    torch.testing.assert_close(a @ found, a @ best, atol=1e-10, rtol=1e-10)
    assert found.abs().max() < 10


def test_columns_of_any_size_count_alike():
    g = torch.Generator().manual_seed(1)
    a = torch.randn(40, 3, generator=g).double() * torch.tensor([1e20, 1.0, 1e-20]).double()
    wanted = torch.tensor([[2e-20, 1e-20], [3.0, -1.0], [5e20, 4e20]]).double()
    torch.testing.assert_close(solve(a, a @ wanted), wanted, rtol=1e-10, atol=0)


def test_the_problem_is_where_the_rows_are():
    problem = LeastSquares(2, 3, 4, torch.device("meta"))
    assert {problem.r.device.type, problem.t.device.type} == {"meta"}


# ---- nothing is done where something is promised ------------------------------------------------


@pytest.mark.parametrize("basis", [ew.BSpline(5), ew.Gaussian(8), ew.RSWAF(8)], ids=str)
def test_every_verb_moves_something(basis):
    """A function that gives its model back would keep most promises."""
    model, x = model_of(basis, widths=(3, 2)), points() * 0.7
    old = model.layers[0]
    moved = {
        "fit_range": grids.fit_range(model, x, tolerance=1.0),
        "adapt": grids.adapt(model, x, tolerance=1.0),
        "extend": grids.extend(model, 3 * x),
        "refine": grids.refine(model, 12, x, tolerance=1.0),
    }
    for verb, new in moved.items():
        layer = new.layers[0]
        at, before = layer.basis.points(layer.grid), old.basis.points(old.grid)
        assert at.shape != before.shape or float((at - before).abs().max()) > 0.05, verb
    assert largest(model, moved["extend"], 3 * x) < 1e-12


def test_put_takes_a_target_that_is_given_once_for_all_inputs():
    layer = model_of(ew.BSpline(5, uniform=False), widths=(3, 2)).layers[0]
    z = points(50, spread=0.9)
    with torch.no_grad():
        before = layer(z)
        knots = layer.grid[0][0].clone()
        put(layer, Target(layer.basis, (knots,)))
        assert layer.grid[0].shape == (3, len(knots))
        torch.testing.assert_close(layer(z), before, atol=1e-10, rtol=1e-10)


def test_a_large_grid_may_double():
    model = model_of(ew.BSpline(300, 1), widths=(1, 1))
    grown = grids.extend(model, torch.tensor([[-1.0], [2.895]]).double())
    assert grown.layers[0].basis.grid == 300 + 285


@pytest.mark.parametrize("far", [1e3, 1e5, 1e7])
@pytest.mark.parametrize("basis", [ew.Gaussian(8), ew.BSpline(5), ew.bases.ReLUKAN(5)])
def test_an_outlier_does_not_decide_how_many_functions_there_are(basis, far):
    model = ew.KAN([2, 3, 1], basis=basis, norm=None, seed=0)
    x = torch.randn(64, 2, generator=torch.Generator().manual_seed(1))
    x[0, 0] = far
    with pytest.raises(ValueError, match="remove outliers"):
        grids.extend(model, x)


def test_curves_are_not_fitted_where_that_takes_gigabytes():
    model = ew.KAN([2, 1], basis=ew.bases.ReLUKAN(3000), norm=None, seed=0)
    with pytest.raises(ValueError, match=r"at most some 9\d\d functions .* got 3,000"):
        grids.adapt(model, torch.rand(50, 2))
    with pytest.raises(ValueError, match=r"at most 16,384 functions .* got 16,385"):
        grids.refine(ew.KAN([2, 1], basis=ew.BSpline(5)), 16_385)


LOCAL = {
    "cubic": ew.BSpline(60),
    "of each input": ew.BSpline(60, 2, uniform=False),
    "with tails": ew.BSpline(60, linear_tails=True),
    "gaussian": ew.Gaussian(60, -1, 1),
}


@pytest.mark.parametrize("rows", [None, 30, 2000])
@pytest.mark.parametrize("name", LOCAL)
def test_a_fit_from_neighbours_to_neighbours_is_the_fit_of_all(name, rows, monkeypatch):
    """Some data lie beyond the grid on both sides, where no function lives."""
    basis = LOCAL[name]
    layer = model_of(ew.BSpline(7, linear_tails=basis.linear_tails), widths=(2, 3)).layers[0]
    grid = tuple(t + 0.05 * torch.arange(2)[:, None] if t.dim() == 2 else t
                 for t in basis.init_grid(2, dtype=F64))  # fmt: skip
    sample = None if rows is None else condense(points(rows, 2, spread=1.5), functions=0)
    target = Target(basis, grid)
    whole = project_layer(layer, target, sample)
    monkeypatch.setattr(project, "LEAST_LOCAL", 1)
    monkeypatch.setattr(project, "ROWS", 50)
    parts = project_layer(layer, target, sample)
    torch.testing.assert_close(parts.error, whole.error, atol=1e-9, rtol=1e-6)
    z = points(200, 2)
    drawn = [(basis.evaluate(z, grid)[..., None] * fit.coef).sum(-2) for fit in (parts, whole)]
    torch.testing.assert_close(*drawn, atol=1e-7 * float(drawn[1].abs().max()), rtol=0)


def test_thousands_of_splines_draw_what_a_few_drew():
    model = model_of(ew.BSpline(6), widths=(1, 1))
    finer = grids.refine(model, 3000)
    assert finer.layers[0].coef.shape == (1, 3003, 1)
    assert largest(model, finer, points(50, 1)) < 1e-8
