"""What can be no value of an argument is refused by every entrance, with a documented error."""

from __future__ import annotations

import inspect
import math
import traceback
import warnings

import numpy as np
import pytest
import torch
from test_odd_arguments import CALLED, EVERY, is_documented

PYTHONS = CALLED | {"f", "edit", "path", "checkpoint_dir"}
"""Functions and paths: what Python says of others is clear, where it is called or opened."""


class Odd:
    """Nothing that any argument means."""


def list_arguments(call, usual):
    """The arguments of an entrance by name, with usual values: further keywords, too."""
    further = inspect.signature(call).parameters.values()
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return {p.name: p.default for p in further if p.kind in named} | usual


def is_raised(error):
    """Whether a line says so: what happens to come of a wrong value isn't one of our errors."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = any("/src/edgewise/" in frame.filename for frame in frames)
    twice = "multiple values" in str(error)  # in another place, too
    return twice or not ours or frames[-1].line.startswith("raise")


@pytest.mark.parametrize("name", EVERY)
def test_what_is_no_value_of_an_argument_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, make = EVERY[name]
    made = make()  # once: what is refused changes nothing that it was given
    for argument, usual in list_arguments(call, made).items():
        wrong = [Odd()]
        wrong += [math.nan] if type(usual) in (int, float) else []
        wrong += ["perhaps"] if type(usual) is bool else []
        for value in wrong:
            arguments = made | {argument: value}
            taken = f"{argument}={value!r} was taken"
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    call(**arguments)
            except Exception as error:
                meant = argument in PYTHONS or is_raised(error)
                taken = "" if is_documented(error, arguments) and meant else repr(error)
            assert not taken, f"{argument}: {taken}"


ROWS = {"y", "x", "X", "t", "states", "sigma", "times", "exposure", "entry"}
MISSING = {
    *("KANRegressor", "KANClassifier", "KANSurvival", "fit of counts", "partial_fit", "predict"),
    *("predict with exposure", "predict_interval", "predict_proba", "predict_set", "expand"),
    *("predict_survival_function", "predict_cumulative_hazard_function", "predict_survival_band"),
    *("score of lives", "brier_score", "integrated_brier_score", "calibration", "explain_local"),
}
"""They read a table in which numbers may be missing."""
PASSED_ON = {
    *("forward", "forward of a block", "forward of a convolution", "forward of rationals"),
    *("forward of an edited network", "numpy", "tables", "a law", "predict of groups"),
    *("is_defined", "edge_curves", "explain_engines", "Sparsity"),
}
"""What is no number in a row becomes none in its answer."""


def list_bad_rows(name, made):
    """Arguments of an entrance with one number that is none, or a weight below 0."""
    given = list_arguments(EVERY[name][0], made)
    rows = next((given[k] for k in ("y", "x", "X") if hasattr(given.get(k), "shape")), None)
    for argument in given.keys() & {*ROWS, "sample_weight"}:
        usual, bad = given[argument], [math.nan, math.inf]
        if argument in ("sample_weight", "exposure") and rows is not None:
            usual, bad = np.ones(len(rows)), [math.nan, math.inf, -1.0]
            usual = torch.from_numpy(usual).to(rows) if isinstance(rows, torch.Tensor) else usual
        if "float" not in str(getattr(usual, "dtype", "")) or name in PASSED_ON:
            continue
        if (name in MISSING and argument in "xX") or (name, argument) == ("solve with points", "y"):
            bad.remove(math.nan)
        for one in bad:
            value = usual.clone() if isinstance(usual, torch.Tensor) else usual.copy()
            value.reshape(-1)[value.shape[0] // 2] = one
            yield argument, value


@pytest.mark.filterwarnings("ignore")  # spoiled rows may also be warned of
@pytest.mark.parametrize("name", EVERY)
def test_what_is_no_number_in_a_row_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, make = EVERY[name]
    made = make()
    for argument, value in list_bad_rows(name, made):
        with pytest.raises((ValueError, TypeError)) as caught:
            call(**(made | {argument: value}))
        assert is_raised(caught.value), argument
