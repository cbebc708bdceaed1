"""Grids that move and grow: what stays the same, and what the data can't break."""

import copy

import pytest
import torch
from grid_models import largest, model_of, points
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise import grids
from edgewise.bases.base import registry
from edgewise.grids.changes import change
from edgewise.grids.coverage import LayerCoverage
from edgewise.training import levenberg_marquardt

# Many of these grids draw the old curves badly, and say so: test_changes.py sees to that.
pytestmark = pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")

LOCAL = (ew.BSpline(5), ew.Gaussian(8, -1, 1), ew.RSWAF(8, -1, 1, inv_denominator=3.0))


@pytest.mark.parametrize("degree", [1, 2, 3, 5])
@pytest.mark.parametrize("spread", [1.0, 3.0])
def test_refining_a_spline_changes_nothing_anywhere(degree, spread):
    model = first = model_of(ew.BSpline(3, degree))
    x = points(spread=spread)
    for size in (5, 10, 20, 50, 100):
        model = grids.refine(model, size)
        assert model.layers[0].basis.grid == size
        assert largest(first, model, x) < 1e-12


def test_refining_keeps_a_uniform_grid_uniform_where_the_data_stays_inside():
    x = points()
    model = first = model_of(ew.BSpline(5), widths=(3, 2))
    for size in (10, 20, 40):
        model = grids.refine(model, size, x)
        assert model.layers[0].basis.uniform
        assert largest(first, model, x) < 1e-12


def test_even_refinement_approximates_and_stays_uniform():
    model = model_of(ew.BSpline(10), widths=(3, 2))
    finer = grids.refine(model, 25, points(), even=True)
    assert finer.layers[0].basis.uniform
    assert 1e-6 < change(model, finer, points()) < 0.1


@pytest.mark.parametrize("basis", [ew.bases.Legendre(3), ew.Chebyshev(4), ew.Fourier(3)], ids=str)
def test_refining_polynomials_and_harmonics_is_exact(basis):
    model = model_of(basis)
    finer = grids.refine(model, 9)
    assert largest(model, finer, points(spread=2.0)) < 1e-11


@pytest.mark.parametrize("basis", LOCAL, ids=str)
def test_extending_covers_the_data_and_changes_nothing(basis):
    model = model_of(basis)
    x = points(spread=2.5)
    wider = grids.extend(model, x)
    assert largest(model, wider, x) < 1e-12
    layers = grids.coverage(wider, x).layers.values()
    assert all(float(c.outside.max()) == 0 for c in layers)


@pytest.mark.parametrize("basis", LOCAL, ids=str)
def test_fit_range_spans_each_input(basis):
    model = model_of(basis, widths=(3, 2))
    x = points() * torch.tensor([0.1, 1.0, 5.0]) + 2
    layer = grids.fit_range(model, x, margin=0.0).layers[0]
    grid = layer.basis.points(layer.grid)
    torch.testing.assert_close(grid[:, 0], x.amin(0))
    torch.testing.assert_close(grid[:, -1], x.amax(0))
    gaps = grid.diff()
    torch.testing.assert_close(gaps, gaps.mean(1, keepdim=True).expand_as(gaps))


def test_adapt_mixes_quantiles_and_a_uniform_grid():
    model = model_of(ew.BSpline(4), widths=(1, 1))
    x = torch.linspace(0, 1, 1001).double()[:, None] ** 2
    layer = grids.adapt(model, x, mix=0.25, margin=0.0, tolerance=torch.inf).layers[0]
    quarters = torch.linspace(0, 1, 5).double()
    expected = 0.25 * quarters + 0.75 * quarters**2
    torch.testing.assert_close(layer.basis.points(layer.grid)[0], expected)


def test_polynomials_get_an_affine_map_and_stay_what_they_are():
    model = model_of(ew.Chebyshev(5), norm=None)
    x = points() * 3 + 1
    moved = grids.fit_range(model, x, margin=0.0)
    assert moved.layers[0].norm_name == "affine"
    z = moved.layers[0].norm(x)
    torch.testing.assert_close(z.amin(0), -torch.ones(3).double())
    torch.testing.assert_close(z.amax(0), torch.ones(3).double())
    assert change(model, moved, x) < 1e-10


@pytest.mark.parametrize("basis", LOCAL, ids=str)
def test_adapt_keeps_its_promise(basis):
    model = model_of(basis)
    x = points()
    for tolerance in (0.3, 0.01, 0.0):
        assert change(model, grids.adapt(model, x, tolerance=tolerance), x) <= tolerance


def test_nothing_is_mutated():
    model, x = model_of(ew.BSpline(5)), points()
    before, state = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    model.train()
    for call in (
        lambda: grids.fit_range(model, x),
        lambda: grids.adapt(model, x),
        lambda: grids.refine(model, 9, x),
        lambda: grids.extend(model, 2 * x),
        lambda: grids.convert(model, ew.Gaussian(9), x),
        lambda: grids.coverage(model, x),
    ):
        call()
    after = model.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[k], after[k]) for k in before)
    assert torch.equal(state, torch.get_rng_state())
    assert all(m.training for m in model.modules())
    assert not model.layers[0]._forward_pre_hooks


@pytest.mark.parametrize("basis", LOCAL, ids=str)
def test_settings_survive(basis):
    layer = ew.KANLinear(3, 2, basis=basis, norm="layer", base="identity", coef_scale=True)
    layer.mask = torch.tensor([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    model = ew.KAN.from_layers([layer]).double()
    new = grids.refine(grids.fit_range(model, points()), 12, points()).layers[0]
    assert (new.base, new.norm_name) == ("identity", "layer")
    assert torch.equal(new.mask, model.layers[0].mask)
    assert torch.equal(new.coef_scale, model.layers[0].coef_scale)
    assert torch.equal(new.base_weight, model.layers[0].base_weight)
    restored = ew.KAN.from_config(ew.KAN.from_layers([new]).to_config(), dtype=torch.float64)
    restored.load_state_dict(ew.KAN.from_layers([new]).state_dict())
    torch.testing.assert_close(restored(points()), ew.KAN.from_layers([new])(points()))


DATA = {
    "one row": points(1),
    "two rows": points(2),
    "repeated": points(1).repeat(50, 1),
    "constant input": points() * torch.tensor([1.0, 0.0, 1.0]) + torch.tensor([0.0, 0.5, 0.0]),
    "one cell": points() * 1e-3 + 0.01,
    "far away": points() + 1e4,
    "huge": points() * 1e8,
    "tiny": points() * 1e-12,
    "two values": (points() > 0).double(),
    "an outlier": torch.cat([points(), torch.full((1, 3), 50.0).double()]),
}


EVERY = [cls() for cls in registry().values()]


@pytest.mark.parametrize(
    ("basis", "name"),
    [
        (basis, name)  # what has no grid of its own takes one way for all of them
        for k, basis in enumerate(EVERY)
        for m, name in enumerate(DATA)
        if basis.is_local or (k + m) % 4 == 0
    ],
    ids=str,
)
def test_bad_data_never_gives_nan(basis, name):
    model, x = model_of(basis), DATA[name]
    for new in (
        grids.fit_range(model, x),
        grids.adapt(model, x),
        grids.refine(model, 13, x),
        grids.convert(model, ew.Gaussian(6), x).model,
        grids.convert(model, ew.BSpline(6, 2), x).model,
    ):
        assert all(p.isfinite().all() for p in new.state_dict().values())
        with torch.no_grad():
            assert new(points()).isfinite().all()
            assert new(x).isfinite().all()


@settings(deadline=None, max_examples=40)
@given(
    rows=st.integers(1, 40),
    seed=st.integers(0, 999),
    scale=st.sampled_from([1e-30, 1e-6, 1.0, 1e6, 1e30]),
    shift=st.sampled_from([0.0, 1.0, -1e5]),
    levels=st.sampled_from([1, 2, 5, 1000]),
    mix=st.sampled_from([0.0, 0.1, 1.0]),
    basis=st.sampled_from(LOCAL),
)
def test_any_finite_data_gives_finite_functions(rows, seed, scale, shift, levels, mix, basis):
    g = torch.Generator().manual_seed(seed)
    x = torch.randint(0, levels, (rows, 3), generator=g).double() / levels * scale + shift
    new = grids.adapt(model_of(basis), x, mix=mix, tolerance=torch.inf)
    assert all(p.isfinite().all() for p in new.state_dict().values())
    with torch.no_grad():
        assert new(x).isfinite().all()


def test_few_samples_leave_the_functions_between_them_alone():
    model = model_of(ew.BSpline(5), widths=(1, 1))
    x = torch.tensor([[-1.0], [1.0]]).double()
    moved = grids.fit_range(model, x, margin=0.0)  # onto the same grid, from two points
    assert largest(model, moved, torch.linspace(-0.99, 0.99, 100).double()[:, None]) < 1e-9


def test_coverage_counts():
    model = model_of(ew.BSpline(4), widths=(2, 1))
    x = torch.tensor([[-2.0, 0.1], [-0.9, 0.1], [0.3, 0.1], [3.0, 5.0]]).double()
    found = grids.coverage(model, x)["layers.0"]
    assert found.below.tolist() == [0.25, 0.0]
    assert found.above.tolist() == [0.25, 0.25]
    # Input 1 sits in the cell [0, 0.5): functions 2 to 5 of 7 fire; 5.0 is beyond all knots.
    assert found.dead[1].tolist() == [True, True, False, False, False, False, True]
    assert "37.5% of values outside" in str(grids.coverage(model, x))


def test_layers_inside_other_modules_and_leading_dimensions():
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(3, 4), ew.KANLinear(4, 5), torch.nn.ReLU(), ew.KANLinear(5, 1)
    ).double()
    x = points().reshape(20, 20, 3)
    finer = grids.refine(model, 10, x)
    assert finer[1].basis.grid == 10
    assert largest(model, finer, x) < 1e-11


ERRORS = {
    "no KAN": (lambda: grids.refine(torch.nn.Linear(2, 2), 5), "KAN layers"),
    "no rows": (lambda: grids.adapt(model_of(ew.BSpline()), torch.empty(0, 3)), "one row"),
    "nan": (lambda: grids.adapt(model_of(ew.BSpline()), points() * torch.nan), "finite"),
    "text": (lambda: grids.adapt(model_of(ew.BSpline()), "x"), "expected numbers, got text"),
    "coarser": (lambda: grids.refine(model_of(ew.BSpline(5)), 4), "at least the size 5"),
    "mix": (lambda: grids.adapt(model_of(ew.BSpline()), points(), mix=2), "mix from 0 to 1"),
    "margin": (lambda: grids.adapt(model_of(ew.BSpline()), points(), margin=-1), "margin"),
    "outlier": (lambda: grids.extend(model_of(ew.BSpline()), points() * 1e6), "fit_range"),
    "name": (lambda: grids.convert(model_of(ew.BSpline()), {"x": ew.RSWAF()}), "'x'"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_wrong_arguments(name):
    call, message = ERRORS[name]
    with pytest.raises((ValueError, TypeError), match=message):
        call()


@pytest.mark.parametrize("basis", LOCAL, ids=str)
@pytest.mark.parametrize("trained", [False, True])
def test_adapting_to_targets_never_costs_more_than_one_percent(basis, trained):
    x = points()
    y = torch.exp(torch.sin(3 * x[:, :1]) + x[:, 1:2] ** 2)
    model = model_of(basis, widths=(3, 2, 1))
    if trained:
        levenberg_marquardt(model, (x, y), steps=20)
    for mix in (0.0, 0.3, 1.0):
        new = grids.adapt(model, x, loss=lambda m: ew.evaluate(m, (x, y))["loss"], mix=mix)
        with torch.no_grad():
            losses = [float((m(x) - y).square().mean()) for m in (model, new)]
        assert losses[1] <= 1.01 * losses[0]


def test_the_text_of_a_coverage_holds_its_numbers():
    dead = torch.tensor([[True, False, False], [False, False, False]])
    one = LayerCoverage(torch.tensor([0.0, 0.25]), torch.tensor([0.125, 0.25]), dead)
    assert str(one) == (
        "31.2% of values outside of the grid (50.0% at the worst of 2 inputs), "
        "1 of 6 functions never fire (16.7%)"
    )
