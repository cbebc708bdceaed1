"""Parts of models of tables by definitions written out: cells, cuts, slopes, words of columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from edgewise.additive.curves import find_quantiles, make_curve
from edgewise.additive.kinds import drop_fraction, holds_truths, holds_wholes
from edgewise.additive.moments import Design
from edgewise.additive.pictures import chart_importances
from edgewise.additive.surfaces import cut_numbers
from edgewise.additive.survival import Lives, count_events, cut_time, find_middles, spend_time


def lives(time, event=None, entry=0.0, weight=None):
    time = np.asarray(time, dtype=float)
    event = np.ones(len(time)) if event is None else np.asarray(event, dtype=float)
    weight = np.ones(len(time)) if weight is None else np.asarray(weight, dtype=float)
    return Lives(event, np.full(len(time), float(entry)), time, weight)


# ---- times until an event ---------------------------------------------------------------------


def test_cells_of_time_have_equally_many_events_and_a_fine_beginning():
    edges = cut_time(lives(np.arange(1.0, 401.0), entry=-40.0))
    inner = edges[4:-1]
    first = inner[0] + 40
    np.testing.assert_allclose(edges[:4], -40 + first * np.array([0, 1 / 8, 1 / 4, 1 / 2]))
    assert edges[-1] == 400
    events = np.diff(np.r_[0, np.searchsorted(np.arange(1.0, 401.0), inner, side="right"), 400])
    assert events.max() - events.min() <= 1


def test_few_times_have_a_cell_each():
    rows = lives([1, 2, 2, 3, 9], event=[1, 1, 1, 1, 0])
    edges = cut_time(rows)
    assert edges[0] == 0
    assert edges[-1] == 9
    assert {1.0, 2.0} <= set(edges.tolist())
    for few in ([1, 1, 1], [2]):
        with pytest.raises(ValueError, match="events at two different times"):
            cut_time(lives(few))
    with pytest.raises(ValueError, match="events at two different times"):
        cut_time(lives([1, 2], event=[1, 0]))
    assert len(cut_time(lives([1, 2]))) > 2


def test_time_at_risk_and_events_of_cells():
    edges = np.array([0.0, 1.0, 3.0, 4.0])
    spent = spend_time(np.array([2.0, 4.0, 0.5]), edges, np.array([0.5, 3.5, 0.0]))
    np.testing.assert_allclose(spent, [[0.5, 1.0, 0.0], [0.0, 0.0, 0.5], [0.5, 0.0, 0.0]])
    np.testing.assert_allclose(spend_time(np.array([2.0]), edges), [[1.0, 1.0, 0.0]])
    assert find_middles(edges).tolist() == [0.5, 2.0, 3.5]
    rows = lives([0.0, 1.0, 1.5, 3.0, 4.0], event=[1, 1, 1, 0, 1], weight=[1, 2, 4, 8, 16])
    assert count_events(rows, edges).tolist() == [3.0, 4.0, 16.0]


# ---- cuts and curves --------------------------------------------------------------------------


def test_quantiles_have_their_share_of_the_weight_below():
    values, weight = np.array([3.0, 1.0, 2.0, 4.0]), np.array([1.0, 2.0, 1.0, 4.0])
    assert find_quantiles(values, weight, np.array([0, 0.25, 0.26, 0.5, 0.51, 1])).tolist() == [
        1, 1, 2, 3, 4, 4
    ]  # fmt: skip


@pytest.mark.parametrize("most", [2, 3, 4, 8])
def test_cells_of_numbers_have_equal_weight_or_a_number_each(most):
    values = np.arange(24.0)
    cut = cut_numbers(np.append(values, np.nan), np.ones(25), most)
    assert len(cut.cuts) == most - 1
    sizes = np.bincount(cut.codes(values))
    assert len(sizes) == most
    assert sizes.max() - sizes.min() <= 1
    few = cut_numbers(np.tile(np.arange(float(most)), 5), np.ones(5 * most), most)
    np.testing.assert_allclose(few.cuts, np.arange(most - 1) + 0.5)
    assert few.codes(np.array([0.0, most - 1.0, np.nan])).tolist() == [0, most - 1, most]
    assert cut.count == most + 1


@pytest.mark.parametrize(("count", "straight"), [(30, False), (30, True), (2, False)])
def test_curves_go_on_beyond_the_rows_as_straight_lines(count, straight):
    x = np.linspace(2.0, 5.0, count)
    curve = make_curve(0, x, np.ones(count), 6, straight=straight)
    weights = np.sin(np.arange(float(len(curve.means))))[:, None]

    def at(*places):
        return curve.multiply([np.array(places)], weights)[:, 0]

    for end, way in ((2.0, -1), (5.0, 1)):
        inside = (at(end) - at(end - way * 1e-6)) / (way * 1e-6)
        outside = (at(end + way * 0.02) - at(end + way * 0.01)) / (way * 0.01)
        np.testing.assert_allclose(outside, inside, rtol=1e-4, atol=1e-5)
    assert at(np.nan)[0] == 0
    assert make_curve(0, np.full(9, 3.0), np.ones(9), 6) is None
    assert make_curve(0, np.full(9, np.nan), np.ones(9), 6) is None


def test_the_head_of_a_design_has_the_first_coefficients():
    g = np.random.default_rng(0)
    design = Design(g.normal(size=(7, 4)), np.array([0, 1, 3, 5]), (), 6, 0.5)
    coef = g.normal(size=(6, 2))
    for width in (1, 3, 4, 6):
        head = design.head(width)
        first = np.where(np.arange(6)[:, None] < width, coef, 0.0)
        np.testing.assert_allclose(head.add_up(coef[:width]), design.add_up(first))
        assert (head.width, head.dense.shape[1]) == (width, (design.places < width).sum())
    assert design.keep(np.arange(6)) is design
    assert design.keep(np.array([0, 3])).places.tolist() == [0, 3]


# ---- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "wholes"),
    [
        (["1", "2"], True),
        (["a", "0"], True),
        (["a", "-12"], True),
        (["1", "2.0"], False),
        (["a", "b"], False),
        (["007"], False),
        ([1, 2], False),
        ([], False),
    ],
)
def test_texts_that_are_whole_numbers(texts, wholes):
    assert holds_wholes(pd.Series(texts, dtype=object)) is wholes


@pytest.mark.parametrize(
    ("level", "plain"),
    [("1.0", "1"), ("-3.0", "-3"), ("0.0", "0"), ("1.5", "1.5"), ("a.0", "a.0"), ("01.0", "01.0")],
)
def test_levels_without_a_fraction_of_0(level, plain):
    assert drop_fraction(level) == plain


@pytest.mark.parametrize(
    ("values", "truths"),
    [([True, False, None], True), ([True, 1], False), ([True, "True"], False), ([1, 0], False)],
)
def test_columns_of_truths(values, truths):
    assert holds_truths(pd.Series(values, dtype=object)) is truths
    assert holds_truths(pd.Series([True, False]))


def test_a_chart_of_no_effects_has_an_axis():
    chart = chart_importances([], 9)
    assert chart.rows == []
