"""Seeds: whole numbers and generators, and the old name of the argument."""

import pytest
import torch

import edgewise as ew

MAKERS = [
    lambda **seed: ew.KAN([3, 4, 2], **seed),
    lambda **seed: ew.KANLinear(3, 2, basis="chebyshev", **seed),
    lambda **seed: ew.FastKAN([3, 4, 2], **seed),
    lambda **seed: ew.presets.ImageKAN([3, 4, 2], **seed),
    lambda **seed: ew.nn.KANFeedForward(4, 4, **seed),
    lambda **seed: ew.nn.KANConv2d(2, 3, 3, **seed),
    lambda **seed: ew.nn.RationalLinear(4, 4, groups=2, **seed),
    lambda **seed: ew.nn.KANTransformerBlock(8, 2, **seed),
    lambda **seed: ew.presets.KANAttention(3, 3, 3, 4, 2, **seed),
    lambda **seed: ew.surgery.expand_width(ew.KAN([2, 2, 1], seed=1, norm=None), 1, 2, **seed),
    lambda **seed: ew.surgery.from_formula("sin(x0*x1)", basis=ew.BSpline(8), spare=1, **seed),
]


def same(one, other):
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("make", MAKERS)
def test_a_number_is_a_generator_of_this_seed(make):
    state = torch.get_rng_state()
    first = make(seed=7)
    assert same(first, make(seed=torch.Generator().manual_seed(7)))
    assert same(first, make(seed=7))
    assert not same(first, make(seed=8))
    assert torch.equal(state, torch.get_rng_state())
    with pytest.warns(DeprecationWarning, match="takes seed= instead"):
        assert same(first, make(generator=torch.Generator().manual_seed(7)))


@pytest.mark.parametrize(
    "model",
    [
        ew.KAN([4, 4, 4], seed=0, norm=None),
        ew.nn.KANFeedForward(4, 4, seed=0),
        ew.presets.ImageKAN([4, 4, 4, 4], seed=0)[1:],
        ew.nn.KANConv2d(2, 2, 2, groups=2, seed=0),
    ],
)
def test_layers_of_one_seed_differ(model):
    first, second = model.layers
    assert not torch.equal(first.coef, second.coef)


def test_a_model_is_made_anew_from_a_seed():
    model = ew.KAN([3, 4, 2], seed=3)
    other = ew.KAN([3, 4, 2], seed=4)
    other.reset_parameters(seed=3)
    assert same(model, other)


def test_fit_shuffles_by_a_seed():
    x = torch.rand(64, 2, generator=torch.Generator().manual_seed(0))

    def run(seed):
        model = ew.KAN([2, 3, 1], seed=0)
        history = ew.fit(model, x, x[:, :1], batch_size=8, epochs=2, seed=seed, progress=False)
        return history.loss

    assert run(5) == run(5) == run(torch.Generator().manual_seed(5)) != run(6)


@pytest.mark.parametrize("wrong", ["zero", 1.5, True, [1]])
def test_what_is_no_seed(wrong):
    with pytest.raises(TypeError, match="expected seed as a whole number"):
        ew.KAN([2, 1], seed=wrong)
