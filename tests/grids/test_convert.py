"""One basis into another: exact where it can be, and honest where it can't."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from grid_models import largest, model_of, points

import edgewise as ew
from edgewise import grids
from edgewise.bases.base import registry

# Many of these grids draw the old curves badly, and say so: test_changes.py sees to that.
pytestmark = pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")


def test_splines_onto_a_grid_that_contains_theirs():
    model = model_of(ew.BSpline(5), widths=(3, 2))
    found = grids.convert(model, ew.BSpline(15))
    assert found.worst_edge < 1e-11
    assert found.output_error < 1e-11
    assert largest(model, found.model, points(spread=0.999)) < 1e-11


def test_polynomials_into_each_other():
    model = model_of(ew.Chebyshev(5), norm=None)
    for basis in (ew.bases.Legendre(5), ew.Chebyshev(7), ew.bases.Legendre(9)):
        found = grids.convert(model, basis)
        assert found.worst_edge < 1e-12
        assert largest(model, found.model, points(spread=3.0)) < 1e-6  # degree 25, far outside
    down = grids.convert(model, ew.bases.Legendre(3))
    assert down.worst_edge > 1e-3


def test_a_polynomial_is_a_spline_of_its_degree():
    model = model_of(ew.bases.Legendre(3), widths=(3, 2), norm=None)
    found = grids.convert(model, ew.BSpline(4, 3))
    assert found.worst_edge < 1e-12
    assert largest(model, found.model, points(spread=0.999)) < 1e-12


def test_the_reported_errors_are_the_errors():
    model, x = model_of(ew.BSpline(6), widths=(3, 2)), points()
    found = grids.convert(model, ew.Gaussian(12), x)
    old, new = model.layers[0], found.model.layers[0]
    with torch.no_grad():
        a = torch.einsum("big,igo->bio", old.basis.evaluate(x, old.grid), old.coef)
        b = torch.einsum("big,igo->bio", new.basis.evaluate(x, new.grid), new.coef)
        edge = (a - b).square().mean(0).sqrt() / a.square().mean(0).sqrt()
        y = model(x)
        output = (found.model(x) - y).square().mean().sqrt() / (
            y - y.mean(0)
        ).square().mean().sqrt()
    torch.testing.assert_close(found.edge_error["layers.0"], edge, rtol=1e-6, atol=1e-12)
    assert found.output_error == pytest.approx(float(output), rel=1e-6)
    assert "layers.0" in str(found)
    assert "outputs" in str(found)


def test_more_functions_never_do_worse_on_the_data():
    model, x = model_of(ew.BSpline(6), widths=(3, 2)), points()
    for kind in (ew.Gaussian, ew.RSWAF):
        errors = [
            float(grids.convert(model, kind(n), x).edge_error["layers.0"].square().mean())
            for n in (6, 12, 24)
        ]
        assert errors[0] > errors[1] > errors[2]


EVERY = [cls() for cls in registry().values()]


@pytest.mark.parametrize(
    ("old", "new"),
    [(old, EVERY[(k + shift) % len(EVERY)]) for k, old in enumerate(EVERY) for shift in (0, 1, 5)],
    ids=str,
)
def test_every_basis_into_others(old, new):
    """Curves are drawn by functions without regard to whose they were: itself, and two others."""
    model, x = model_of(old, widths=(2, 2)), points(columns=2)
    found = grids.convert(model, new, x)
    assert found.model.layers[0].basis.name == new.name
    assert found.worst_edge < 1.001  # no worse than drawing nothing
    if old == new:
        assert found.worst_edge < 1e-9


def test_some_layers_only():
    model = model_of(ew.BSpline(4))
    new = grids.convert(model, {"layers.1": ew.RSWAF(9)}).model
    assert new.layers[0].basis == model.layers[0].basis
    assert new.layers[1].basis.name == "rswaf"


GOLDEN = Path(__file__).parent.parent / "data" / "golden"


def imported(name):
    """A model that another program wrote, and the inputs it was recorded with."""
    data = np.load(GOLDEN / f"{name}.npz")
    config = json.loads(str(data["config"]))
    state = {
        key.removeprefix("state/"): torch.from_numpy(data[key])
        for key in data.files
        if key.startswith("state/")
    }
    if name.startswith("pykan"):
        basis = ew.BSpline(config["grid"], config["k"])
        model = ew.KAN(config["width"], basis=basis, coef_scale=True, dtype=torch.float64)
    else:
        model = ew.presets.EfficientKAN(config["layers_hidden"], dtype=torch.float64)
    model.load_state_dict(state)
    return model, torch.from_numpy(data["x"])


@pytest.mark.parametrize("name", ["efficientkan_default", "pykan_default"])
def test_imported_models_into_another_grid_into_gaussians_and_back(name):
    model, x = imported(name)
    basis = model.layers[0].basis
    finer = grids.convert(model, ew.BSpline(3 * basis.grid + 1, basis.degree), x)
    there = grids.convert(model, ew.Gaussian(2 * basis.num_basis), x)
    back = grids.convert(there.model, basis, x)
    for old, step in ((model, finer), (model, there), (there.model, back)):
        with torch.no_grad():
            y, new = old(x), step.model(x)
        error = (new - y).square().mean().sqrt() / (y - y.mean(0)).square().mean().sqrt()
        assert step.output_error == pytest.approx(float(error), rel=1e-6, abs=1e-12)
        assert all(e.isfinite().all() for e in step.edge_error.values())
    # Some of these inputs lie outside of the grids, where the new functions fade out elsewhere.
    assert finer.output_error < 0.1
    assert there.output_error < 0.1


def test_no_names_convert_no_layer():
    model = model_of(ew.BSpline(5))
    found = grids.convert(model, {})
    assert torch.equal(found.model(points()), model(points()))
