"""Marks draw the same as SVG and in matplotlib, wherever and whatever the numbers are."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from edgewise.charts.chart import Axis, Chart
from edgewise.charts.embed import embed_figure
from edgewise.charts.marks import Band, Bars, HeatMap, Line, Rules, Text, count_values, scatter
from edgewise.charts.numbers import format_change, format_factor
from edgewise.charts.rows import Row, RowChart
from edgewise.charts.scales import LOG, Scale
from edgewise.charts.style import BLUE, GREY, ORANGE
from markup import Page

X = np.array([0.0, 1.0, 2.0, 3.0])
Y = np.array([1.0, 4.0, np.nan, 2.0])
NAME = '<b>&"it"'
MARKS = {
    "line": Line(X, Y, dots=3.0, label=NAME),
    "dashed": Line(X, Y, dash=True),
    "dots": scatter(X, Y, title=NAME),
    "band": Band(X, Y - 1, Y + 1),
    "bars": Bars(X, X + 0.5, X + 1),
    "counts": count_values(np.arange(50.0) ** 2),
    "rules": Rules([1.0, 2.0]),
    "upright": Rules([1.0], upright=True, to=0.5, dash=True),
    "text": Text(1.0, 4.0, NAME, True),
    "cells": HeatMap(np.array([[0.5, -1.0, 0.0]]), np.ones((1, 3)), [["a", NAME, "c"]]),
}


def read(text):
    assert "nan" not in text
    assert "<b>" not in text
    return Page(text).tags


@pytest.mark.parametrize("kind", MARKS)
def test_every_mark_is_drawn_in_both_ways(kind):
    frame = Line(np.array([0.0, 3.0]), np.array([0.0, 5.0]))
    chart = Chart([frame, MARKS[kind]], Axis("across"), Axis(NAME), title=NAME)
    read(chart.html(NAME))
    figure = Figure()
    axes = figure.subplots()
    chart.draw(axes)
    figure.canvas.draw()
    assert axes.get_xlabel() == "across"
    assert axes.get_title(loc="left") == NAME


def paths(chart, kind):
    body = re.search(f'<g class="{kind}".*?</g>', chart.html(""))[0]
    return [[float(n) for n in re.findall(r"-?[\d.]+", p)] for p in re.findall(' d="(.*?)"', body)]


def test_a_line_breaks_where_it_is_not_finite_and_stays_where_it_is():
    chart = Chart([Line(X, Y)], Axis(ends=(0.0, 4.0)), Axis(ends=(0.0, 4.0)))
    assert paths(chart, "line") == [[0, 75, 25, 0, 75, 50]]
    log = Chart(
        [Line(np.array([1.0, 10.0]), X[:2])], Axis(scale=LOG, ends=(1, 1e4)), Axis(ends=(0, 1))
    )
    assert paths(log, "line") == [[0, 100, 25, 0]]


def test_bars_stand_on_their_bottom():
    chart = Chart([Bars(X[:1], X[1:2], X[2:3], 1.0)], Axis(ends=(0, 2)), Axis(ends=(0, 4)))
    assert paths(chart, "area") == [[0, 75, 50, 50, 75]]


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1.0, 1.7e308])
@pytest.mark.filterwarnings("error")
def test_numbers_of_any_size_have_places(size):
    chart = Chart([Line(X, np.array([-size, 0.0, size / 2, size]))])
    (path,) = paths(chart, "line")
    assert len(path) == 8
    assert path[3] == pytest.approx(50, abs=0.02)
    read(chart.html(""))


def test_pages_choose_their_colours():
    text = Chart([Line(X, X), Rules([1.0]), Line(X, X, colour=ORANGE)]).html("")
    assert text.index("var(--blue)") < text.index("var(--soft)") < text.index("var(--orange)")
    assert GREY not in text


def test_figures_of_one_page_share_no_ids_and_take_its_colours():
    texts = []
    for prefix in "ab":
        figure = Figure()
        figure.subplots().plot([1, 2], [3, 4], color=BLUE)
        texts.append(embed_figure(figure, 'a "label" <', prefix))
    a, b = (set(re.findall(r'id="([^"]*)"', t)) for t in texts)
    assert a
    assert not a & b
    assert 'style="--natural:614px;width:614px"' in texts[0]
    assert 'aria-label="a &quot;label&quot; &lt;"' in texts[0]
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', texts[0])) == a
    assert "var(--blue)" in texts[0]
    assert not {"#0072b2", "#000000"} & set(re.findall("#[0-9a-f]{6}", texts[0]))
    assert "#0072b2" in embed_figure(figure, "", "c", themed=False)


def test_counts_of_one_value_and_of_many():
    assert count_values(np.full(5, 3.0)).top.tolist() == [5]
    many = count_values(np.random.default_rng(0).normal(size=3000))
    assert 20 <= len(many.top) <= 40
    assert many.top.sum() == 3000


@pytest.mark.parametrize("kind", ["sizes", "levels", "fall"])
def test_rows_are_drawn_in_both_ways(kind):
    rows = [
        Row(NAME, 1.0, 3.0, "+2", "more", 2.0, 4.0, ORANGE, count="5", share=0.5, link="a-0"),
        Row("sum", 3.0, 3.0, "3", whole=True),
    ]
    chart = RowChart(rows, kind, Axis("effect", ends=(0.0, 5.0)), 0.0, NAME, (1, 3))
    items = chart.html()
    tags = read("".join(items))
    fill = next(a for t, a in tags if a.get("class") == "fill")
    assert fill["style"] == "left:20.00%;width:40.00%;background:var(--orange)"
    assert ("data-name" in tags[0][1]) == (kind == "sizes")
    figure = Figure()
    axes = figure.subplots()
    chart.draw(axes)
    figure.canvas.draw()
    assert axes.get_yticks().tolist() == [0, 2]


def test_rows_of_one_name_show_it_once():
    rows = [Row(name, 0.0, 1.0, "1", model) for name in "ab" for model in ("old", "new")]
    items = RowChart(rows, "sizes", Axis(ends=(0.0, 1.0))).html()
    assert ["again" in item for item in items] == [
        False,
        True,
        False,
        True,
    ]  # stays below the first
    told = [re.sub("<.*?>", " ", item).split() for item in items]
    assert told == [["a", "old", "1"], ["new", "1"], ["b", "old", "1"], ["new", "1"]]


def test_an_axis_without_ends_says_so():
    with pytest.raises(ValueError, match="an axis with ends"):
        Axis().fraction(1.0)


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [
        (Scale(), -3.0, 7.0),
        (Scale(), 1e-9, 3e-9),
        (Scale(), -1.7e308, 1.7e308),
        (Scale(50.0, 2.0, True), 0.5, 5e6),
        (Scale(61, 1, True), 43, 79),
        (LOG, 0.4, 6.0),
        (LOG, 0.9, 1.3),
        (LOG, 0.002, 1.1),
        (LOG, 1e-300, 1e300),
    ],
)
def test_ticks_are_round_apart_and_inside(scale, low, high):
    ticks = scale.choose_ticks(low, high)
    places = scale.fraction([value for value, _ in ticks], (low, high))
    assert 3 <= len(ticks) <= 10
    assert places.min() > -1e-9
    assert places.max() < 1 + 1e-9
    assert np.diff(places).min() > 0.08


def test_ticks_across_have_room():
    axis = Axis(ends=(0.0, 1.0), ticks=[(k / 10, "1,000,000") for k in range(11)])
    assert [value for value, _ in axis.thin_ticks()] == [0.0, 0.3, 0.6, 0.9]
    assert len(Axis(ends=(0.0, 1.0), ticks=axis.ticks, named=True).thin_ticks()) == 11


def test_long_axes_have_powers_of_ten_and_factors_their_cross():
    assert [text for _, text in LOG.choose_ticks(1e-7, 1e2)][:2] == ["10⁻⁷", "10⁻⁵"]
    assert [text for _, text in LOG.choose_ticks(1e-6, 1e-4)] == [
        *("10⁻⁶", "3·10⁻⁶", "10⁻⁵", "3·10⁻⁵", "10⁻⁴"),
    ]
    texts = [text for _, text in LOG.choose_ticks(1.2e-5, 2.7e-5)]
    assert {"1.5·10⁻⁵", "2·10⁻⁵"} <= set(texts)
    assert LOG.choose_ticks(2.37e-7, 2.37e-7) == [(2.37e-7, "2.37·10⁻⁷")]
    ticks = LOG.choose_ticks(0.4, 6.0, 4, format_factor)
    assert [text for _, text in ticks] == ["×0.5", "×1", "×2", "×5"]
    assert [format_change(v) for v in (-1.5, 0.0, 2.0)] == ["−1.5", "0", "+2"]


@pytest.mark.parametrize("upright", [False, True])
def test_rules_lie_at_their_values_in_both_ways(upright):
    rules = Rules([1.0, 3.0], upright, to=0.5)
    axes = Figure().subplots()
    axes.set(xlim=(0, 4), ylim=(0, 4))
    rules.draw(axes)
    drawn = axes.collections[0]
    places = drawn.get_transform().transform(np.concatenate(drawn.get_segments()))
    parts = axes.transAxes.inverted().transform(places).reshape(2, 2, 2)  # of the chart's sides
    np.testing.assert_allclose(parts[..., 0 if upright else 1], [[0.25] * 2, [0.75] * 2])
    np.testing.assert_allclose(parts[..., 1 if upright else 0], [[0, 0.5]] * 2, atol=1e-12)
    chart = Chart([rules], Axis(ends=(0.0, 4.0)), Axis(ends=(0.0, 4.0)))
    ways = [[25, 100, 50, 75, 100, 50]] if upright else [[0, 75, 50, 0, 25, 50]]
    assert paths(chart, "line") == ways


@pytest.mark.parametrize("width", [0.0, 1.8, 3.0])
@pytest.mark.parametrize("dots", [0.0, 4.5])
@pytest.mark.parametrize("dash", [False, True])
def test_lines_and_dots_have_the_sizes_asked_for(width, dots, dash):
    axes = Figure().subplots()
    Line(X, Y, width=width, dots=dots, dash=dash, colour=ORANGE).draw(axes)
    (line,) = axes.lines
    assert line.get_linewidth() == width
    assert line.get_markersize() == dots
    assert line.get_markeredgewidth() == 0
    assert (line.get_linestyle(), line.get_marker() == "o", line.get_color()) == (
        ("--" if dash else "-") if width else "None",
        dots > 0,
        ORANGE,
    )


@pytest.mark.parametrize("titles", [(), [["a", "b", "c"], ["d", "e", "f"]]])
def test_cells_are_where_their_values_are(titles):
    """Cell (i, j) is around i across and j upwards."""
    depth = np.array([[0.5, -1.0, 0.0], [0.25, 0.5, -0.5]])
    across, up = Axis(ends=(-0.5, 1.5)), Axis(ends=(-0.5, 2.5))
    text = Chart([HeatMap(depth, np.full((2, 3), 0.5), titles)], across, up).html("")
    left, top, wide, high = map(
        float, re.search(r"translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)", text).groups()
    )
    assert (left, top, 2 * wide, 3 * high) == pytest.approx((0, 100, 100, -100), abs=0.01)
    found = {}
    cell = r'<(?:rect|path) class="(\w+)"(.*?) fill-opacity="(\S+?)"(?: d="(.*?)")?'
    for kind, square, opacity, path in re.findall(cell, text):
        places = re.findall(r"M(\d) (\d)h1v1h-1z", path)
        places = places or [re.search(r'x="(\d)" y="(\d)" width="1" height="1"', square).groups()]
        for i, j in places:
            found[int(i), int(j)] = float(opacity) * (1 if kind == "up" else -1)
    assert {place: 2 * found[place] for place in np.ndindex(2, 3)} == {
        place: pytest.approx(depth[place], abs=0.011) for place in np.ndindex(2, 3)
    }
    assert text.count("<path") == (0 if titles else len({*found.values()}))
