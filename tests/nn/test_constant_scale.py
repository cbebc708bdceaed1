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
    return ew.KANLinear(3, 4, basis=ew.Chebyshev(3), seed=generator, dtype=F64, **settings)


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
        3, 2, basis=basis, coef_scale=0.3, engine=engine, seed=generator, dtype=F64
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
    smaller = ew.prune(model, x, edge_threshold=0.0, node_threshold=0.0)
    for other in (ew.load(tmp_path / "model.safetensors"), copy.deepcopy(model), smaller):
        torch.testing.assert_close(other.eval()(x), model(x), rtol=0, atol=1e-12)
        assert not isinstance(other.stack()[0].coef_scale, torch.nn.Parameter)
        assert other.stack()[0].scale_setting == scale
    wide = ew.surgery.expand_width(model, 1, 2)
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


@pytest.mark.parametrize("value", [1e-4, 1e4])
def test_half_types_hold_the_least_and_the_greatest(value):
    model = ew.KANLinear(3, 4, basis=ew.Chebyshev(3), coef_scale=value, dtype=torch.float16)
    assert bool((model.coef_scale > 0).all())
    assert bool(model.weights().isfinite().all())


@pytest.mark.parametrize("value", [0, -1.0, float("nan"), "large", [1.0], 1e-320, 1e30])
def test_what_is_no_scale_is_refused(value):
    if value == 0:
        assert layer(coef_scale=False).coef_scale is None
        return
    with pytest.raises(ValueError, match="expected coef_scale to be True, False, 'auto' or a pos"):
        layer(coef_scale=value)


def test_initialisations_make_the_same_edges_with_and_without():
    for init in ("line", "zero", "variance", "power"):
        scaled, plain = layer(coef_scale=0.25, init=init), layer(init=init)
        torch.testing.assert_close(scaled.weights(), plain.weights(), rtol=0, atol=1e-12)


def with_one_constant(each):
    return bool((each.coef_scale == each.first_scale).all())


def test_a_last_layer_in_closed_form_leaves_it():
    """The layer was given a scale of 1, which new sizes and settings knew nothing of."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(200, 3, dtype=F64, generator=generator)
    model = ew.KAN([3, 4, 1], basis="chebyshev", dtype=F64, seed=generator)
    plain = copy.deepcopy(model)
    for each in plain.stack():
        each.coef.data.mul_(each.coef_scale[:, None])
        each.coef_scale = None
    for each in (model, plain):
        moments = ew.training.Moments(ridge=1e-6)
        first = ew.fit(each, x, x[:, :1] ** 2, steps=1, lr=0.0, continual=moments, progress=False)
        later = ew.training.Moments(first.memory, ridge=1e-6)
        ew.fit(each, x, x[:, :1] ** 2, steps=1, continual=later, progress=False)
    assert with_one_constant(model.stack()[-1])
    x, model = x[:20], model.eval()
    torch.testing.assert_close(model(x), plain.eval()(x), rtol=0, atol=1e-9)
    torch.testing.assert_close(
        ew.surgery.expand_width(model, 1, 2)(x), model(x), rtol=0, atol=1e-12
    )


@pytest.mark.parametrize("basis", [None, "chebyshev"])
def test_a_function_drawn_by_a_curve_leaves_it(basis):
    x = torch.linspace(-1, 1, 50, dtype=F64)[:, None].expand(-1, 2)
    model = ew.KAN([2, 1], basis="chebyshev", dtype=F64)
    if basis is not None:
        model = ew.surgery.from_formula("3*x0 + 2*x1").double()
    model = ew.surgery.fix_edge(model.eval(), (0, 1, 0), "x^2", numbers=(1, 0, 2, 0))
    free = ew.surgery.free_edge(model, (0, 1, 0), x, basis=basis)
    assert with_one_constant(free.layers[0].numeric)
    torch.testing.assert_close(free(x), model(x), rtol=0, atol=1e-9)


def test_a_layer_without_mixing_has_it():
    x = torch.randn(100, 3, dtype=F64, generator=torch.Generator().manual_seed(0))
    model = ew.KAN([3, 4, 1], basis="chebyshev", norm="layer", dtype=F64)
    found = ew.surgery.unmix(model, x, tolerance=10.0)
    assert all(with_one_constant(each) for each in found.stack())


def test_new_sizes_take_the_scale_that_is_there():
    """After a half type it is another than the settings say: 0.6001 for 0.6."""
    model = ew.KAN([3, 4, 2], basis="chebyshev").half().double().eval()
    assert not with_one_constant(model.stack()[0])
    x = torch.randn(20, 3, dtype=F64)
    torch.testing.assert_close(
        ew.surgery.expand_width(model, 1, 2)(x), model(x), rtol=0, atol=1e-12
    )


def test_state_dicts_of_other_programs_go_into_layers_with_it():
    theirs = ew.presets.ChebyKAN([3, 4, 2], degree=3)
    ours = ew.KAN([3, 4, 2], basis="chebyshev", norm="tanh", base=None, bias=False)
    assert ours.stack()[0].coef_scale is not None
    state = ew.saving.to_foreign(theirs, "cheby-kan")
    ours.load_state_dict(state)
    assert all(with_one_constant(each) for each in ours.stack())
    x = torch.randn(20, 3)
    torch.testing.assert_close(ours(x), theirs(x), rtol=0, atol=1e-5)
    for key, tensor in ew.saving.to_foreign(ours, "cheby-kan").items():
        torch.testing.assert_close(tensor, state[key])


def test_trained_scales_of_other_programs_are_refused_before_anything_changes():
    theirs = ew.presets.EfficientKAN([3, 4, 2])
    like = theirs.stack()[0]
    ours = ew.KAN([3, 4, 2], basis=like.basis, base="silu", bias=False, coef_scale=0.5)
    before = copy.deepcopy(ours.state_dict())
    with pytest.raises(ValueError, match="a trained coef_scale: False here, True there"):
        ours.load_state_dict(ew.saving.to_foreign(theirs, "efficient-kan"))
    assert all(torch.equal(t, before[key]) for key, t in ours.state_dict().items())
