"""What can be no value of an argument is refused by every entrance, with a documented error."""

from __future__ import annotations

import inspect
import math
import traceback
import warnings

import pytest
from test_odd_arguments import CALLED, EVERY, is_documented

PYTHONS = CALLED | {"f", "edit", "path", "checkpoint_dir"}
"""Functions and paths: what Python says of others is clear, where it is called or opened."""


class Odd:
    """Nothing that any argument means."""


def list_arguments(name):
    """The arguments of an entrance by name, with usual values: further keywords, too."""
    call, make = EVERY[name]
    usual = make()
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
    for argument, usual in list_arguments(name).items():
        wrong = [Odd()]
        wrong += [math.nan] if type(usual) in (int, float) else []
        wrong += ["perhaps"] if type(usual) is bool else []
        for value in wrong:
            arguments = make() | {argument: value}
            taken = f"{argument}={value!r} was taken"
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    call(**arguments)
            except Exception as error:
                meant = argument in PYTHONS or is_raised(error)
                taken = "" if is_documented(error, arguments) and meant else repr(error)
            assert not taken, f"{argument}: {taken}"
