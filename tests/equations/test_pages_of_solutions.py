"""What a solution looks like: its card, its map, its residuals and its page."""

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.charts.chart import Chart
from edgewise.charts.numbers import format_number
from edgewise.equations import box, curve, dirichlet, disc, initial
from edgewise.equations.card import make_card
from edgewise.equations.solution_charts import (
    _choose_colours,
    draw_history,
    draw_map,
    draw_points,
    draw_residuals,
    sample_residuals,
)
from edgewise.equations.solution_page import _describe_way


@pytest.fixture(scope="module")
def decay():
    """exp(-k t), for k between 1 and 2."""
    return ew.solve(
        lambda u, t, k: u.dt + k * u, {"t": (0, 1)}, [initial(1.0)], constants={"k": (1.0, 2.0)}
    )


def test_notebooks_show_a_card(decay):
    s = decay
    page = s._repr_html_()
    assert format_number(s.error, 2) in page
    assert "All conditions hold by construction" in page
    assert "<h3>" in page
    assert "u over t and k" in page


def test_a_card_says_where_it_was_solved_and_first_what_was_found():
    """A picture has room for four facts: the number that somebody looked for is among them."""
    t = torch.linspace(0, 2, 30, dtype=torch.float64)
    wobble = 0.01 * torch.sin(40 * t)
    s = ew.solve(
        lambda u, t, k: u.dt + k * u,
        {"t": (0, 2)},
        [initial(1.0)],
        unknowns={"k": 1.0},
        data=(t[:, None], torch.exp(-1.5 * t) + wobble),
    )
    card = make_card(s)
    name, value = next(iter(card.facts.items()))
    assert name == "k ± standard error"
    assert float(value.partition(" ± ")[0]) == pytest.approx(1.5, abs=0.05)
    assert card.source == "for t from 0 to 2"


def test_a_map_shows_the_field(decay):
    """The cell around a point has the field's value there, between the ends of the key."""
    chart = draw_map(decay, "u")
    (cells,) = chart.marks
    low, high = chart.key.ends
    assert low == 0  # which is pale: the field is positive
    assert chart.depths == (0, 1)
    assert 'class="key above"' in chart.html("u")
    for i, j in ((0, 0), (7, 31), (39, 39)):
        t, k = (i + 0.5) / 40, 1 + (j + 0.5) / 40
        assert cells.depth[i, j] * high == pytest.approx(math.exp(-k * t), rel=1e-5)
    # The place of a round number among the cells: the middle of cell i is (i + .5) / 40.
    places = {text: place for place, text in chart.x.ticks}
    assert places["0.4"] == pytest.approx(15.5)


def test_a_map_of_a_shape_leaves_out_the_hole():
    domain = box(x=(-1, 1), y=(-1, 1)) - disc(x=0, y=0, radius=0.5)
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy + 1, domain, [dirichlet(("x", "y"), 0.0)], tolerance=1e-2
    )
    (cells,) = draw_map(s, "u").marks
    assert not cells.shown[20, 20]
    assert cells.shown[2, 2]
    assert "outside" in cells.titles[20][20]


def test_residuals_are_looked_for_in_the_whole_domain(decay, monkeypatch):
    """What is drawn is the largest residual of each part: here the residual is said to be 3t."""
    monkeypatch.setattr(
        type(decay.problem), "residuals", lambda _, piece, rows: 3 * rows.along(0)[None]
    )
    (line,) = draw_residuals(decay, sample_residuals(decay), 0).marks
    ends = 3 * (np.arange(40) + 1) / 40
    assert np.all(line.y <= ends)
    assert line.y == pytest.approx(ends, abs=0.01)


def test_a_curve_that_was_found_is_no_number_on_the_card():
    x = torch.linspace(0, 1, 40, dtype=torch.float64)
    s = ew.solve(
        lambda u, x, k: k.dx * u.dx + k * u.dxx + 1,
        {"x": (0, 1)},
        [dirichlet("x", 0.0)],
        unknowns={"k": curve("x", guess=1.0)},
        data=(x[:, None], x * (1 - x) / 2),
    )
    assert "k ± standard error" not in s.html()
    assert "RMS misfit of 40 values" in s.html()
    assert s.html().startswith("<!DOCTYPE html>")


def test_the_page_of_a_solution(tmp_path):
    s = ew.solve(
        lambda u, v, t: (u.dt - v, v.dt + 4 * u),
        {"t": (0, 3)},
        [initial({"u": 1.0, "v": 0.0})],
    )
    s.save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page == s.html()
    for text in ("u along t", "v along t", "largest residual along t", "initial value of u"):
        assert text in page
    for title in ("u along t", "v along t", "largest residual along t"):
        assert page.count(f">{title}<") == 1  # what the card shows isn't shown again
    assert "script" not in page
    s.card(tmp_path / "card.png")
    assert (tmp_path / "card.png").stat().st_size > 10_000


def test_points_are_as_dense_as_the_nodes_of_their_curves(decay):
    """Of Chebyshev's nodes 1/π arccos(1 - 2/20) are within the outer 20th of an interval."""
    for axis, name in enumerate(("t", "k")):
        chart = draw_points(decay, axis)
        assert chart.title == f"density of computed points along {name}"
        (line,) = chart.marks
        assert line.y.mean() == pytest.approx(1)
    outer = line.y[:2].mean() / 20
    assert outer == pytest.approx(math.acos(1 - 2 / 20) / math.pi, abs=0.01)


@pytest.mark.parametrize(
    ("values", "ends", "depths"),
    [
        ((-2.0, 3.0), (-3.0, 3.0), (-1, 1)),
        ((1.0, 5.0), (0.0, 5.0), (0, 1)),
        ((4.0, 5.0), (4.0, 5.0), (0, 1)),
        ((-5.0, -1.0), (-5.0, 0.0), (-1, 0)),
        ((-5.0, -4.0), (-5.0, -4.0), (-1, 0)),
    ],
)
def test_colours_are_deeper_further_from_zero(values, ends, depths):
    assert _choose_colours(*values) == (*ends, depths)


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_the_way_says_how_many_windows_there_are(pieces):
    made = [SimpleNamespace(numbers=600, kind="coefficients")] * pieces
    solution = SimpleNamespace(history=[1], pieces=made, seconds=2.0)
    windows = "" if pieces == 1 else f" in {pieces} windows of time"
    expected = f"{600 * pieces:,} coefficients{windows}; 1 solution in 2 CPU seconds."
    assert _describe_way(solution) == expected


def test_a_way_of_two_solutions_is_drawn_and_one_of_one_is_not(decay):
    s = decay
    one = replace(s.history[0], residual=0.1)
    assert draw_history(replace(s, history=[one])) is None
    chart = draw_history(replace(s, history=[one, one]))
    assert isinstance(chart, Chart)
    assert draw_history(replace(s, history=[one, replace(one, residual=math.nan)])) is None
