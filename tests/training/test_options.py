"""Options of fit as objects and as keywords: one meaning, and what is refused."""

import pytest
import torch

from edgewise.training import Batching, Checkpoints, Stopping, fit

from .helpers import mlp, regression, same

DATA = regression()


def run(**arguments):
    model = mlp()
    history = fit(model, DATA, progress=False, lr=0.05, **arguments)
    return model, history


def generator():
    return torch.Generator().manual_seed(3)


@pytest.mark.parametrize(
    ("option", "keywords"),
    [
        ({"batching": Batching(20, seed=3)}, {"batch_size": 20, "seed": generator()}),
        ({"batching": Batching(20, generator())}, {"batch_size": 20, "seed": 3}),
        (
            {"stopping": Stopping(3, "r2"), "val": DATA, "metrics": "r2"},
            {"patience": 3, "monitor": "r2", "val": DATA, "metrics": "r2"},
        ),
    ],
)
def test_an_option_is_its_keywords(option, keywords):
    (one, first), (other, second) = run(epochs=8, **option), run(epochs=8, **keywords)
    assert same(one, other)
    assert (first.loss, first.best_step) == (second.loss, second.best_step)


def test_a_run_goes_on_by_either(tmp_path):
    whole, _ = run(steps=6)
    run(steps=4, checkpoints=Checkpoints(tmp_path, every=2))
    rest, history = run(steps=6, checkpoint_dir=tmp_path, checkpoint_every=2, resume=True)
    assert same(whole, rest)
    assert history.step == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"batching": Batching(9), "batch_size": 9}, ValueError, r"is Batching\(size=…\)"),
        ({"stopping": Stopping(9), "patience": 9}, ValueError, "each once, got patience= as well"),
        ({"batching": 9}, TypeError, r"to be Batching\(…\) or None, got int"),
        ({"batchsize": 9}, TypeError, "unexpected keyword argument 'batchsize'"),
        ({"seed": 0.5}, TypeError, "a whole number, a torch.Generator or None, got 0.5"),
    ],
)
def test_what_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        run(steps=1, **arguments)
