"""What notebooks and the prompt show of everything that a verb returns."""

import numpy as np
import pandas as pd
import pytest
import torch

import edgewise as ew
from markup import Page

LONGEST = 240


X = torch.linspace(-1, 1, 60)[:, None]
TABLE = pd.DataFrame({"<b>age</b>": np.linspace(0, 1, 80), "sex": ["f", "m"] * 40})


def make_network():
    return ew.surgery.from_formula("sin(3*x0)", basis=ew.BSpline(40))


def train():
    return ew.fit(ew.KAN([1, 1], seed=0), X, X**2, optimizer="lbfgs", steps=3, progress=False)


def fit_table():
    y = pd.Series(2 * TABLE.iloc[:, 0] + (TABLE["sex"] == "m"), name="risk")
    return ew.KANRegressor(random_state=0, cv=2).fit(TABLE, y)


def discover_motion():
    t = np.linspace(0, 5, 100)
    return ew.discover_ode(t, np.exp(-t)[:, None], library=["x"], progress=False, budget=2)


def discover_two():
    x = np.linspace(-1, 1, 40)[:, None]
    return ew.discover(x, np.hstack([2 * x, x**2]), library=["x", "x^2"], progress=False)


def discover_groups():
    t, dish = np.tile(np.linspace(0, 4, 30), 2), np.repeat(["A", "B"], 30)
    y = np.repeat([0.5, 1.25], 30) * t**2 + 3
    return ew.discover(t[:, None], y, group=dish, library=["x", "x^2"], progress=False)


def fit_decay():
    t = np.linspace(0, 5, 9)
    return ew.fit_law("exponential", t, 3 * np.exp(-0.7 * t) + 0.01 * np.cos(40 * t))


def solve_decay():
    return ew.solve(lambda u, t: u.dt + u, {"t": (0, 1)}, [ew.equations.initial(1.0)])


MADE = {
    "two outputs": discover_two,
    "groups": discover_groups,
    "law": fit_decay,
    "solution": solve_decay,
    "history": train,
    "attribution": lambda: ew.attribute(make_network(), X),
    "certificate": lambda: ew.certify(make_network(), (-1, 1), boxes=2),
    "prune": lambda: ew.prune(make_network(), X).report,
    "structure": lambda: ew.structure(make_network(), X),
    "coverage": lambda: ew.grids.coverage(make_network(), X),
    "conversion": lambda: ew.grids.convert(make_network(), ew.BSpline(60)),
    "regress": lambda: ew.symbolic.regress(make_network(), X, library=["x", "sin"]).report,
    "global": lambda: fit_table().explain_global(),
    "local": lambda: fit_table().explain_local(TABLE),
    "motion": discover_motion,
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_result_is_one_line_at_the_prompt_and_a_piece_of_html_in_a_notebook(make):
    result = make()
    line = repr(result)
    assert "\n" not in line
    assert "tensor(" not in line
    assert "array(" not in line
    assert line.startswith(f"<{type(result).__name__}")
    assert len(line) <= LONGEST
    shown = result._repr_html_()
    page = Page(shown)
    assert "".join(page.words).strip()
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "b", "body", "link"})
    assert "<b>age" not in shown


def test_one_effect_is_a_line():
    effect = fit_table().explain_global()["sex"]
    assert repr(effect).startswith("<LevelsEffect: sex, importance 0.")


def test_the_card_of_an_estimator_has_its_scores_and_no_overlaps(tmp_path):
    figure = (
        fit_table()
        .explain_global()
        .card(tmp_path / "card.png", scores={"R² on unseen rows": "0.99"})
    )
    assert (tmp_path / "card.png").stat().st_size > 5000
    texts = [text.get_text() for text in figure.texts]
    assert "R² on unseen rows" in texts
    assert "What predicts risk" in texts
    figure.draw_without_rendering()
    lowest = min(axes.get_tightbbox().y0 for axes in figure.axes)
    assert lowest > 0.215 * figure.bbox.height
