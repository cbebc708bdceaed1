"""A scale of all edges that isn't trained, and what it is for a basis by its name."""

import copy

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.nn.init import steady_scale

F64 = torch.float64


def layer(**settings):
    generator = torch.Generator().manual_seed(0)
    return ew.KANLinear(3, 4, basis=ew.Chebyshev(3), generator=generator, dtype=F64, **settings)


def test_it_multiplies_the_coefficients_and_is_no_parameter():
    scaled, plain = layer(coef_scale=0.5), layer()
    assert "coef_scale" not in dict(scaled.named_parameters())
    plain.load_state_dict({k: v for k, v in scaled.state_dict().items() if k != "coef_scale"})
    with torch.no_grad():
        plain.coef.mul_(0.5)
    x = torch.randn(20, 3, dtype=F64)
    torch.testing.assert_close(scaled(x), plain(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("engine", ["native", "reference"])
@pytest.mark.parametrize("basis", ["chebyshev", "fourier", "legendre", "gaussian"])
def test_gradients_are_those_of_finite_differences(basis, engine):
    generator = torch.Generator().manual_seed(0)
    model = ew.KANLinear(
        3, 2, basis=basis, coef_scale=0.3, engine=engine, generator=generator, dtype=F64
    )
    x = torch.randn(7, 3, dtype=F64, generator=generator, requires_grad=True)
    names, values = zip(*model.named_parameters(), strict=True)

    def call(x, *values):
        return torch.func.functional_call(model, dict(zip(names, values, strict=True)), (x,))

    torch.autograd.gradcheck(call, (x, *values), eps=1e-6, atol=1e-7)


@pytest.mark.parametrize("basis", sorted(registry()))
def test_a_step_moves_named_bases_by_no_more_than_the_rate(basis):
    model = ew.KANLinear(1, 1, basis=basis, dtype=F64)
    middle, unit = model.basis.middle_and_unit
    normal = torch.randn(20_000, 1, dtype=F64, generator=torch.Generator().manual_seed(0))
    phi = model.basis.evaluate(middle + unit * normal, model.grid)[:, 0]
    scale = 1.0 if model.coef_scale is None else float(model.coef_scale)
    assert 0.3 < float((scale * phi).square().sum(-1).mean()) < 1.4


def test_it_stays_through_files_copies_and_new_sizes(tmp_path):
    model = ew.KAN([3, 4, 2], basis="chebyshev", dtype=F64).eval()
    scale = steady_scale(ew.Chebyshev(3, linear_tails=True))
    assert all(bool((each.coef_scale == scale).all()) for each in model.stack())
    ew.save(model, tmp_path / "model.safetensors")
    x = torch.randn(10, 3, dtype=F64)
    smaller = ew.prune(model, x, edge=0.0, node=0.0)
    for other in (ew.load(tmp_path / "model.safetensors"), copy.deepcopy(model), smaller):
        torch.testing.assert_close(other.eval()(x), model(x), rtol=0, atol=1e-12)
        assert not isinstance(other.stack()[0].coef_scale, torch.nn.Parameter)
        assert other.stack()[0].scale_setting == scale
    wide = ew.expand_width(model, 1, 2)
    torch.testing.assert_close(wide.eval()(x), model(x), rtol=0, atol=1e-12)
    assert wide.stack()[1].coef_scale.shape == (6, 2)
    with torch.device("meta"):
        empty = ew.KAN([3, 4, 2], basis="chebyshev", dtype=F64)
    empty.to_empty(device="cpu").load_state_dict(model.state_dict())
    torch.testing.assert_close(empty.eval()(x), model(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("init", ["line", "zero", "variance", "power"])
def test_every_initialisation_leaves_it(init):
    model = layer(coef_scale=0.25, init=init)
    assert bool((model.coef_scale == 0.25).all())
    model.reset_parameters()
    assert bool((model.coef_scale == 0.25).all())


@pytest.mark.parametrize("value", [0, -1.0, float("nan"), "large", [1.0]])
def test_what_is_no_scale_is_refused(value):
    if value == 0:
        assert layer(coef_scale=False).coef_scale is None
        return
    with pytest.raises(ValueError, match="expected coef_scale to be True, False, 'auto' or a pos"):
        layer(coef_scale=value)
