"""Data that nobody hopes for: documented errors, or finite answers for finite data."""

from __future__ import annotations

import copy
import warnings

import matplotlib.pyplot as plt
import pytest
import torch
from fuzzing import draw_rows, often
from hypothesis import given
from hypothesis import strategies as st

import edgewise as ew
from edgewise.grids import ChangeWarning
from edgewise.training import NonFiniteLossError


def build(data, columns, outputs=1):
    basis = data.draw(st.sampled_from([ew.BSpline(3), ew.Gaussian(4), ew.bases.Legendre(3)]))
    seed = data.draw(st.integers(0, 2**31), label="weights")
    return ew.KAN([columns, outputs], basis=basis, seed=torch.Generator().manual_seed(seed))


@pytest.mark.filterwarnings("ignore::edgewise.training.OutsideWarning")
@often
@given(data=st.data())
def test_fit(data):
    model = build(data, 2)
    x, _ = draw_rows(data, 2)
    y, _ = draw_rows(data, 1)
    y = y[torch.arange(len(x)) % max(len(y), 1)] if len(y) else y
    arguments = {
        "optimizer": data.draw(st.sampled_from(["adamw", "lbfgs", "muon", "sgd"])),
        "loss": data.draw(st.sampled_from([None, "mae", "huber", "bce"])),
        "metrics": data.draw(st.sampled_from([None, "r2", ["mae", "rmse"], "accuracy"])),
        "batch_size": data.draw(st.sampled_from([None, 1, 7])),
        "val": data.draw(st.sampled_from([None, (x, y)])),
        "max_grad_norm": data.draw(st.sampled_from([None, 1.0])),
        "grid_update_every": data.draw(st.sampled_from([None, 2])),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ChangeWarning)
            history = ew.fit(model, x, y, steps=3, progress=False, **arguments)
    except (ValueError, NonFiniteLossError):
        assert all(p.isfinite().all() for p in model.parameters())
        return
    assert len(x) == len(y) > 0
    assert x.isfinite().all()
    assert y.isfinite().all()
    assert all(p.isfinite().all() for p in model.parameters())
    assert torch.tensor(history.loss).isfinite().all()


@often
@given(data=st.data())
def test_reading_a_model(data):
    """Attribution, pruning, pictures and evaluation; the model is never touched."""
    model = build(data, 3, 2)
    x, _ = draw_rows(data, 3)
    before = copy.deepcopy(model.state_dict())
    action = data.draw(st.sampled_from(["attribute", "prune", "plot", "plot_edge", "evaluate"]))
    y = torch.zeros(len(x), 2)
    actions = {
        "attribute": lambda: ew.attribute(model, x).inputs,
        "prune": lambda: ew.prune(model, x)(x),
        "plot": lambda: close(ew.plot(model, x)),
        "plot_edge": lambda: close(ew.plotting.plot_edge(model, x, (0, 1, 0))),
        "evaluate": lambda: torch.tensor(ew.evaluate(model, x, y, metrics=["r2", "mae"])["loss"]),
    }
    try:
        answer = actions[action]()
    except ValueError:
        answer = None
    after = model.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    if answer is not None and x.isfinite().all() and x.abs().max() < 1e9:
        assert answer.isfinite().all(), action


def close(figure):
    figure.canvas.draw()
    plt.close("all")
    return torch.zeros(1)


@often
@given(data=st.data())
def test_formulas_of_a_model(data):
    model = build(data, 2)
    x, kind = draw_rows(data, 2, most=12)
    if kind in ("normal", "wide", "tiny", "integers"):
        return  # tests/symbolic has them, and they take seconds
    try:
        formula = ew.symbolic.regress(model, x, budget=0.05)
    except ValueError:
        return
    assert x.isfinite().all()
    if x.abs().max() < 1e9:
        assert formula(x.double()).isfinite().all()
