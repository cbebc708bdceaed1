"""Networks without mixing normalisations that do what those with them did."""

import copy
import warnings

import pytest
import torch

import edgewise as ew
from edgewise import grids
from edgewise.models import PRESETS
from edgewise.training import levenberg_marquardt

# What these functions of one input each can't do is measured below.
pytestmark = pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
F64 = torch.float64
MIXING = ("layer", "batch_minmax")


def points(columns=3, rows=250, seed=1):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(rows, columns, generator=g, dtype=F64) * 2 - 1


def target(x):
    return torch.stack([torch.sin(2 * x[:, 0]) + x[:, 1] ** 2, x[:, 2].exp() * x[:, 0]], 1)


def trained(norm="layer", dtype=F64, **more):
    """A network that mixes, and has learned something smooth."""
    g = torch.Generator().manual_seed(0)
    model = ew.KAN([3, 4, 2], basis=ew.Gaussian(6), norm=norm, seed=g, dtype=F64, **more)
    x = points()
    levenberg_marquardt(model, (x, target(x)), steps=15)
    return model.to(dtype).eval()


def missed(model, wanted, x):
    """RMSE as a share of the spread."""
    with torch.no_grad():
        y, p = wanted(x), model(x)
        return float((y - p).square().mean().sqrt() / y.std())


def norms(model):
    return [layer.norm_name for layer in model.layers]


def test_which_models_mix():
    for norm in (None, "affine", "tanh"):
        assert not ew.KAN([3, 2, 1], norm=norm).mixes_features
    for norm in MIXING:
        assert ew.KAN([3, 2, 2], norm=norm).mixes_features
    assert ew.KAN([3, 2, 2], norm=None, post="layernorm_silu").mixes_features
    layers = [ew.KANLinear(3, 2, norm="affine"), ew.KANLinear(2, 2, norm="layer")]
    assert ew.KAN.from_layers(layers).mixes_features


def from_scratch(model, x, steps=30):
    """RMSE of a network of the same size, without mixing, trained on the model's answers.

    What mixing makes of the data no other network has to be able to do exactly.
    """
    g = torch.Generator().manual_seed(0)
    basis = model.layers[0].basis
    more = {"basis": basis, "base": model.layers[0].base, "seed": g, "dtype": F64}
    new = ew.KAN(model.widths, norm="affine", **more)
    lo, hi = basis.domain(new.layers[0].grid)
    new.layers[0].norm.fit_(x, lo, hi)
    with torch.no_grad():
        new.layers[1].norm.fit_(new.layers[0](x), lo, hi)
        y = model(x)
    levenberg_marquardt(new, (x, y), steps=steps)
    return missed(new, model, x)


@pytest.mark.parametrize("name", ["layer", "fastkan", "kalnet", "kan"])
def test_the_function_stays_and_nothing_mixes(name):
    """About as well as networks of this size and form learn it from scratch."""
    if name in PRESETS:
        g = torch.Generator().manual_seed(0)
        model = PRESETS[name]([3, 4, 2], seed=g, dtype=F64).eval()
    else:
        model = trained("layer" if name == "layer" else "affine")
    x = points()
    new = ew.surgery.unmix(model, x)
    assert norms(new) == ["affine", "affine"]
    assert not new.mixes_features
    assert missed(new, model, x) < max(1.5 * from_scratch(model, x), 1e-3)
    assert missed(new, model, 0.9 * points(seed=2)) < 3 * missed(new, model, x) + 0.02
    assert new.widths == model.widths
    assert [layer.basis for layer in new.layers] == [layer.basis for layer in model.layers]


def test_exact_where_mixing_does_nothing():
    """Rows of mean 0 and one length: LayerNorm is a scale."""
    angle = points(1) * torch.pi
    x = torch.cat([angle.sin(), angle.cos(), -angle.sin(), -angle.cos()], 1)
    g = torch.Generator().manual_seed(0)
    for norm in (*MIXING, "affine", None):
        model = ew.KAN([4, 2], basis=ew.bases.Legendre(4), base=None, norm=norm, seed=g, dtype=F64)
        assert missed(ew.surgery.unmix(model.eval(), x), model, x) < 1e-5


def test_a_model_that_mixes_nothing_comes_back_as_it_was():
    model, x = trained("affine").requires_grad_(False), points()
    new = ew.surgery.unmix(model, x)
    assert new.layers[0] is not model.layers[0]
    before, after = model.state_dict(), new.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset(name):
    g = torch.Generator().manual_seed(0)
    model, x = PRESETS[name]([3, 4, 2], seed=g, dtype=F64).eval(), points()
    new = ew.surgery.unmix(model, x, steps=2)
    assert not new.mixes_features
    values = torch.cat([x[:1], x[:1]])  # what one input adds doesn't depend on the others
    values[1, 0] = x[1, 0]
    others = values.clone()
    others[:, 1:] = x[5, 1:]
    with torch.no_grad():
        step, again = new.layers[0](values).diff(dim=0), new.layers[0](others).diff(dim=0)
    torch.testing.assert_close(step, again, rtol=1e-8, atol=1e-8)


def test_the_last_fit_only_helps():
    model, x = trained(), points()
    rough, fine = (missed(ew.surgery.unmix(model, x, steps=n), model, x) for n in (0, 30))
    assert fine < 0.6 * rough < 0.3


def test_targets_of_ones_own():
    model, x = trained(), points()
    y = target(x)
    new = ew.surgery.unmix(model, x, y)
    assert missed(new, target, x) < missed(ew.surgery.unmix(model, x), target, x)


def test_nothing_else_changes():
    model, x = trained(), points()
    before, x_before = copy.deepcopy(model.state_dict()), x.clone()
    state = torch.get_rng_state()
    first, second = ew.surgery.unmix(model, x), ew.surgery.unmix(model, x)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(x, x_before)
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert not model.training
    assert torch.equal(first(x), second(x))


def test_inputs_and_names_stay():
    model, x = trained(), points(columns=5)
    model.set_inputs([4, 0, 2], 5)
    model.input_names = list("abcde")
    new = ew.surgery.unmix(model, x)
    assert (new.inputs, new.in_features, new.input_names) == ([4, 0, 2], 5, list("abcde"))
    chosen = x[:, [4, 0, 2]]
    same = ew.surgery.unmix(ew.KAN.from_layers(list(model.layers)), chosen)
    torch.testing.assert_close(new(x), same(chosen))


def test_float32():
    model, x = trained(dtype=torch.float32), points().float()
    new = ew.surgery.unmix(model, x)
    assert {p.dtype for p in new.parameters()} == {torch.float32}
    double = ew.surgery.unmix(model.double(), x.double())
    assert missed(new, double.float(), x) < 1e-2


def test_one_row_and_a_constant_feature():
    model, x = trained(), points()
    x[:, 1] = 0.3
    new = ew.surgery.unmix(model, x)
    assert all(p.isfinite().all() for p in new.parameters())
    assert missed(new, model, x) < 0.2
    one = ew.surgery.unmix(model, x[:1])
    torch.testing.assert_close(one(x[:1]), model(x[:1]), rtol=1e-3, atol=1e-3)


def test_what_can_not_be():
    with pytest.raises(TypeError, match=r"unmix expected a KAN .*got Linear"):
        ew.surgery.unmix(torch.nn.Linear(2, 1), points(2))
    with pytest.raises(ValueError, match="last dimension"):
        ew.surgery.unmix(trained(), points(2))
    x = points()
    x[3, 1] = torch.nan
    with pytest.raises(ValueError, match=r"x expected finite numbers, got .* in row 3"):
        ew.surgery.unmix(trained(), x)
    wide = ew.KAN([700, 2], norm="layer", basis=ew.Gaussian(8), dtype=F64)
    with pytest.raises(ValueError, match=r"at most 4096 functions in a layer, got 6301 .*prune"):
        ew.surgery.unmix(wide, points(700, rows=3))


@pytest.mark.parametrize("norm", [None, "layer"])
@pytest.mark.parametrize("scale", [1e160, 1e300])
@pytest.mark.parametrize("which", ["data", "targets"])
def test_values_whose_squares_overflow_are_refused(norm, scale, which):
    model = ew.KAN([3, 4, 2], basis=ew.Gaussian(6), norm=norm, dtype=F64)
    x = points()
    data = (x * scale,) if which == "data" else (x, x[:, :2] * scale)
    with pytest.raises(ValueError, match=r"unmix expected .* whose squares are finite"):
        ew.surgery.unmix(model, *data)


@pytest.mark.parametrize("name", ["layer", "fastkan"])
def test_the_new_grids_have_a_margin_around_the_data(name):
    model = trained() if name == "layer" else PRESETS[name]([3, 4, 2], dtype=F64).eval()
    x = points()
    new = ew.surgery.unmix(model, x, steps=0)
    h = model.select(x)
    with torch.no_grad():
        for layer, old in zip(new.layers, model.layers, strict=True):
            lo, hi = layer.basis.domain(layer.grid)
            z = layer.normalized(h)
            assert (lo < z.amin(0)).all()
            assert (z.amax(0) < hi).all()
            assert (z.amax(0) - z.amin(0) > 0.8 * (hi - lo)).all()
            h = old(h)


def test_as_many_steps_as_asked_for():
    model, x = trained(), points()
    few, more = (missed(ew.surgery.unmix(model, x, steps=n), model, x) for n in (1, 12))
    none = missed(ew.surgery.unmix(model, x, steps=0), model, x)
    assert none > few > 1.02 * more


def test_what_changed_is_told():
    model, x = trained(), points()
    with pytest.warns(grids.ChangeWarning, match="unmix changed the outputs by"):
        new = ew.surgery.unmix(model, x, steps=0)
    error = missed(new, model, x)
    assert grids.report(new).output_error == pytest.approx(error, rel=0.2)
    assert grids.report(new).rows == 250
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ew.surgery.unmix(model, x, steps=0, tolerance=2 * error)
        ew.surgery.unmix(model, x, model(x).detach(), steps=0)  # what y asks for isn't a change
