"""An error in the user's code, or Ctrl-C, leaves the weights of the last whole step."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

import edgewise as ew
from edgewise.training.loop import _LONGEST_WAIT, Trainer

X = torch.linspace(-1, 1, 24).reshape(12, 2)
Y = (X[:, :1] * 3).sin() + X[:, 1:] ** 2


class Raising(torch.nn.Module):
    """A network that raises an error when it is called for the n-th time."""

    def __init__(self, error, call):
        super().__init__()
        self.network = ew.KAN([2, 3, 1], seed=0)
        self.error, self.calls_left = error, call

    def forward(self, x):
        self.calls_left -= 1
        if not self.calls_left:
            raise self.error
        return self.network(x)


def read(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()]).clone()


def train(optimizer, error, call):
    """The states after each whole step, and the history, None after an error."""
    model, states = Raising(error, call), []
    states.append(read(model))
    keep = lambda model, history: states.append(read(model)) and None  # noqa: E731
    history, caught = None, error
    try:
        history = ew.fit(model, X, Y, optimizer=optimizer, steps=3, callbacks=keep, progress=False)
    except ValueError as raised:
        caught = raised
    assert caught is error
    return model, states, history


@pytest.mark.parametrize("optimizer", ["lbfgs", "gauss-newton", "adamw"])
@pytest.mark.parametrize("call", [1, 2, 3, 4, 7, 9, 30])
@pytest.mark.parametrize("error", [ValueError("theirs"), KeyboardInterrupt()], ids=["error", "key"])
def test_fit(optimizer, call, error):
    model, states, history = train(optimizer, error, call)
    ended = model.calls_left > 0
    assert ended or (history is None) == isinstance(error, ValueError)
    assert history is None or history.interrupted is not ended
    assert torch.equal(read(model), states[-1])


@pytest.mark.parametrize("call", [1, 3, 4, 6])
@pytest.mark.parametrize("error", [ValueError("theirs"), KeyboardInterrupt()], ids=["error", "key"])
def test_gauss_newton(call, error):
    x = torch.linspace(-1, 1, 20, dtype=torch.float64)[:, None]

    def solve(steps, stop):
        model, calls = ew.KAN([1, 2, 1], seed=0, dtype=x.dtype), iter(range(1, 1000))

        def residual(jets, points):
            if next(calls) == stop:
                raise error
            return jets.value[:, 0] - points[:, 0].sin() + 0 * jets.derivative(1)[:, 0]

        try:
            ew.training.gauss_newton(model, residual, x, orders=1, steps=steps)
        except ValueError as raised:
            assert raised is error  # noqa: PT017
        return read(model)

    reached = [solve(steps, None) for steps in range(5)]
    assert any(torch.equal(solve(4, call), state) for state in reached)


@pytest.mark.parametrize("call", range(1, 12))
def test_levenberg_marquardt(call):
    model = Raising(KeyboardInterrupt(), call)
    reached = [read(model)]
    for steps in range(1, 6):
        other = Raising(None, 0)
        ew.training.levenberg_marquardt(other, (X, Y), steps=steps)
        reached.append(read(other))
    with pytest.raises(KeyboardInterrupt):
        ew.training.levenberg_marquardt(model, (X, Y), steps=5)
    assert any(torch.equal(read(model), state) for state in reached)


@pytest.mark.parametrize(("waited", "processes", "impatient"),
    [(2.0, 1, True), (0.5, 1, False), (2.0, 2, False), (0.5, 2, False)])  # fmt: skip
def test_only_a_process_alone_looks_at_its_losses_by_the_clock(waited, processes, impatient):
    """Several would find a bad loss at different steps."""
    ranks = SimpleNamespace(size=processes)
    trainer = SimpleNamespace(_looked=5.0, run=SimpleNamespace(ranks=ranks))
    assert Trainer._is_impatient(trainer, 5.0 + waited * _LONGEST_WAIT) is impatient
