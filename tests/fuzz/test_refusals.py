"""What can be no value of an argument is refused by every entrance, with a documented error."""

from __future__ import annotations

import math
import warnings

import pytest
from test_odd_arguments import EVERY, is_documented


class Odd:
    """Nothing that any argument means."""


@pytest.mark.parametrize("name", EVERY)
def test_what_is_no_value_of_an_argument_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, make = EVERY[name]
    for argument, usual in make().items():
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
                taken = "" if is_documented(error, arguments) else repr(error)
            assert not taken
