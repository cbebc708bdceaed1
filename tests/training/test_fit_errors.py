"""Wrong arguments and bad numbers: a clear message before any harm is done."""

import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim.lr_scheduler import StepLR
from torch.utils.data import TensorDataset

import edgewise as ew
from edgewise.training import NonFiniteLossError, evaluate, fit
from edgewise.training.guard import Guard

from .helpers import classification, mlp, regression, same, weights

X, Y = regression()


def sgd(params):
    return torch.optim.SGD(params, lr=0.1)


BAD_ARGUMENTS = {
    "neither": ({}, "exactly one of steps and epochs"),
    "both": ({"steps": 1, "epochs": 1}, "exactly one of steps and epochs"),
    "no steps": ({"steps": 0}, "fit expected steps to be an integer ≥ 1, got 0"),
    "batch": ({"steps": 1, "batch_size": 0}, "batch_size to be an integer ≥ 1, got 0"),
    "optimizer": ({"steps": 1, "optimizer": "rprop"}, "gauss-newton, sgd, got 'rprop'"),
    "lr": ({"steps": 1, "optimizer": sgd, "lr": 0.1}, "set them where you build it"),
    "not an optimizer": ({"steps": 1, "optimizer": lambda params: 3}, "got int"),
    "decay": ({"steps": 1, "optimizer": "lbfgs", "weight_decay": 0.1}, "regularizer="),
    "foreign": ({"steps": 1, "optimizer": sgd(mlp().parameters())}, "no trainable parameter"),
    "loss": ({"steps": 1, "loss": "hinge"}, "mse, mae, huber, bce, cross_entropy, None or a call"),
    "vector": ({"steps": 1, "loss": lambda p, t: (p - t).square()}, "average over the batch"),
    "metric": ({"steps": 1, "metrics": "f1"}, "accuracy, r2, mse, mae, rmse, got 'f1'"),
    "metric shape": ({"steps": 1, "metrics": {"e": lambda p, t: p - t}}, "to give one number"),
    "scheduler": ({"steps": 1, "scheduler": lambda o: 3}, "LRScheduler"),
    "other": ({"steps": 1, "scheduler": StepLR(sgd(mlp().parameters()), 1)}, "another optimizer"),
    "precision": ({"steps": 1, "precision": "half"}, "float32, float64, bfloat16, float16"),
    "resume": ({"steps": 1, "resume": True}, "checkpoint_dir, got None"),
}


@pytest.mark.parametrize("case", BAD_ARGUMENTS)
def test_bad_arguments(case):
    arguments, message = BAD_ARGUMENTS[case]
    model = mlp()
    before = weights(model)
    with pytest.raises(ValueError, match=message):
        fit(model, (X, Y), progress=False, **arguments)
    assert all(torch.equal(a, b) for a, b in zip(before, weights(model), strict=True))


def with_bad_rows(tensor, *values):
    tensor = tensor.clone()
    for row, value in enumerate(values, start=4):
        tensor[row, 0] = value
    return tensor


BAD_DATA = {
    "nan": ((with_bad_rows(X, math.nan, math.inf), Y), "data x .* got 2 NaN .* first in row 4"),
    "inf": ((X, with_bad_rows(Y, -math.inf)), "data y .* got 1 NaN .* first in row 4"),
    "empty": ((X[:0], Y[:0]), "is empty"),
    "lengths": ((X, Y[:-1]), "got 50 and 49"),
    "scalar": ((X, torch.tensor(1.0)), "got a scalar"),
    "dataset": (TensorDataset(X, Y), "wrap a dataset in torch.utils.data.DataLoader"),
    "iterator": (iter([(X, Y)]), "one-shot"),
    "no batches": ([], "at least one batch"),
    "triples": ([(X, Y, Y)], r"weights of 50 samples .* got .*\(50, 1\)"),
    "quadruples": ([(X, Y, Y, Y)], "got tuple of length 4"),
    "number": (3, "got int"),
}


@pytest.mark.parametrize("case", BAD_DATA)
def test_bad_data(case):
    data, message = BAD_DATA[case]
    with pytest.raises(ValueError, match=message):
        fit(mlp(), data, steps=1, progress=False)


@pytest.mark.parametrize("count", [np.int64(2), np.uint8(2), torch.tensor(2)], ids=repr)
def test_counts_of_numpy_and_torch_are_those_of_python(count, tmp_path):
    def run(n, folder):
        torch.manual_seed(0)
        model = ew.KAN([3, 1], basis="bspline", seed=0)
        options = {"val": (X[:9], Y[:9]), "batch_size": n, "patience": n, "grid_update_every": n}
        kept = ew.training.Checkpoints(tmp_path / folder, every=n)
        fit(model, X[:9], Y[:9], epochs=n, checkpoints=kept, progress=False, **options)
        return model

    assert same(run(count, "other"), run(2, "own"))


def test_batch_size_and_generator_belong_to_data_in_memory():
    with pytest.raises(ValueError, match="where the batches are made"):
        fit(mlp(), [(X, Y)], steps=1, batch_size=4)
    with pytest.raises(ValueError, match="DataLoader"):
        fit(mlp(), [(X, Y)], steps=1, seed=torch.Generator())


def test_validation_data_is_checked_under_its_own_name():
    with pytest.raises(ValueError, match="val x expected finite"):
        fit(mlp(), (X, Y), val=(with_bad_rows(X, math.nan), Y), steps=1)


def test_models_that_cannot_be_trained():
    with pytest.raises(ValueError, match="requires_grad"):
        fit(nn.Tanh(), (X, X), steps=1)
    with pytest.raises(ValueError, match=r"model\.module"):
        fit(nn.DataParallel(mlp()), (X, Y), steps=1)


def test_squared_error_never_broadcasts():
    model = mlp()
    flat = evaluate(model, (X, Y[:, 0]))
    assert flat == evaluate(model, (X, Y))
    with pytest.raises(ValueError, match=r"\(50, 1\), got \(50, 2\): reshape y"):
        evaluate(model, (X, Y.expand(-1, 2)))
    with pytest.raises(ValueError, match=r"\(50, 2\), got \(50,\)"):
        evaluate(mlp(outputs=2), (X, Y[:, 0]))


def test_classes_must_fit_the_outputs():
    x, y = classification()
    with pytest.raises(ValueError, match=r"classes 0 … 1 .* got 0 … 2"):
        fit(mlp(outputs=2), (x, y), steps=1, batch_size=1, progress=False)
    with pytest.raises(ValueError, match="floating point for a regression"):
        fit(mlp(outputs=1), (x, y), steps=1, progress=False)
    with pytest.raises(ValueError, match="integer targets"):
        fit(mlp(outputs=3), (x, y.float()), loss="cross_entropy", steps=1, progress=False)


class BadAt:
    """Mean squared error that is NaN from one step on, keeping the weights of each step."""

    def __init__(self, model, step):
        self.model, self.bad, self.before = model, step, []

    def __call__(self, prediction, target):
        self.before.append(weights(self.model))
        loss = (prediction - target).square().mean()
        return loss * math.nan if len(self.before) == self.bad else loss


@pytest.mark.parametrize("bad", [1, 2, 20, 21, 22, 40, 41, 42, 55])
def test_non_finite_loss_restores_a_good_state(bad):
    model = mlp()
    loss = BadAt(model, bad)
    with pytest.raises(NonFiniteLossError, match=f"at step {bad};.*lower lr") as caught:
        fit(model, (X, Y), steps=60, loss=loss, progress=False)
    error = caught.value
    restored = int(str(error).split("after step ")[1].split(".")[0])
    assert bad - 42 <= restored < bad
    # The weights that the restored state claims to be, and that had a finite loss.
    assert restored + 1 < bad or restored == 0
    expected = loss.before[restored]
    assert all(torch.equal(a, b) for a, b in zip(expected, weights(model), strict=True))
    assert error.step == bad
    assert error.history.step == list(range(1, bad))


def test_a_step_that_is_far_too_long_is_undone():
    model = mlp()

    def leap(params):
        return torch.optim.SGD(params, lr=1e30)

    with pytest.raises(NonFiniteLossError, match=r"at step 2; .* after step 0"):
        fit(model, (X, Y), steps=5, optimizer=leap, progress=False)
    assert same(model, mlp())


def test_the_last_update_is_checked_too():
    model = mlp()
    with pytest.raises(NonFiniteLossError, match=r"weights became .* at step 1; .* after step 0"):
        fit(model, (X, Y), steps=1, lr=math.inf, progress=False)
    assert same(model, mlp())


def test_an_epoch_with_a_bad_loss_is_not_recorded():
    model = mlp()
    with pytest.raises(NonFiniteLossError) as caught:
        fit(model, (X, Y), epochs=4, batch_size=10, loss=BadAt(model, 13), progress=False)
    assert caught.value.history.step == [5, 10]
    assert caught.value.step == 13


def test_targets_without_columns():
    with pytest.raises(ValueError, match="shape"):
        ew.fit(ew.KAN([2, 1]), torch.ones(9, 2), torch.ones(9, 0), steps=1, progress=False)


@pytest.mark.parametrize(
    ("begin", "confirmed", "bad", "back"),
    [
        (0, [], 3, 0),
        (0, [5], 9, 5),
        (0, [5], 6, 0),
        (0, [5, 10], 11, 5),
        (0, [4, 5, 9], 12, 5),  # too early for a copy
        (20, [24], 30, 20),  # a run that goes on
        (20, [24, 25], 30, 25),
    ],
)
def test_a_guard_goes_back_to_weights_whose_loss_was_finite(begin, confirmed, bad, back):
    """A copy after n steps counts once the loss of those weights is known, that of step n + 1."""
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, begin)
    guard = Guard(model, begin, interval=5)
    for step in confirmed:
        nn.init.constant_(model.weight, step)
        guard.confirm(step)
    nn.init.constant_(model.weight, 99)
    assert guard.restore(bad) == back
    assert model.weight.item() == back
