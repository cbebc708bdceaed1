"""What a call changed is measured, kept and said; what can't be held is refused."""

import math
import warnings

import pytest
import torch
from grid_models import largest, model_of, points

import edgewise as ew
from edgewise import grids
from edgewise.grids.changes import FEW, change

CALLS = {
    "adapt": lambda m, x, tol: grids.adapt(m, x, tolerance=tol),
    "fit_range": lambda m, x, tol: grids.fit_range(m, x, tolerance=tol),
    "refine": lambda m, x, tol: grids.refine(m, 13, x, even=True, tolerance=tol),
    "convert": lambda m, x, tol: grids.convert(m, ew.Chebyshev(8), x, tolerance=tol).model,
}
BASES = (ew.BSpline(5), ew.Gaussian(8), ew.RSWAF(8))


def compare(model, new, x):
    """RMS of the difference over the spread, and the greatest difference over the range."""
    with torch.no_grad():
        a, b = model(x).double(), new(x).double()
    spread = (a - a.mean(0)).square().mean().sqrt()
    extent = (a.amax(0) - a.amin(0)).max()
    return float((a - b).square().mean().sqrt() / spread), float((a - b).abs().max() / extent)


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("basis", BASES, ids=str)
def test_every_call_reports_what_it_changed_on_the_data(basis, verb):
    model, x = model_of(basis), points() * 3
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        new = CALLS[verb](model, x, 0.01)
    found = grids.report(new)
    rms, worst = compare(model, new, x)
    assert found.verb == verb
    assert found.rows == len(x)
    assert found.output_error == pytest.approx(rms, rel=1e-6, abs=1e-14)
    assert found.worst_output == pytest.approx(worst, rel=1e-6, abs=1e-14)
    assert [w.category for w in said] == [grids.ChangeWarning] * (rms > 0.01)
    assert all(w.filename == __file__ for w in said)  # points at the caller's line


@pytest.mark.parametrize("verb", ["fit_range", "convert"])
def test_the_tolerance_is_the_one_that_is_stated(verb):
    model, x = model_of(ew.BSpline(5)), points() * 3
    rms = grids.report(CALLS[verb](model, x, math.inf)).output_error  # silent: warnings are errors
    assert 0.01 < rms < 1
    CALLS[verb](model, x, 1.01 * rms)
    with pytest.warns(grids.ChangeWarning, match=f"{verb} changed the outputs"):
        CALLS[verb](model, x, 0.99 * rms)
    with pytest.raises(ValueError, match=f"{verb} expected tolerance ≥ 0"):
        CALLS[verb](model, x, -1)


def test_the_report_without_data_is_of_the_domain():
    model = model_of(ew.Gaussian(8), widths=(3, 2))
    found = grids.report(grids.refine(model, 13, tolerance=math.inf))
    assert found.rows == 0
    assert 0 < found.output_error < 0.1
    assert 0 < found.worst_edge < 0.1


def test_models_that_answer_with_several_tensors_are_judged_by_their_edges():
    class Two(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = model_of(ew.Gaussian(8), widths=(3, 2))

        def forward(self, x):
            y = self.layer(x)
            return y, 2 * y

    with pytest.warns(grids.ChangeWarning):
        found = grids.report(grids.fit_range(Two(), points() * 3))
    assert math.isnan(found.output_error)
    assert found.error == found.worst_edge > 0.01


def test_a_model_of_another_origin_has_no_report():
    with pytest.raises(ValueError, match="report expected a model"):
        grids.report(model_of(ew.BSpline()))


@pytest.mark.parametrize("basis", [ew.Gaussian(8), ew.RSWAF(8)], ids=str)
@pytest.mark.parametrize("spread", [3.0, 6.0])
def test_refine_widens_a_grid_that_data_have_left(basis, spread):
    model, x = model_of(basis, widths=(3, 2)), points() * spread
    new = grids.refine(model, 16, x, tolerance=0.02)  # 0.05 to 0.2 on the old domain
    layer = new.layers[0]
    at = layer.basis.points(layer.grid)
    assert layer.basis.num_basis == 16
    assert float(at.min()) < basis.lo
    assert float(at.max()) > basis.hi
    assert compare(model, new, x)[0] < 0.02


@pytest.mark.parametrize("kind", [ew.bases.Legendre, ew.Chebyshev])
@pytest.mark.parametrize("scale", [1e3, 1e6])
def test_refining_polynomials_of_large_inputs_stays_finite_in_float32(kind, scale):
    model = model_of(kind(3), widths=(3, 2), norm=None).float()
    x = (points() * scale).float()
    new = grids.refine(model, 13, x)
    assert compare(model, new, x)[0] < 1e-5
    assert new.layers[0].basis == kind(13)


@pytest.mark.parametrize("kind", [ew.Chebyshev, ew.bases.Legendre])
def test_polynomials_that_would_overflow_are_refused(kind):
    model, x = model_of(ew.BSpline()).float(), (points() * 1e8).float()
    with pytest.raises(ValueError, match="convert expected values that the new functions can hold"):
        grids.convert(model, kind(8), x)


@pytest.mark.parametrize("basis", [ew.Gaussian(1), ew.RSWAF(1)], ids=str)
@pytest.mark.parametrize("call", ["extend", "refine"])
def test_a_single_centre_neither_goes_on_nor_gets_finer(basis, call):
    model = model_of(basis)
    with pytest.raises(ValueError, match=f"{call} expected at least two centres"):
        grids.extend(model, points()) if call == "extend" else grids.refine(model, 9, points())


@pytest.mark.parametrize("scale", [1e19, 1e30, 1e37, 3e38])
@pytest.mark.parametrize(
    "basis", [ew.BSpline(), ew.Gaussian(8), ew.Gaussian(1), ew.RSWAF(8)], ids=str
)
def test_huge_inputs_give_finite_outputs_or_a_value_error(basis, scale):
    model, x = model_of(basis).float(), (points() * scale).float()
    with pytest.raises(ValueError, match=r"extend expected|expected finite"):
        grids.extend(model, x)
    for call in CALLS.values():
        try:
            new = call(model, x, math.inf)
        except ValueError:
            continue
        assert compare(model, new, x)[0] < 1


def test_outputs_that_are_constant_are_compared_with_their_size():
    model = model_of(ew.Gaussian(4), widths=(3, 2))
    x = torch.tensor([[0.3, -0.2, 0.1]]).double().repeat(50, 1)
    new = grids.refine(model, 9, x)
    assert change(model, new, x) < 0.01  # the spread is rounding alone: nearly 0 / 0


@pytest.mark.parametrize("basis", BASES, ids=str)
def test_adapt_moves_as_far_as_the_tolerance_lets_it(basis):
    model, x = model_of(basis, widths=(3, 2)), points() * 0.5
    old = model.layers[0].basis.points(model.layers[0].grid)
    new = grids.adapt(model, x, tolerance=0.02)
    layer = new.layers[0]
    moved = layer.basis.points(layer.grid) - old
    ends = torch.tensor([1.0, -1.0]).double() * 0.5 * (1.0 - 0.5)
    assert 0 < change(model, new, x) <= 0.02
    assert bool((moved[:, 0] > ends[0] / 4).all())  # towards data from both sides
    assert bool((moved[:, -1] < ends[1] / 4).all())


def test_adapt_keeps_its_promise_on_many_rows():
    x = torch.randn(3 * FEW, 3, generator=torch.Generator().manual_seed(2)).double() / 3
    model = model_of(ew.BSpline(8))
    new = grids.adapt(model, x, tolerance=0.02)
    assert 0 < compare(model, new, x)[0] <= 0.02


def test_many_rows_cost_what_their_quantiles_cost():
    x = torch.rand(20_000, 3, generator=torch.Generator().manual_seed(2)).double() * 2 - 1
    model = model_of(ew.BSpline(6), widths=(3, 2))
    few = grids.refine(model, 7, x[:1000], even=True, tolerance=math.inf)
    many = grids.refine(model, 7, x, even=True, tolerance=math.inf)
    assert grids.report(many).output_error <= 1.01 * compare(model, few, x)[0]
    assert largest(few, many, x) > 0
