"""Moves of grids: the function stays, or a report says what became of it, or a ValueError.

No NaN comes from finite data, and the model that was given is never touched.
"""

from __future__ import annotations

import copy
import warnings

import pytest
import torch
from fuzzing import draw_rows, often
from hypothesis import given
from hypothesis import strategies as st

import edgewise as ew
from edgewise import grids

BASES = (
    ew.BSpline(3), ew.BSpline(5, 2, -2, 2), ew.BSpline(4, 1), ew.BSpline(3, uniform=False),
    ew.BSpline(1, 1), ew.Gaussian(8), ew.Gaussian(4), ew.Gaussian(1), ew.Gaussian(3, width=0.1),
    ew.RSWAF(5), ew.RSWAF(2, inv_denominator=4.0), ew.bases.Legendre(3), ew.Chebyshev(5),
    ew.Fourier(2),
)  # fmt: skip
NORMS = ("layer", "auto", None, "affine", "tanh")  # the first not for a single input


def draw_model(data, dtype):
    basis = data.draw(st.sampled_from(BASES), label="basis")
    widths = data.draw(st.sampled_from([[1, 1], [2, 1], [3, 2], [2, 3, 1]]), label="widths")
    seed = data.draw(st.integers(0, 2**31), label="seed of the weights")
    model = ew.KAN(
        widths,
        basis=basis,
        norm=data.draw(st.sampled_from(NORMS[widths[0] == 1 :]), label="norm"),
        base=data.draw(st.sampled_from(["silu", None]), label="base"),
        coef_scale=data.draw(st.booleans(), label="scale"),
        seed=torch.Generator().manual_seed(seed),
        dtype=dtype,
    ).eval()
    factor = data.draw(st.sampled_from([1.0, 1.0, 1.0, 0.0, 1e3, 1e-8]), label="factor")
    with torch.no_grad():
        for layer in model.layers:
            layer.coef.mul_(factor)
    return model


def draw_move(data, model, x):
    """The name of a move, and the move."""
    size = data.draw(st.integers(1, 20), label="size")
    other = data.draw(st.sampled_from(BASES), label="other basis")
    with_data = data.draw(st.booleans(), label="with data")
    moves = {
        "adapt": lambda: grids.adapt(model, x),
        "adapt a little": lambda: grids.adapt(model, x, step=0.3, mix=1.0, tolerance=0.1),
        "fit_range": lambda: grids.fit_range(model, x),
        "refine": lambda: grids.refine(model, size, x if with_data else None),
        "refine evenly": lambda: grids.refine(model, size, x, even=True),
        "extend": lambda: grids.extend(model, x),
        "convert": lambda: grids.convert(model, other, x if with_data else None).model,
        "unmix": lambda: ew.surgery.unmix(model, x, steps=2),
    }
    name = data.draw(st.sampled_from(sorted(moves)), label="move")
    return name, moves[name], with_data or name not in ("refine", "convert")


def changed(a, b):
    """RMS of the difference over the spread, and whether it stands out from rounding."""
    eps = torch.finfo(a.dtype).eps
    a, b = a.double(), b.double()
    top = a.abs().max().clamp_min(1e-300)
    a, b = a / top, b / top
    missed, spread = (a - b).square().mean().sqrt(), (a - a.mean(0)).square().mean().sqrt()
    size = a.square().mean().sqrt()
    scale = spread if spread > 100 * eps * size else size
    return float(missed / scale.clamp_min(1e-300)), bool(missed > 1000 * eps)


@often
@given(data=st.data())
def test_moves(data):
    dtype = data.draw(st.sampled_from([torch.float32, torch.float64]), label="type")
    model = draw_model(data, dtype)
    x, _ = draw_rows(data, model.in_features, dtype)
    before = copy.deepcopy(model.state_dict())
    name, move, is_judged = draw_move(data, model, x)
    with torch.no_grad():
        y = model(x)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            new = move()
        except ValueError:
            return
        finally:
            after = model.state_dict()
            assert all(torch.equal(before[k], after[k]) for k in before)
    assert x.isfinite().all() or name.startswith(("refine", "convert"))
    assert all(p.isfinite().all() for p in new.parameters()), name
    report = grids.report(new)
    assert all(issubclass(w.category, grids.ChangeWarning) for w in said), [str(w) for w in said]
    if not is_judged or not len(x) or not y.isfinite().all():
        return
    with torch.no_grad():
        z = new(x)
    assert z.isfinite().all(), name
    error, stands_out = changed(y, z)
    if stands_out and error > 1.5 * report.tolerance:
        assert said, f"{name} changed the outputs by {error:.2g} in silence: {report}"
        assert report.output_error > 0.5 * error, f"{name}: {error} is reported as {report}"


@pytest.mark.parametrize("value", [1e30, 1e36, 1e38])
@pytest.mark.parametrize("verb", ["extend", "refine", "adapt", "fit_range", "convert"])
def test_one_centre_and_huge_values(value, verb):
    # A base weight above 3.4 would be infinite at 1e38 by itself, before anything moves.
    model = ew.KAN([1, 1], basis=ew.Gaussian(1), seed=torch.Generator().manual_seed(0))
    x = torch.tensor([[-value], [0.5], [value]])
    assert model(x).isfinite().all()
    moves = {
        "refine": lambda: grids.refine(model, 4, x),
        "convert": lambda: grids.convert(model, ew.Chebyshev(4), x).model,
    }
    move = moves.get(verb, lambda: getattr(grids, verb)(model, x))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", grids.ChangeWarning)
        try:
            new = move()
        except ValueError:
            return
    assert new(x).isfinite().all()
