"""Linear tails stay with a model, whatever is done with it, saved and loaded or by hand."""

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.models.adapt_to_data import place_grid
from edgewise.training.regrid import prepare

OWN = [name for name, cls in registry().items() if cls.__module__.startswith("edgewise.")]
TAILS = [registry()[name](linear_tails=True) for name in OWN]


def make(basis, widths=(2, 3, 1)):
    generator = torch.Generator().manual_seed(0)
    return ew.KAN(list(widths), basis=basis, norm=None, base=None, seed=generator).double()


def far(model, rows=60):
    """Three times as far as the domain on both sides."""
    lo, hi = model.stack()[0].basis.domain(model.stack()[0].grid)
    t = torch.rand(rows, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    return (lo + hi) / 2 + 1.5 * (hi - lo) * (2 * t - 1)


def have_tails(model):
    return all(layer.basis.linear_tails for layer in model.stack() if hasattr(layer, "basis"))


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_files_keep_them(basis, tmp_path):
    model = make(basis)
    ew.save(model, tmp_path / "model.safetensors")
    again = ew.load(tmp_path / "model.safetensors")
    assert have_tails(again)
    x = far(model)
    assert torch.equal(again(x), model(x))


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_surgery_keeps_them(basis):
    model = make(basis)
    x = far(model)
    y = model(x).detach()
    wider = ew.surgery.expand_width(model, 1, 2)
    deeper = ew.surgery.expand_depth(model, 1)
    for new in (wider, deeper):
        assert have_tails(new)
    assert torch.allclose(wider(x), y)
    ew.surgery.freeze(model, (0, 0, 0))
    assert have_tails(model)


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_an_edge_is_what_it_was_beyond_the_domain(basis):
    model = make(basis, (2, 1))
    x = far(model)
    fixed = ew.surgery.fix_edge(model, (0, 0, 0), "sin", x=x)
    assert fixed.stack()[0].numeric.basis.linear_tails
    left = fixed(x).detach() - fixed.stack()[0].symbolic(x).detach()
    coef = model.stack()[0].coef
    curve = model.stack()[0].basis.evaluate(x, model.stack()[0].grid)[:, 1] @ coef[1]
    off = (left - curve).detach()
    assert float((off - off.mean(0)).abs().max()) < 1e-8 * (1 + float(curve.detach().abs().max()))


@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_grids_that_data_place_keep_them(basis):
    model = make(basis)
    layer = model.stack()[0]
    place_grid(layer, far(model))
    assert layer.basis.linear_tails
    if layer.basis.points(layer.grid) is not None:
        prepare(model)
    assert have_tails(model)


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize("basis", TAILS, ids=str)
def test_an_unmixed_network_has_them(basis):
    model = ew.KAN([2, 3, 1], basis=basis, norm="layer", seed=torch.Generator().manual_seed(0))
    x = torch.randn(300, 2, generator=torch.Generator().manual_seed(1))
    assert have_tails(ew.surgery.unmix(model, x))
