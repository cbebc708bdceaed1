"""Runs on rows that differ from those by which a network standardises its inputs."""

import warnings

import pytest
import torch

import edgewise as ew
from edgewise.training import OutsideWarning
from edgewise.training.standardised_inputs import find_heavy

ROWS = torch.randn(1000, 2, generator=torch.Generator().manual_seed(0))


def told(model, x, **settings):
    """What a run of one step warns of."""
    with warnings.catch_warnings(record=True) as met:
        warnings.simplefilter("always")
        ew.fit(model, x, x[:, :1].tanh(), steps=1, progress=False, **settings)
    assert all((w.category, w.filename) == (OutsideWarning, __file__) for w in met)
    return [str(w.message) for w in met]


def make():
    return ew.KAN([2, 4, 1], seed=0)


def make_trained():
    return ew.nn.settle(make(), ROWS)


def load_trained():
    model = make()
    model.load_state_dict(make_trained().state_dict())
    return model


@pytest.mark.parametrize("build", [make_trained, load_trained])
@pytest.mark.parametrize(
    ("x", "word"),
    [
        (ROWS, None),
        (2 * ROWS + 1, None),
        (0.1 * ROWS, None),
        (ROWS * torch.tensor([1.0, 0.001]), None),  # one column of two still varies
        (1000 * ROWS, "100% of an input's values lie more than 4 deviations from the mean of"),
        (ROWS + torch.tensor([0.0, 10.0]), "100% of an input's values"),
        (0.001 * ROWS, "the inputs spread by 0.00"),
    ],
)
def test_rows_of_another_size_are_told_of(build, x, word):
    found = told(build(), x)
    assert len(found) == (word is not None)
    assert all(message.startswith(word) for message in found)
    assert all("norm.fit_(model.select(x))" in message for message in found)


@pytest.mark.parametrize("x", [1000 * ROWS, ROWS.exp(), ROWS.abs() < 0.001])
def test_a_new_network_is_told_of_nothing(x):
    model, x = make(), x.float()
    assert told(model, x) == []
    assert told(ew.nn.settle(make(), x), x) == []  # these rows have made the map


def test_the_remedy_makes_the_map_of_the_new_rows():
    model, x = make_trained(), 1000 * ROWS
    model.layers[0].norm.fit_(model.select(x))
    assert torch.allclose(model(x), make_trained()(ROWS), atol=1e-5)
    assert told(model, x) == []


def test_an_earlier_task_may_not_make_the_map_alone():
    def learn(model):
        memory, found = None, []
        for left in (-1.0, -0.5, 0.0, 0.5):
            x = torch.linspace(left, left + 0.5, 200)[:, None]
            with warnings.catch_warnings(record=True) as met:
                warnings.simplefilter("always")
                option = ew.continual.Frozen(memory)
                history = ew.fit(
                    model, x, (6 * x).sin(), steps=200, lr=0.05, continual=option, progress=False
                )
            memory = history.memory
            found += [str(w.message) for w in met]
        x = torch.linspace(-1, 1, 400)[:, None]
        return (model(x) - (6 * x).sin()).square().mean().item(), found

    def build():
        return ew.KAN([1, 1], basis=ew.BSpline(50, linear_tails=True), seed=0)

    error, found = learn(build())
    assert len(found) == 3
    assert "before the first task call edgewise.nn.settle" in found[0]
    assert error > 0.02
    whole = ew.nn.settle(build(), torch.linspace(-1, 1, 400)[:, None])
    better, found = learn(whole)
    assert found == []
    assert better < 0.001


NORMAL = torch.randn(2000, 3, generator=torch.Generator().manual_seed(1))
HEAVY = torch.stack([NORMAL[:, 0], (2 * NORMAL[:, 1]).exp(), NORMAL[:, 2].exp()], 1)


def learn(x):
    """The part of the variance left on unseen rows."""
    y = torch.sin(2 * NORMAL[:, :1]) + NORMAL[:, 1:2] * NORMAL[:, 2:]
    model = ew.KAN([3, 8, 1], seed=0)
    ew.fit(model, x[:1500], y[:1500], steps=300, lr=0.02, progress=False)
    return float((model(x[1500:]) - y[1500:]).detach().square().mean() / y.var())


def test_a_column_of_heavy_tails_is_told_of_with_a_remedy_that_works():
    with pytest.warns(
        OutsideWarning, match="half of the values of input 1 lie close together.*log"
    ):
        error = learn(HEAVY)
    assert learn(torch.cat([HEAVY[:, :1], HEAVY[:, 1:].log()], 1)) < 0.2 * error  # without a word
    signed = torch.sinh(1.5 * NORMAL)
    with pytest.warns(OutsideWarning, match=r"lie.*asinh\(x / x.abs\(\).median\(\)\)"):
        error = learn(signed)
    assert learn(torch.asinh(signed / signed.abs().median())) < 0.2 * error


@pytest.mark.parametrize("settings", [{}, {"basis": "chebyshev"}, {"basis": "gaussian"}])
def test_inputs_are_counted_as_in_x(settings):
    model = ew.KAN([2, 2, 1], seed=0, **settings)
    model.set_inputs([0, 3], 4)
    x = torch.cat([NORMAL, HEAVY[:, 1:2]], 1)
    with pytest.warns(OutsideWarning, match="of input 3 lie"):
        ew.fit(model, x, x[:, :1].tanh(), steps=1, progress=False)


def test_a_grid_that_follows_the_quantiles_tells_most_values_apart():
    x = HEAVY[:, 1:2]
    spanning = ew.KAN.for_data([1, 1], x, basis=ew.BSpline(10))
    assert find_heavy(spanning.layers[0], x).tolist() == [True]
    following = ew.grids.adapt(spanning, x, mix=0, tolerance=10)
    assert find_heavy(following.layers[0], x).tolist() == [False]


@pytest.mark.parametrize(
    "column",
    [
        NORMAL[:, 0].exp(),
        (NORMAL[:, 0] > 2).float(),
        (4 * NORMAL[:, 0]).exp() * (NORMAL[:, 1] > 0),  # most are 0
        1e6 + 1e-3 * NORMAL[:, 0].double(),
        torch.full((2000,), 3.0),
    ],
)
def test_other_columns_have_no_heavy_tails(column):
    x = column[:, None]
    layer = ew.KANLinear(1, 1, norm="standard", dtype=x.dtype)
    layer.norm.fit_(x)
    assert find_heavy(layer, x).tolist() == [False]
