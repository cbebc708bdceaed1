"""Grids under functions that go on as lines: the lines stay, whatever moves."""

from dataclasses import replace

import pytest
import torch
from grid_models import largest, model_of, points

import edgewise as ew
from edgewise.bases import registry
from edgewise.bases.base import Basis
from edgewise.grids.layers import sample_layers
from edgewise.grids.project import ends
from edgewise.grids.targets import find_reach

OWN = [name for name, cls in registry().items() if cls.__module__.startswith("edgewise.")]
TAILS = [registry()[name](linear_tails=True) for name in OWN]
GRIDS = [basis for basis in TAILS if basis.points(basis.init_grid(1)) is not None]
NESTED = [basis for basis in TAILS if basis not in GRIDS] + [
    ew.BSpline(5, degree, linear_tails=True) for degree in range(1, 6)
]


def single(basis, **settings):
    return model_of(basis, (2, 3), norm=None, base=None, **settings)


def far(model, rows=600):
    """Three times as far as the domain on both sides."""
    layer = model.layers[0]
    lo, hi = layer.basis.domain(layer.grid)
    return (lo + hi) / 2 + points(rows, 2, 1.5 * (hi - lo))


def beyond(model, x):
    layer = model.layers[0]
    lo, hi = ends(layer.basis, layer.grid)
    return ((x < lo) | (x > hi)).double().mean()


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_every_verb_keeps_them(basis):
    model = single(basis)
    x = far(model) / 2
    size = None if basis.size_name is None else 2 * getattr(basis, basis.size_name)
    made = [
        ew.grids.refine(model, size, tolerance=10),
        ew.grids.refine(model, size, x, tolerance=10),
        ew.grids.fit_range(model, x, tolerance=10),
        ew.grids.adapt(model, x),
        ew.grids.extend(model, x),
        ew.grids.convert(model, basis, x, tolerance=10).model,
    ]
    for new in made:
        assert new.layers[0].basis.linear_tails


@pytest.mark.parametrize("basis", NESTED, ids=str)
def test_refining_changes_no_line(basis):
    model = single(basis)
    x = far(model)
    assert beyond(model, x) > 0.6
    for data in (None, x):
        finer = ew.grids.refine(model, 2 * getattr(basis, basis.size_name), data)
        assert finer.layers[0].basis.num_basis > basis.num_basis
        assert largest(model, finer, x) < 1e-7


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize("basis", GRIDS, ids=str)
def test_extending_follows_the_lines(basis):
    """As near as functions that end can: without, most of the outputs' spread would be lost."""
    model = single(basis)
    x = far(model)
    longer = ew.grids.extend(model, x)
    assert beyond(longer, x) == 0
    y = model(x).detach()
    off = float((longer(x).detach() - y).std() / y.std())
    assert off < (0.2 if isinstance(basis, ew.bases.Wavelet) else 0.05)
    told = ew.grids.report(longer)
    assert 0.3 < told.output_error / off < 3
    assert 0.3 < told.worst_edge / off < 30


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_converting_lines_into_lines(basis):
    model = single(basis)
    x = far(model)
    new = ew.grids.convert(model, basis, x)
    assert largest(model, new.model, x) < 1e-6 * (1 + float(model(x).detach().abs().max()))
    layer = new.model.layers[0]
    lo, hi = layer.basis.domain(layer.grid)
    first = model.layers[0]
    assert (float(lo), float(hi)) == pytest.approx(first.basis.domain(first.grid))


def test_functions_without_tails_draw_lines_where_data_are():
    model = single(ew.BSpline(5, linear_tails=True))
    x = far(model)
    layer = model.layers[0]
    sample = sample_layers(model, x)["layers.0"]
    lo, hi = find_reach(layer, sample)
    assert torch.equal(lo, sample.low)
    assert torch.equal(hi, sample.high)
    new = ew.grids.convert(model, ew.BSpline(60), x, tolerance=1)
    assert new.output_error < 0.02


@pytest.mark.parametrize("basis", GRIDS, ids=str)
def test_one_row_far_out_puts_no_function_to_sleep(basis):
    model = single(basis)
    x = far(model) / 3
    inside = ew.grids.coverage(model, x)["layers.0"]
    x[0] = 1e9
    found = ew.grids.coverage(model, x)["layers.0"]
    assert torch.equal(found.dead, inside.dead)
    assert (found.above > 0).all()


def test_a_basis_of_the_users_own_needs_no_formula_of_its_slopes():
    class Bell(Basis):
        name = "bell_with_tails"

        @property
        def num_basis(self):
            return 2

        def grid_shapes(self, in_features):
            return ()

        def domain(self, grid):
            return -1.0, 1.0

        def functions(self, z, grid):
            return torch.stack([1 / (1 + z * z), z / (1 + z * z)], -1)

    basis = replace(Bell(), linear_tails=True)
    model = single(basis)
    assert largest(model, ew.grids.convert(model, basis, far(model)).model, far(model)) < 1e-6
