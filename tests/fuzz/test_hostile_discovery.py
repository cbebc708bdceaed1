"""`discover` with tables, names and settings that nobody hopes for: it answers, or says why not."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch
from fuzzing import TIMES, check_message, draw_rows, often
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.discovery.table import read_table

NAMES = (
    "x", "y", "pi", "E", "I", "lambda", "sin", "def", "1", "", " ", "a b", "x\ny", "<b>", "\0",
    "é", "变量", "__import__('os')", "x" * 200, "{0}", "%s", "$x$", "\\frac", "a'b", 'a"b', "💥",
)  # fmt: skip
UNITS = (
    None,
    {},
    {"x0": "m"},
    {"x0": "m/s^2", "x1": "kg"},
    {"no": "m"},
    {"x0": "bananas"},
    {"x0": ""},
)
SETTINGS = {
    "robust": (True, False, None, 2, torch.ones(2)),
    "reach": (1.0, 16, 0, -1, float("nan"), 1e300, "x", torch.ones(2)),
    "seed": (0, 7, -1, 0.5, None, 10**30),
    "library": (["sin"], ["x"], [], "sin", ["no such"], None, 3),
    "bases": ([ew.BSpline(3)], [], None, ew.BSpline(3), ["x"], 3),
    "n_jobs": (1, 0, 0.5, None, "x"),
    "units": UNITS,
    "output_unit": (None, "m", "", "bananas", "m/0", "m^99999", 3),
    "sample_weight": (np.ones(3), np.zeros(30), -np.ones(30), "x", [None] * 30),
    "output_name": NAMES,
}
OTHERS = {
    "texts": lambda x: np.where(x > 0, "yes", "no"),
    "many texts": lambda x: x.astype(str),
    "booleans": lambda x: x > 0,
    "whole numbers": lambda x: (x > 0).astype(int),
    "objects": lambda x: np.array([None, *x[1:]], dtype=object),
    "complex": lambda x: x + 1j,
    "dates": lambda x: x.astype("datetime64[s]"),
    "half": lambda x: x.astype(np.float16),
    "square": lambda x: x**2,
    "steps": lambda x: np.sign(x),
}
few = settings(often, max_examples=3 * TIMES)


def draw_names(data, columns):
    return data.draw(
        st.none() | st.lists(st.sampled_from(NAMES), min_size=columns, max_size=columns),
        label="names",
    )


def draw_settings(data):
    chosen = data.draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=2, unique=True))
    return {name: data.draw(st.sampled_from(SETTINGS[name]), label=name) for name in chosen}


def read(found, x):
    """Everything that a discovery says."""
    for each in found if isinstance(found, ew.discovery.Discoveries) else [found]:
        assert each.verdict.kind in ("exact", "law", "approximation")
        assert str(each)
        assert each.winner.latex()
        assert each.front_table() is not None
        assert np.isfinite(each.predict(x)).all()
        assert "<html" in each.html()


@few
@given(data=st.data())
def test_odd_tables(data):
    columns = data.draw(st.integers(1, 3), label="columns")
    x = draw_rows(data, columns, torch.float64)[0].repeat(2, 1).numpy()
    y = draw_rows(data, 1, torch.float64)[0].numpy()[:, 0]
    y = np.resize(y, len(x)) if len(y) else y
    if data.draw(st.booleans(), label="of x") and len(x):
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            y = OTHERS[data.draw(st.sampled_from(sorted(OTHERS)), label="kind of y")](x[:, 0])
    state = torch.get_rng_state(), np.random.get_state()[1].copy()  # noqa: NPY002
    before = x.copy(), y.copy()
    try:
        found = ew.discover(
            x, y, input_names=draw_names(data, columns), budget=0.2, progress=False,
            **draw_settings(data),
        )  # fmt: skip
    except (ValueError, TypeError) as error:
        check_message(error)
    else:
        read(found, x)
    np.testing.assert_array_equal(x, before[0])
    assert y.tobytes() == before[1].tobytes()
    assert torch.equal(state[0], torch.get_rng_state())
    assert np.array_equal(state[1], np.random.get_state()[1])  # noqa: NPY002


def is_name(text):
    """Whether a column may be called so."""
    try:
        return bool(read_table(np.eye(5), np.arange(5.0), None, [text, *"abcd"], None))
    except ValueError:
        return False


@pytest.mark.parametrize("part", range(4))
def test_names_stay_what_they_are(part):
    """In the discovery; what a text can't hold is replaced in that text only."""
    names = list(filter(is_name, NAMES[part::4]))
    assert len(names) >= 4
    x = np.random.default_rng(part).uniform(1, 2, (60, len(names)))
    found = ew.discover(x, x.prod(1), input_names=names, budget=0.2, progress=False)
    assert found.input_names == names
    assert len(found.winner.tree.inputs) == len(names)
    read(found, x)
