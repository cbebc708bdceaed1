"""The study of laws that several data sets share: what is drawn, and what counts as right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.groups import GROUPS, LAWS, ROWS, describe, draw, is_right
from edgewise.discovery import Discovery, Formula, GroupedDiscovery, Verdict
from edgewise.formula.parse import parse_formula


def found(text, names, numbers):
    """A discovery of this formula of x0 and numbers of each group."""
    tree = parse_formula(text, ["x0", *names])[0]
    winner = Formula(tree, ("x0", *names), 1.0, 0.1, 0.9, 0.1, "made up")
    whole = Discovery(
        [winner], winner, Verdict("law", "it is"), [], 0.0, 1.0, 1, ["x0", *names], "y"
    )
    columns = {}
    for name in names:
        columns[name], columns[f"± {name}"] = numbers[name], np.zeros(GROUPS)
    return GroupedDiscovery(whole, pd.DataFrame(columns), np.zeros(0))


@pytest.mark.parametrize("name", LAWS)
def test_each_law_is_finite_and_varies_in_every_group(name):
    drawn = draw(LAWS[name], 0.0, 0)
    assert drawn.x.shape == (GROUPS * ROWS, len(LAWS[name].inputs))
    assert np.isfinite(drawn.clean).all()
    assert all(drawn.clean[drawn.group == g].std() > 0.01 for g in range(GROUPS))


def test_noise_is_relative_to_the_spread_of_each_group():
    law = LAWS["relaxation"]
    drawn = draw(law, 0.1, 3)
    ratio = [
        (drawn.y - drawn.clean)[drawn.group == g].std() / drawn.clean[drawn.group == g].std()
        for g in range(GROUPS)
    ]
    assert np.mean(ratio) == pytest.approx(0.1, rel=0.1)
    np.testing.assert_array_equal(draw(law, 0.0, 3).clean, drawn.clean)


def test_what_counts_as_right():
    law, ones = LAWS["relaxation"], np.ones(GROUPS)
    drawn = draw(law, 0.1, 3)
    numbers = {"a": 2 * ones, "b": 0.5 * ones, "c": 1.5 * ones}
    assert is_right(found("a*exp(-b*x0) + c", ["a", "b", "c"], numbers), drawn, law)
    assert not is_right(found("a*exp(-b*x0)", ["a", "b"], numbers), drawn, law)
    assert not is_right(found("a/(1 + b*x0) + c", ["a", "b", "c"], numbers), drawn, law)
    more = {**numbers, "d": 0.1 * ones, "f": 0.1 * ones}
    long = "a*exp(-b*x0) + c + d*x0 + f*x0**2"
    assert not is_right(found(long, list(more), more), drawn, law)


def test_the_table_counts_by_noise_and_by_law():
    rows = [
        {"law": "lens", "noise": "0.0", "right": "1", "verdict": "exact", "seconds": "3"},
        {"law": "lens", "noise": "0.1", "right": "0", "verdict": "law", "seconds": "5"},
    ]
    told = describe(rows)
    assert "| 0% | 1 | 1 of 1 | 82% | 1 | 0 | 3 |" in told
    assert "| 10% | 1 | 0 of 1 | 62% | 1 | 1 | 5 |" in told
