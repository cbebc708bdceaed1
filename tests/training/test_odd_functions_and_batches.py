"""Loaders whose later batches differ, and functions of the user's that answer odd things."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from edgewise.training import evaluate, fit

from .helpers import mlp, regression, same

X, Y = regression()
CLASSES = (Y[:, 0] > Y.median()).long()
KINDS = {
    "numbers": torch.stack([Y[:, 0], -Y[:, 0]], 1),
    "classes": CLASSES,
    "yes or no": torch.stack([CLASSES > 0, CLASSES < 1], 1),
}


def halves(first, second):
    return [(X[:25], first[:25]), (X[25:], second[25:])]


def learn(data, **more):
    return fit(mlp(outputs=2), data, epochs=1, progress=False, **more)


WAYS = {
    "data": learn,
    "val": lambda data: learn(data[:1], val=data[1:]),
    "evaluate": lambda data: evaluate(mlp(outputs=2), data),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("second", KINDS)
@pytest.mark.parametrize("first", KINDS)
def test_the_loss_does_not_change_with_the_kind_of_targets(first, second, way):
    data = halves(KINDS[first], KINDS[second])
    if first == second:
        WAYS[way](data)
        return
    with pytest.raises(ValueError, match=f"one kind in all data, got {second} .* after {first}"):
        WAYS[way](data)


def test_a_loss_by_name_takes_classes_after_probabilities():
    mixed = torch.stack([1 - 0.9 * CLASSES, 0.9 * CLASSES], 1)
    learn(halves(mixed, mixed), val=(X, CLASSES), loss="cross_entropy")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wrong", [2, -1, -100])
def test_classes_of_every_batch_have_an_output(wrong, way):
    """-100 is what torch leaves out without a word."""
    later = CLASSES.clone()
    later[-1] = wrong
    with pytest.raises(ValueError, match=rf"expected classes 0 … 1 .* got .*{wrong}"):
        WAYS[way](halves(CLASSES, later))
    with pytest.raises(ValueError, match=rf"expected classes 0 … 1 .* got .*{wrong}"):
        evaluate(mlp(outputs=2), X, later, batch_size=5)


def test_a_batch_has_a_target_for_every_row():
    def broadcasting(prediction, target):
        return (prediction - target).square().mean()

    for rows in (1, 24):
        with pytest.raises(ValueError, match=f"as many rows, got 25 and {rows}"):
            fit(mlp(), [(X[:25], Y[:25]), (X[25:], Y[:rows])], steps=2, loss=broadcasting)


class Once:
    """It has an end, after which it gives nothing: an open file, a stream."""

    def __init__(self):
        self.batches = iter([(X, Y)])

    def __iter__(self):
        return self.batches


def test_what_is_used_up_is_named():
    with pytest.raises(ValueError, match=r"data is empty.* none in epoch 2: .*begins anew"):
        fit(mlp(), Once(), epochs=2, progress=False)
    with pytest.raises(ValueError, match=r"val is empty.* none in epoch 2: .*begins anew"):
        fit(mlp(), (X, Y), val=Once(), epochs=2, progress=False)


NO_NUMBERS = {
    "None": None,
    "text": "0.5",
    "a tuple": (1.0, 2.0),
    "two numbers": torch.zeros(2),
    "an array": np.zeros(2),
    "complex": 1j,
    "a complex tensor": torch.tensor(1j),
    "no value": torch.zeros((), device="meta"),
}


@pytest.mark.parametrize("name", ["loss", "regularizer", "metric 'odd'"])
@pytest.mark.parametrize("answer", NO_NUMBERS)
def test_a_function_gives_one_real_number(answer, name):
    def function(*_):
        return NO_NUMBERS[answer]

    given = {"metrics": {"odd": function}} if "metric" in name else {name: function}
    model = mlp()
    with pytest.raises(ValueError, match=f"^{name} expected to give .*one.* number"):
        fit(model, X, Y, steps=1, progress=False, **given)
    assert same(model, mlp())
    with pytest.raises(ValueError, match=r"expected to give .*one.* number"):
        fit(model, X, Y, steps=1, progress=False, regularizer=[lambda *_: 0, lambda *_: None])


def test_numbers_of_every_kind_are_numbers():
    for one in (1, True, 1.0, np.float32(1), np.bool_(True), np.array(1.0), torch.tensor(1)):
        history = fit(mlp(), X, Y, steps=1, progress=False, metrics={"one": lambda *_, v=one: v})
        assert history.metrics["one"] == [1.0]


def test_a_loss_of_other_tensors_trains_nothing():
    apart = torch.zeros((), requires_grad=True)
    with pytest.raises(ValueError, match="depend on the model's parameters"):
        fit(mlp(), X, Y, steps=1, loss=lambda p, t: apart * 1, progress=False)


@pytest.mark.parametrize("end", [True, np.bool_(True), torch.tensor(True), np.array([True])])
def test_a_callback_ends_the_training_by_a_boolean(end):
    assert len(fit(mlp(), X, Y, steps=3, callbacks=lambda *_: end, progress=False)) == 1


@pytest.mark.parametrize("answer", [None, False, np.bool_(False), 7, "7", [0.5], np.ones(3)])
def test_what_a_callback_happens_to_return_ends_nothing(answer):
    """As the number of characters that ``file.write`` has written."""
    assert len(fit(mlp(), X, Y, steps=3, callbacks=lambda *_: answer, progress=False)) == 3
