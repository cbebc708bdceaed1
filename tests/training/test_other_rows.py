"""Runs on rows that differ from those by which a network standardises its inputs."""

import warnings

import pytest
import torch

import edgewise as ew
from edgewise.training import OutsideWarning

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


@pytest.mark.parametrize("x", [1000 * ROWS, ROWS.exp() ** 4, ROWS.abs() < 0.001])
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
