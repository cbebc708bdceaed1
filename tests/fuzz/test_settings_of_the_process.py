"""Every entrance works under whatever default device, type or mode its caller has set, and leaves
these and everything else that the process shares as they were."""

from __future__ import annotations

import locale
import os
import random
import signal
import sys
import threading
import warnings
from contextlib import contextmanager, suppress

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from fuzzing import TIMES
from test_odd_arguments import DRAWING, DRAWN, EVERY, MANY

import edgewise as ew


@contextmanager
def default_type(dtype):
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


SETTINGS = {
    "inference mode": torch.inference_mode,
    "no gradients": torch.no_grad,
    "autocast": lambda: torch.autocast("cpu", torch.bfloat16),
    "device meta": lambda: torch.device("meta"),
    "float16": lambda: default_type(torch.float16),
    "float64": lambda: default_type(torch.float64),
    "errors of numpy": lambda: np.errstate(all="raise"),
}
BACKWARD = {
    *(f"KANConv{n}d" for n in (1, 2, 3)), "Rational", "RationalLinear", "KANFeedForward",
    "KANTransformerBlock", "FasterKANvolver",
}  # fmt: skip
"""They call backward themselves, which needs gradients."""
MADE_INSIDE = {"Frozen", "Anchored", "Moments", "refine a formula"}
MADE_INSIDE |= {f"{name}, its memory" for name in ("Frozen", "Anchored", "Moments")}
"""They make their own model or data, on a device without values or in inference mode."""
FORWARDS = {
    "forward of a convolution", "forward of a block", "forward of attention",
    "forward of rationals",
}  # fmt: skip
"""They make a layer of the default type and device for numbers that are given."""
EDITED = {"forward of an edited network", "an edit", "a point of a bend", "a fix"}
ESTIMATORS = {"predict", "predict_interval", "predict_proba", "predict_set"}
REFUSED = {
    "inference mode": BACKWARD | MADE_INSIDE,
    "no gradients": BACKWARD,
    "device meta": MADE_INSIDE - {"refine a formula"}
    | FORWARDS
    | EDITED
    | ESTIMATORS
    | {"KAN.for_data", "Versions.apply", "Versions.checkout", "Versions.load"},
    "float16": FORWARDS,
    "float64": FORWARDS | EDITED | MADE_INSIDE,
}
"""Where an error is right: nothing else in the table may have one."""
QUICK = [name for name, (_, make) in MANY.items() if not DRAWN & set(make())]


def observe():
    return {
        "type": torch.get_default_dtype(),
        "device": torch.get_default_device(),
        "modes": (torch.is_grad_enabled(), torch.is_inference_mode_enabled()),
        "autocast": (torch.is_autocast_enabled("cpu"), torch.get_autocast_dtype("cpu")),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "products": torch.get_float32_matmul_precision(),
        "torch's numbers": torch.get_rng_state().numpy().tobytes(),
        "numpy's numbers": str(np.random.get_state()),  # noqa: NPY002
        "Python's numbers": random.getstate(),
        "errors of numpy": np.geterr(),
        "printing": np.get_printoptions(),
        "filters": list(warnings.filters),
        "threads": (torch.get_num_threads(), threading.active_count()),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "signals": [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)],
        "hooks": (sys.excepthook, sys.displayhook, warnings.showwarning),
        "depth": sys.getrecursionlimit(),
        "pictures": (dict(mpl.rcParams), plt.get_fignums()),
        "language": locale.setlocale(locale.LC_ALL),
    }


def call(name, setting):
    function, make = EVERY[name]
    arguments = make()
    with SETTINGS[setting](), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = observe()
        if name in REFUSED.get(setting, ()):
            with suppress(ValueError, TypeError, RuntimeError):
                function(**arguments)
        else:
            function(**arguments)
        after = observe()
    if name in DRAWING:
        del before["torch's numbers"]
    assert {key for key in before if before[key] != after[key]} == set()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def _parts_are_loaded():
    """Programs start threads and set variables when they are first imported."""
    import sympy  # noqa: F401

    model = ew.KAN([1, 1], seed=0)
    ew.fit(model, torch.ones(2, 1), torch.ones(2, 1), steps=1, progress=False)


@pytest.mark.parametrize(
    ("name", "setting"),
    [(name, setting) for name in EVERY for setting in SETTINGS]
    if TIMES > 10
    else [(name, list(SETTINGS)[k % len(SETTINGS)]) for k, name in enumerate(QUICK)],
)
def test_an_entrance_works_and_leaves_the_process_alone(name, setting):
    call(name, setting)


@pytest.mark.parametrize("name", ["fit", "levenberg_marquardt", "structure", "certify", "regress"])
def test_derivatives_are_on_where_they_are_needed(name):
    call(name, "inference mode")


def test_a_model_made_in_inference_mode_is_refused_where_derivatives_are_needed():
    with torch.inference_mode():
        model, x = ew.KAN([1, 1], seed=0), torch.linspace(0, 1, 9)[:, None]
        before = model.layers[0].coef.clone()
        with pytest.raises(ValueError, match=r"fit expected .* made in torch.inference_mode\(\)"):
            ew.fit(model, x, x, steps=1, progress=False)
        with pytest.raises(ValueError, match=r"structure expected .* copy.deepcopy\(model\)"):
            ew.structure(model, x)
        assert torch.equal(model.layers[0].coef, before)
        data = torch.linspace(0, 1, 9)[:, None]
    ew.fit(ew.KAN([1, 1], seed=0), data, data, steps=1, progress=False)
