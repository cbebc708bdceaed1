"""What entrances answer depends on their arguments alone, and every answer says what it is."""

from __future__ import annotations

import copy
import inspect
import random
import warnings
from contextlib import nullcontext

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from comparing import compare
from matplotlib.figure import Figure
from test_odd_arguments import DRAWING, EVERY
from test_refusals import is_raised

from edgewise.search.budget import RATE, Budget

MADE = {
    *("a level of products", "MLP", "KAN.for_data", "KANTransformerBlock"),
    *("EfficientKAN", "FastKAN", "RBFKAN", "FasterKAN", "ChebyKAN", "FourierKAN", "ImageKAN"),
    *("KALNet", "KANAttention", "expand_width", "sub-model", "forward of a convolution"),
    *("forward of a block", "forward of attention", "forward of rationals", "an edit"),
    *("forward of an edited network", "a point of a bend", "a fix", "Versions.apply"),
    *("Versions.checkout", "Versions.load", "predict_interval", "predict_proba", "Sparsity"),
}
"""They make a model, weights or data of the default type and device."""
OWN_DEVICE = {
    *("KANConv1d", "KANConv2d", "KANConv3d", "Rational", "RationalLinear", "KANFeedForward"),
    *("predict", "predict_set"),
    *("Frozen", "Anchored", "Moments", "Frozen, its memory", "Anchored, its memory"),
    "Moments, its memory",
}
"""They make it on the default device, and only the type can be given."""
ROUNDED = {"convert"}
"""Of the default type to rounding."""
TIMED = {"solve by a network", "solve, a curve"}
"""They work for as long as they may."""
PARTS = ("kan", "feed_forward")
"""Modules inside of others, which are given to what makes these again."""
SHOWN = {"__repr__", "__str__", "_repr_html_"}
FREE = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
READ = set()
"""Types of results and their members that have been looked at."""


@pytest.fixture(autouse=True)
def _seconds_are_work(monkeypatch):
    """Searches end after the same work on any machine: their seconds are counted in evaluations."""
    monkeypatch.setattr(Budget, "elapsed", property(lambda b: b.spent / RATE + b.charged))


def set_seeds(seed):
    """Move the global states of torch and numpy, old as it is: no answer may depend on them."""
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    random.seed(seed)


def answer(name, seed, dtype=torch.float32, device="cpu"):
    """What an entrance answers under a default type and device, its arguments made alike."""
    call, make = EVERY[name]
    set_seeds(0)
    arguments = make()
    given = {"dtype": torch.float64, "device": "cpu"}
    arguments |= {n: v for n, v in given.items() if n in arguments and arguments[n] is None}
    set_seeds(seed)
    torch.set_default_dtype(dtype)
    try:
        with warnings.catch_warnings(), nullcontext() if device == "cpu" else torch.device(device):
            warnings.simplefilter("ignore")
            return call(**arguments)
    finally:
        torch.set_default_dtype(torch.float32)
        plt.close("all")


def list_members(result):
    """The properties of a result, and its methods that need no arguments, with their functions."""
    for kind in type(result).__mro__:
        if not kind.__module__.startswith("edgewise"):
            continue
        for name, member in vars(kind).items():
            function = getattr(member, "fget", getattr(member, "func", member))
            if not inspect.isfunction(function) or (name.startswith("_") and name not in SHOWN):
                continue
            if function.__annotations__.get("return") == "None":  # it changes the result
                continue
            needed = list(inspect.signature(function).parameters.values())[1:]
            if all(p.default is not p.empty or p.kind in FREE for p in needed):
                yield name, function, member is function


def read_members(result, read):
    """What a result says of itself, by name, or the error; names in ``read`` are left out."""
    said = {}
    assert not any(hasattr(result, name) for name in ("nothing", "_nothing"))
    for name, function, called in list_members(result):
        if (type(result), name) in read:
            continue
        try:
            value = getattr(result, name)() if called else getattr(result, name)
        except (ValueError, AttributeError) as error:
            if not is_raised(error):
                raise
            value = str(error)
        said[name] = value
        answered = "None" in function.__annotations__.get("return", "None") or value is not None
        assert answered, name
        assert not isinstance(value, str) or (value.strip() and " at 0x" not in value), name
    return said


def check_config(module):
    """A module is made again by its settings, of the type and on the device that are given."""
    parts = [getattr(module, name) for name in PARTS if hasattr(module, name)]
    parts = [copy.deepcopy(part).to("meta", torch.float64) for part in parts]
    kind = {"device": "meta", "dtype": torch.float64}
    again = type(module).from_config(module.to_config(), *parts, **kind)
    tensors = again.state_dict()
    shapes = {key: tensor.shape for key, tensor in module.state_dict().items()}
    assert {key: tensor.shape for key, tensor in tensors.items()} == shapes
    for key, tensor in tensors.items():
        assert tensor.device.type == "meta", key
        assert tensor.dtype == torch.float64 or not tensor.is_floating_point(), key


@pytest.mark.parametrize("name", EVERY)
def test_an_answer_depends_on_the_arguments_alone(name, tmp_path, monkeypatch):
    """Not on the default type and device, nor on random numbers that others have drawn from."""
    monkeypatch.chdir(tmp_path)
    defaults = {"dtype": torch.float64} if name not in MADE | ROUNDED else {}
    defaults |= {"device": "meta"} if name not in MADE | OWN_DEVICE else {}
    with torch.random.fork_rng(), warnings.catch_warnings():
        first = answer(name, 1)
        other = first if name in DRAWING | TIMED else answer(name, 2, **defaults)
        compare(first, other, name)
        warnings.simplefilter("ignore")
        if isinstance(first, torch.nn.Module) and hasattr(first, "to_config"):
            check_config(first)
        if not isinstance(first, Figure):
            said, again = read_members(first, READ), read_members(other, READ)
            for member in said.keys() - SHOWN - {"html", "widget"}:  # these tell seconds
                compare(said[member], again[member], f"{name}.{member}")
            READ.update((type(first), member) for member in said)
    plt.close("all")


FOLDED = (
    *("fit", "Sparsity", "evaluate", "prune", "prune_to", "fix_edge", "free_edge", "edge_curve"),
    *("expand_depth", "auto_swap", "unmix", "attribute", "interactions", "explain_engines"),
    *("refine", "adapt", "convert", "extend", "fit_range", "coverage", "suggest", "regress"),
    *("extract", "fit, continual", "connection_cost"),
)


@pytest.mark.parametrize("name", FOLDED)
def test_rows_may_have_several_dimensions(name, tmp_path, monkeypatch):
    """(2, rows / 2, features) is answered as (rows, features)."""
    monkeypatch.chdir(tmp_path)
    answers = []
    for shape in ((-1,), (2, -1)):
        set_seeds(0)
        call, make = EVERY[name]
        arguments = make() | ({"y": None} if name in ("unmix", "regress") else {})
        for key, value in arguments.items():
            if key in ("x", "y", "sample_weight") and value is not None:
                arguments[key] = value.reshape(*shape, *value.shape[1:])
        with torch.random.fork_rng(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers.append(call(**arguments))
    compare(*answers, name)


WHOLE = (
    *("prune", "prune_to", "fix_edge", "free_edge", "edge_curve", "expand_depth", "auto_swap"),
    *("structure", "unmix", "attribute", "interactions", "plot", "plot_edge", "refine", "adapt"),
    *("convert", "extend", "fit_range", "coverage", "suggest", "regress", "KANRegressor"),
    *("KANClassifier", "KAN.for_data", "extract", "partial_fit", "predict", "predict_interval"),
    *("predict_proba", "tables", "discover with units", "discover_ode", "discover_pde"),
    *("levenberg_marquardt", "numpy", "refine a formula", "connection_cost", "fit_law"),
    *("fit_law with errors", "fit_law with limits", "fit_law of counts", "fit_law, relative"),
    *("predict of a law", "band", "a law", "solve with points", "a solution", "a slope"),
    *("an inferred curve", "predict_survival_function", "fit of counts", "predict with exposure"),
    *("expand", "encode"),
)


def is_numbers(value):
    return isinstance(value, torch.Tensor | np.ndarray) and "float" in str(value.dtype)


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers_are_answered_like_floats(name, tmp_path, monkeypatch):
    """Tables and columns of integers are those of the same numbers."""
    monkeypatch.chdir(tmp_path)
    call, make = EVERY[name]
    answers = []
    for whole in (False, True):
        set_seeds(0)
        arguments = make()
        for key, value in arguments.items():
            if is_numbers(value):
                value = (3 * value).round() + 1.0 * bool(value.min() > 0)
                kind = np.int64 if isinstance(value, np.ndarray) else torch.int64
                arguments[key] = (
                    np.asarray(value, kind)
                    if whole and kind is np.int64
                    else (value.to(kind) if whole else value)
                )
        with torch.random.fork_rng(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                answers.append(call(**arguments))
            except ValueError as error:
                answers.append(str(error))
    compare(*answers, name)
