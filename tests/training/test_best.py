"""Early stopping, the best weights, clipping and callbacks."""

import math

import pytest
import torch
from torch import nn

from edgewise.training import evaluate, fit
from edgewise.training.best import BestWeights

from .helpers import classification, mlp, regression, same, weights

X, Y = regression()
VAL = tuple(-part for part in regression(20))


def quiet(model, **arguments):
    return fit(model, X, Y, progress=False, **arguments)


class Follow:
    """A callback that keeps the weights of every row."""

    def __init__(self):
        self.seen = []

    def __call__(self, model, history):
        assert len(history) == len(self.seen) + 1
        self.seen.append(weights(model))


@pytest.mark.parametrize("unit", ["steps", "epochs"])
def test_training_ends_at_the_best_evaluation(unit):
    model, follow = mlp(), Follow()
    history = quiet(model, **{unit: 100}, val=VAL, patience=4, lr=0.05, callbacks=follow)
    best = min(range(len(history)), key=history.val_loss.__getitem__)
    assert len(history) == best + 1 + 4 < 100
    assert history.best_step == best + 1
    assert all(torch.equal(a, b) for a, b in zip(weights(model), follow.seen[best], strict=True))
    assert evaluate(model, VAL)["loss"] == history.val_loss[best]


def test_the_best_weights_are_kept_without_stopping_too():
    model = mlp()
    history = quiet(model, epochs=30, val=VAL, patience=1000, lr=0.05)
    assert len(history) == 30
    assert evaluate(model, VAL)["loss"] == min(history.val_loss) < history.val_loss[-1]


@pytest.mark.parametrize(("monitor", "best"), [("accuracy", max), ("mae", min)])
def test_a_metric_is_monitored_in_its_own_direction(monitor, best):
    if monitor == "accuracy":
        data, model = classification(), mlp(outputs=3)
        arguments = {}
    else:
        data, model = regression(), mlp()
        arguments = {"metrics": ["r2", "mae"]}
    history = fit(
        model, data, val=data, epochs=12, lr=3.0, patience=12, monitor=monitor, progress=False,
        **arguments,
    )  # fmt: skip
    scores = history.metrics[monitor]
    assert scores[-1] != best(scores)  # such a learning rate leads nowhere
    assert evaluate(model, data, metrics=monitor)[monitor] == pytest.approx(best(scores))
    assert history.best_step == scores.index(best(scores)) + 1


def test_patience_survives_a_resumption(tmp_path):
    whole, parts = mlp(), mlp()
    arguments = {"val": VAL, "patience": 6, "lr": 0.05, "optimizer": "adam"}
    expected = quiet(whole, epochs=100, **arguments)
    stop = expected.best_step + 2  # in the middle of the waiting
    quiet(parts, epochs=stop, checkpoint_dir=tmp_path, **arguments)
    parts = mlp()
    resumed = quiet(parts, epochs=100, checkpoint_dir=tmp_path, resume=True, **arguments)
    assert resumed.val_loss == expected.val_loss
    assert resumed.best_step == expected.best_step
    assert same(parts, whole)
    again = mlp()
    finished = quiet(again, epochs=100, checkpoint_dir=tmp_path, resume=True, **arguments)
    assert len(finished) == len(expected)
    assert same(again, whole)


def test_ctrl_c_leaves_the_best_weights_too():
    model = mlp()

    def interrupt(model, history):
        if len(history) == 40:
            raise KeyboardInterrupt

    history = quiet(
        model, epochs=50, val=VAL, patience=1000, lr=0.05, callbacks=[Follow(), interrupt]
    )
    assert history.interrupted
    assert evaluate(model, VAL)["loss"] == min(history.val_loss) < history.val_loss[-1]


@pytest.mark.parametrize("by_step", [True, False])
def test_a_callback_ends_the_training(by_step):
    seen = []

    def enough(model, history):
        model.eval()
        seen.append((history.step[-1], history.loss[-1]))
        return len(history) == 3

    model = mlp(dropout=0.5)
    modes = []
    model[2].register_forward_hook(lambda module, *_: modes.append(module.training))
    duration = {"steps": 10} if by_step else {"epochs": 10}
    history = quiet(model, callbacks=enough, batch_size=25, **duration)
    assert [step for step, _ in seen] == history.step == ([1, 2, 3] if by_step else [2, 4, 6])
    assert [loss for _, loss in seen] == history.loss
    # The callback's eval() doesn't last; the last call judges the weights that are returned.
    assert modes == [True] * history.step[-1] + [False]


def test_gradients_are_clipped_to_a_norm():
    clipped, expected = mlp(), mlp()
    quiet(clipped, steps=30, optimizer="sgd", lr=0.05, max_grad_norm=2.0)
    optimizer = torch.optim.SGD(expected.parameters(), lr=0.05, momentum=0.9)
    norms = []
    for _ in range(30):
        optimizer.zero_grad()
        nn.functional.mse_loss(expected(X), Y).backward()
        norms.append(math.sqrt(sum(p.grad.square().sum() for p in expected.parameters())))
        for p in expected.parameters():
            p.grad *= min(1.0, 2.0 / norms[-1])
        optimizer.step()
    assert min(norms) < 2.0 < max(norms)
    for a, b in zip(clipped.parameters(), expected.parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"patience": 3}, "patience expected validation data"),
        ({"patience": 0, "val": VAL}, "patience to be an integer ≥ 1, got 0"),
        ({"monitor": "loss", "val": VAL}, "monitor='loss' alone: pass patience"),
        ({"patience": 3, "val": VAL, "monitor": "f1"}, "monitor among loss, .*got 'f1'"),
        ({"patience": 3, "val": VAL, "monitor": "accuracy"}, "among loss, got 'accuracy'"),
        ({"max_grad_norm": 0}, "max_grad_norm expected a positive number or None, got 0"),
        ({"max_grad_norm": 1.0, "optimizer": "lbfgs"}, "got lbfgs"),
        ({"callbacks": 3}, r"functions \(model, history\) .* got int"),
    ],
)
def test_what_is_refused(arguments, message):
    model = mlp()
    with pytest.raises(ValueError, match=message):
        quiet(model, steps=5, **arguments)


@pytest.mark.parametrize("monitor", ["loss", "r2"])
@pytest.mark.parametrize("value", [5e-324, 1e-3, 0.7, 1.0, 1.4, 2.0 / 3, 1.5e308])
def test_the_last_bit_of_a_number_decides(monitor, value):
    """Of steps that differ by one rounding each is the best so far, or none."""
    toward = math.inf if monitor == "r2" else -math.inf
    values = [value]
    for _ in range(4):
        values.append(math.nextafter(values[-1], toward))
    keeper = BestWeights(mlp(), 9, monitor)
    for step, each in enumerate(values):
        keeper.see({monitor: each}, step)
        assert (keeper.step, keeper.value) == (step, each)
    for step, each in enumerate(values, len(values)):
        keeper.see({monitor: each}, step)
    assert keeper.step == len(values) - 1
    assert keeper.waited == len(values)
