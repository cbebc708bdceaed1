"""Arguments that nobody should pass: they work, or end in the documented errors with a message.

Whatever happens, the global random state, the number of threads and the arrays that were given
stay what they were.
"""

from __future__ import annotations

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from fuzzing import often
from hypothesis import given
from hypothesis import strategies as st
from odd_calls import (
    COLLECTIONS,
    ENTRANCES,
    SCALARS,
    list_arrays,
    list_models,
    list_settings,
)

import edgewise as ew
from edgewise.training import NonFiniteLossError

DRAWN = {"steps", "epochs", "budget"}  # left alone: a great number takes as long as it says
DRAWING = {"MLP", "load_foreign"}  # from torch's own random numbers
CALLED = {"optimizer", "scheduler", "loss", "metrics", "callbacks", "regularizer", "init", "base"}
"""What may be a function of the user's: what that raises is the user's own."""
MAKERS = {"model": [list_models], "x": [list_arrays], "y": [list_arrays]}


def draw_odd(data, name):
    """A value for the argument of that name: often of the kind that it wants, but odd."""
    makers = [lambda: SCALARS, lambda: COLLECTIONS, list_arrays, list_models, list_settings]
    makers = makers + 3 * MAKERS.get(name, [list_settings])
    values = data.draw(st.sampled_from(makers))()
    values = [v for v in values if not (callable(v) and name in CALLED)] or [None]
    return values[data.draw(st.integers(0, len(values) - 1), label=f"which value of {name}")]


def is_documented(error, arguments):
    """Whether the error is one that docstrings promise, and says something."""
    if isinstance(error, OSError):  # the disk's own answer to a path
        paths = [v for k, v in arguments.items() if k in ("path", "checkpoint_dir")]
        return bool(paths)
    return isinstance(error, (ValueError, TypeError, NonFiniteLossError)) and bool(str(error))


def call_oddly(data, entrance):
    """Call with one or two odd arguments."""
    call, make = ENTRANCES[entrance]
    arguments = make()
    names = st.lists(
        st.sampled_from([n for n in arguments if n not in DRAWN]),
        min_size=1, max_size=2, unique=True,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in data.draw(names, label="odd arguments"):
            arguments[name] = draw_odd(data, name)
    # Without a generator, weights and orders come from torch's own, as documented.
    state = torch.get_rng_state(), np.random.get_state()[1].copy(), torch.get_num_threads()  # noqa: NPY002
    arrays = [v for v in arguments.values() if type(v) in (torch.Tensor, np.ndarray)]
    before = [np.array(repr(v)) for v in arrays]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            call(**arguments)
    except Exception as error:
        if not is_documented(error, arguments):
            raise
    finally:
        plt.close("all")
    assert all(a == np.array(repr(v)) for a, v in zip(before, arrays, strict=True))
    if arguments.get("generator", 0) is not None and entrance not in DRAWING:
        assert torch.equal(state[0], torch.get_rng_state())
    assert np.array_equal(state[1], np.random.get_state()[1])  # noqa: NPY002
    assert state[2] == torch.get_num_threads()


@pytest.mark.parametrize("entrance", ENTRANCES)
@often
@given(data=st.data())
def test_odd_arguments(entrance, data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("odd"))  # where odd paths lead
        call_oddly(data, entrance)


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_arguments_that_work(entrance):
    call, make = ENTRANCES[entrance]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call(**make())
    plt.close("all")


FLOAT_DTYPE = "floating-point dtype"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ew.KAN([2, 1], device="gpu"), "a device that this machine has"),
        (lambda: ew.MLP([2, 1], dtype=torch.int64), FLOAT_DTYPE),
        (lambda: ew.KANLinear(2, 1, bias=torch.ones(2)), "bias to be True or False"),
        (lambda: ew.KANLinear(2, 1, init=None), "init"),
        (lambda: ew.BSpline(lo=torch.zeros(2)), "lo to be one number"),
        (lambda: ew.KAN([2, 1], basis=ew.Gaussian(4, hi=1e300)), "limits of its dtype"),
        (lambda: ew.FastKAN([2, 1], spline_weight_init_scale=-1), "spline_weight_init_scale"),
        (lambda: ew.EfficientKAN([2, 1], scale_noise=float("nan")), "scale_noise"),
        (lambda: ew.EfficientKAN([2, 1], grid_range=[1]), "grid_range to be two numbers"),
        (lambda: ew.interactions(ew.KAN([2, 1]), torch.rand(9, 3)), "last dimension 2"),
        (lambda: ew.interactions(ew.KAN([2, 1]), torch.rand(9, 2), seed=0.5), "seed"),
        (lambda: ew.attribute(ew.KAN([2, 1]), torch.rand(9, 2).to("meta")), "device meta"),
        (lambda: ew.attribute(ew.KAN([2, 1], device="meta"), torch.rand(9, 2)), "device meta"),
        (lambda: ew.save(ew.KAN([2, 1], device="meta"), "model"), "device meta"),
        (lambda: ew.KAN([2, 1])(torch.rand(9, 2).to_sparse()), "dense tensor"),
        (lambda: ew.prune(ew.KAN([2, 1]), torch.rand(9, 2), edge=torch.ones(2)), "edge"),
        (lambda: ew.evaluate(ew.MLP([1, 1]), *2 * [torch.ones(9, 1).to_sparse()]), "dense"),
    ],
)  # fmt: skip
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_fit_of_no_model():
    with pytest.raises(TypeError, match=r"torch\.nn\.Module"):
        ew.fit(None, torch.rand(4, 2), torch.rand(4, 1), steps=1)
