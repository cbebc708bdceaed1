"""What entrances answer depends on their arguments alone, and every answer says what it is."""

from __future__ import annotations

import random
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from comparing import compare
from matplotlib.figure import Figure
from test_odd_arguments import DRAWING, EVERY

MADE = {
    *("KAN", "KAN with products", "a level of products", "KANLinear", "MLP", "KAN.for_data"),
    *("EfficientKAN", "FastKAN", "RBFKAN", "FasterKAN", "ChebyKAN", "FourierKAN", "ImageKAN"),
    *("KALNet", "KANAttention", "expand_width", "sub-model", "forward of a convolution"),
    *("forward of a block", "forward of attention", "forward of rationals", "an edit"),
    *("forward of an edited network", "a point of a bend", "a fix", "Versions.apply"),
    *("Versions.checkout", "Versions.load", "predict_interval", "predict_proba", "Sparsity"),
}
"""They make a model, weights or data of the default type."""
ROUNDED = {"convert"}
"""Of the default type to rounding."""
TIMED = {"solve by a network", "solve, a curve"}
"""They work for as long as they may."""
TEXTS = ("__repr__", "__str__", "_repr_html_", "html", "summary", "describe", "to_latex")


def set_seeds(seed):
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    random.seed(seed)


def answer(name, seed, dtype):
    """What an entrance answers under a default type, its arguments made alike."""
    call, make = EVERY[name]
    set_seeds(0)
    arguments = make()
    set_seeds(seed)
    torch.set_default_dtype(dtype)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call(**arguments)
    finally:
        torch.set_default_dtype(torch.float32)
        plt.close("all")


def list_texts(result):
    """What a result says of itself, by method."""
    said = {}
    ours = type(result).__module__.startswith("edgewise") and not isinstance(result, Figure)
    for name in TEXTS:
        if ours and hasattr(result, name):
            try:
                said[name] = getattr(result, name)()
            except TypeError:  # it wants arguments
                continue
    return said


@pytest.mark.parametrize("name", EVERY)
def test_an_answer_depends_on_the_arguments_alone(name, tmp_path, monkeypatch):
    """Not on the default type, nor on random numbers that others have drawn from."""
    monkeypatch.chdir(tmp_path)
    with torch.random.fork_rng():
        first = answer(name, 1, torch.float32)
        if name not in DRAWING | TIMED:
            other = answer(name, 2, torch.float32 if name in MADE | ROUNDED else torch.float64)
            compare(first, other, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for method, text in list_texts(first).items():
            assert isinstance(text, str), method
            assert text.strip(), method
            assert " at 0x" not in text, method
