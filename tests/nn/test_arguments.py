"""Arguments as users write them: names of bases, and what other programs call ours."""

import json

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.bases import registry

NAMED = {
    "bspline": (ew.BSpline(grid=3, lo=-2.0, hi=2.0, linear_tails=True), False),
    "chebyshev": (ew.Chebyshev(degree=3, linear_tails=True), 0.6),
    "fourier": (ew.Fourier(num=2, linear_tails=True), 0.71),
    "gaussian": (ew.Gaussian(num=5, linear_tails=True), False),
    "legendre": (ew.bases.Legendre(degree=3, linear_tails=True), 0.73),
}
"""What a name stands for, and the scale of its coefficients."""


@pytest.mark.parametrize("name", NAMED)
def test_the_name_of_a_basis_means_few_functions_with_linear_tails(name):
    meant, scale = NAMED[name]
    torch.manual_seed(0)
    by_name = ew.KAN([2, 5, 1], basis=name)
    torch.manual_seed(0)
    by_object = ew.KAN([2, 5, 1], basis=meant, coef_scale=scale)
    x = torch.rand(7, 2)
    assert [layer.basis for layer in by_name.stack()] == [meant] * 2
    assert torch.equal(by_name(x), by_object(x))
    assert ew.KANLinear(2, 3, basis=name.upper()).basis == meant
    assert ew.KANLinear(2, 3, basis=meant).coef_scale is None


def test_no_basis_means_three_cubic_cells_with_linear_tails():
    meant = ew.BSpline(grid=3, lo=-2.0, hi=2.0, linear_tails=True)
    assert ew.KANLinear(2, 3).basis == meant
    assert [layer.basis for layer in ew.KAN([2, 5, 1]).stack()] == [meant] * 2


@pytest.mark.parametrize("name", sorted(registry()))
def test_what_auto_means_for_names_and_for_objects(name):
    first, second = ew.KAN([2, 5, 1], basis=name).stack()
    assert (first.norm_name, second.norm_name) == ("standard_affine", "affine")
    middle, unit = second.basis.middle_and_unit
    assert (second.norm.scale == unit).all()
    assert (second.norm.shift == middle).all()
    assert [(k.base, k.init) for k in (first, second)] == [("identity", "line")] * 2
    basis = registry()[name]()
    for k in ew.KAN([2, 5, 1], basis=basis).stack():
        assert (k.norm_name, k.base, k.init) == (basis.default_norm, "silu", "variance")


def test_names_and_bases_may_be_mixed_one_a_layer():
    model = ew.KAN([2, 5, 1], basis=["gaussian", ew.bases.Legendre(3)])
    named = ew.Gaussian(5, linear_tails=True)
    assert [layer.basis for layer in model.stack()] == [named, ew.bases.Legendre(3)]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ew.KAN([2, 1], basis="gauss"), "among .*gaussian.*, got 'gauss': pass one of"),
        (lambda: ew.KANLinear(2, 1, basis=ew.BSpline), "got <class .*BSpline'>: call the class"),
        (lambda: ew.KANLinear(2, 1, basis=3), "name of one, got 3"),
        (lambda: ew.KAN([2, 5, 1], basis=["gaussian"]), "or 2, one a layer, got 1: pass one"),
    ],
)
def test_what_is_no_basis_is_refused_with_a_remedy(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: ew.KAN(width=[2, 5, 1], grid=5, k=3, seed=0), "widths= instead of width=.*grid="),
        (lambda: ew.KAN([2, 5, 1], k=3), "degree=…\\) instead of k="),
        (lambda: ew.KANLinear(2, 1, grid_size=5), "KANLinear .*BSpline.* instead of grid_size="),
    ],
)
def test_names_of_other_programs_are_answered_with_ours(make, named):
    with pytest.raises(TypeError, match=named):
        make()


TABLE = torch.rand(40, 3)


@pytest.mark.parametrize(
    "call",
    [
        lambda value: ew.grids.refine(ew.KAN([3, 1]), value),  # refine(model, size, x)
        lambda value: ew.grids.adapt(ew.KAN([3, 1]), TABLE, mix=value),
        lambda value: ew.grids.adapt(ew.KAN([3, 1]), TABLE, tolerance=value),
        lambda value: ew.KAN([3, 1], basis=ew.Gaussian(value)),
        lambda value: ew.KAN([3, 1], basis=ew.Gaussian(8, value, 1)),
        lambda value: ew.KAN([3, 1], basis=ew.Gaussian(8, width=value)),
        lambda value: ew.training.Sparsity(value),
        lambda value: ew.KANLinear(3, 1, bias=value),
        lambda value: ew.symbolic.suggest(ew.KAN([3, 1]), TABLE, reach=value),
    ],
)
@pytest.mark.parametrize("value", [TABLE, TABLE.numpy(), TABLE.tolist()], ids=type)
def test_a_table_in_the_place_of_a_number_is_told_in_one_line(call, value):
    with pytest.raises(ValueError, match="expected") as error:
        call(value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 350


def test_what_no_program_knows_is_left_to_python():
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        ew.KAN([2, 1], colour="red")


@pytest.mark.parametrize("call", [ew.KAN([2, 1, 1]), ew.KANLinear(2, 1)])
@pytest.mark.parametrize("x", [np.zeros((3, 2)), [[0.0, 1.0]]])
def test_a_model_asks_for_tensors(call, x):
    with pytest.raises(TypeError, match=r"expected a tensor, got (ndarray|list): .*as_tensor"):
        call(x)


def test_the_devices_of_a_machine_are_named(monkeypatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    with pytest.raises(ValueError, match="choose cpu, cuda:0, cuda:1, or install"):
        ew.KAN([1, 1], device="gpu")


@pytest.mark.parametrize(
    "make",
    [
        lambda n: ew.KANLinear(n(6), n(2)),
        lambda n: ew.KAN([n(6), (n(3), n(1)), (n(2), [n(2)]), n(1)]),
        lambda n: ew.FastKAN([n(6), n(4), n(2)]),
        lambda n: ew.models.MLP([n(6), n(4), n(2)]),
        lambda n: ew.models.SeparableKAN(n(2), n(1), rank=n(3)),
        lambda n: ew.nn.KANConv2d(n(2), n(4), n(3), groups=n(2), memory=n(100)),
        lambda n: ew.nn.RationalLinear(n(8), n(2), groups=n(4), degrees=(n(3), n(2))),
        lambda n: ew.nn.KANFeedForward(n(4), n(3)),
        lambda n: ew.nn.KANTransformerBlock(n(4), n(2)),
        lambda n: ew.models.KANAttention(n(4), n(4), n(4), n(2), n(2)),
        lambda n: ew.BSpline(grid=n(4), degree=n(2)),
    ],
)
@pytest.mark.parametrize("number", [np.int64, np.uint8, torch.tensor])
def test_counts_may_be_numbers_of_numpy_and_torch(make, number):
    """As the product of a shape is: numpy.prod(space.shape)."""
    torch.manual_seed(0)
    plain = make(int)
    torch.manual_seed(0)
    ours = make(number)
    assert repr(ours) == repr(plain)
    if isinstance(ours, torch.nn.Module):
        state = plain.state_dict()
        assert all(torch.equal(state[name], value) for name, value in ours.state_dict().items())
        if hasattr(ours, "to_config"):
            assert json.dumps(ours.to_config()) == json.dumps(plain.to_config())


@pytest.mark.parametrize("number", [True, np.True_, 2.0, np.float64(2), "2", None, torch.ones(2)])
def test_other_things_are_no_counts(number):
    with pytest.raises(ValueError, match="expected in_features to be an integer ≥ 1, got"):
        ew.KANLinear(number, 2)
