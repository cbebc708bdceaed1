"""Counts, amounts, shares, quantiles and survival in the explorer: the page measures as Python."""

import json

import numpy as np
import pages
import pandas as pd
import pytest

import edgewise as ew
from edgewise.additive.losses import LOSSES

ROWS = 240


def make_table():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(
        {"age": rng.uniform(20, 80, ROWS), "site": rng.choice(["north", "south"], ROWS)}
    )
    table.loc[rng.random(ROWS) < 0.1, "age"] = np.nan
    score = 0.03 * (table["age"].fillna(40) - 50) + (table["site"] == "south")
    return table, score.to_numpy(), rng


TABLE, SCORE, RNG = make_table()
YEARS = RNG.uniform(0.2, 3, ROWS)
TRIALS = RNG.integers(1, 9, ROWS).astype(float)
NOISY = SCORE + RNG.normal(0, 0.4, ROWS)
COUNTS = RNG.poisson(YEARS * np.exp(SCORE))
START = RNG.uniform(0, 0.1, ROWS)
LIFE = START + RNG.exponential(np.exp(-SCORE))
END = START + RNG.exponential(1.0, ROWS)
LIVES = pd.DataFrame({"death": LIFE <= END, "months": np.minimum(LIFE, END)})


def loss(name, **settings):
    return ew.KANRegressor(loss=name, random_state=0, cv=2, **settings)


CASES = {
    "poisson": (loss("poisson"), COUNTS, {"exposure": YEARS}),
    "negative_binomial": (loss("negative_binomial"), COUNTS, {"offset": np.log(YEARS)}),
    "binomial": (
        loss("binomial"),
        RNG.binomial(8, 0.4, ROWS).clip(max=TRIALS),
        {"exposure": TRIALS},
    ),
    "gamma": (loss("gamma"), 300 * np.exp(NOISY), {}),
    "lognormal": (loss("lognormal"), 300 * np.exp(NOISY), {}),
    "tweedie": (loss("tweedie"), np.where(RNG.random(ROWS) < 0.3, 0, np.exp(NOISY)), {}),
    "huber": (loss("huber"), 300 + 50 * NOISY, {}),
    "quantile": (loss("quantile", quantile=[0.2, 0.5, 0.9]), 300 + 50 * NOISY, {}),
    "squared_error": (loss("squared_error"), YEARS * np.exp(NOISY), {"exposure": YEARS}),
    "survival": (ew.KANSurvival(random_state=0, cv=2), LIVES, {"entry": START}),
}


def test_every_loss_has_a_case():
    assert {*LOSSES} | {"survival"} == {*CASES}


@pytest.fixture(scope="module", params=CASES)
def opened(request, browser, tmp_path_factory):
    model, y, known = CASES[request.param]
    model.fit(TABLE, y, **known)
    path = tmp_path_factory.mktemp("losses") / "page.html"
    ew.explore(model, TABLE, y, rows=ROWS, **known).save(path)
    browser.open(path)
    pages.settle(browser)
    yield browser, model, y, known
    assert browser.messages == []


def predict(model, known):
    """What the page calls predictions."""
    if isinstance(model, ew.KANSurvival):
        return np.exp(model.predict(TABLE))[:, None]
    found = model.predict(TABLE, **({} if model.loss == "binomial" else known))
    return found.reshape(ROWS, -1)


def test_the_page_measures_what_python_measures_after_every_edit(opened):
    page, model, y, known = opened
    shown = np.array(pages.session(page, "s.predictions.map(c => [...c])")).T
    np.testing.assert_allclose(shown, predict(model, known), rtol=1e-9)

    names = pages.session(page, "s.effects[0].map(e => e.payload.names.join())")
    assert {*names} >= {"age", "site"}
    for name, edit in (
        ("age", "s.redraw(s.effect.now.value.map((v, k) => v + 0.1 * k / s.effect.now.at.length))"),
        ("site", 's.make("replace", {values: [["south", 1.25]]})'),
        ("age", 's.make("flatten")'),
    ):
        page.run(f"{pages.SESSION}.choose(0, {names.index(name)})")
        page.run(f"(s => s.commit({edit}))({pages.SESSION})")
    pages.settle(page)

    log = pages.session(page, "s.log()")
    edited = model.replay(json.dumps(log))
    measured = model.replay(json.dumps(log), TABLE, y, **known)
    for told, found in zip(log["edits"], measured.edits_, strict=True):
        assert told["before"] == pytest.approx(found.before, rel=1e-9)
        assert told["after"] == pytest.approx(found.after, rel=1e-9)
        assert told["after"] != told["before"]
    shown = np.array(pages.session(page, "s.predictions.map(c => [...c])")).T
    np.testing.assert_allclose(shown, predict(edited, known), rtol=1e-9)


def test_the_header_has_the_score_of_python(opened):
    page, model, y, known = opened
    page.run(f"{pages.SESSION}.setEdits([])")
    pages.settle(page)
    shown = pages.session(page, "s.cost().now.shown")
    expected = model.score(TABLE, y, **known)
    assert shown[0]["number"] == pytest.approx(expected, rel=1e-9)
    name = {"survival": "C-index", "squared_error": "R²"}
    kind = "survival" if isinstance(model, ew.KANSurvival) else model.loss
    assert shown[0]["name"] == name.get(kind, "D²")


def test_y_needs_the_exposure_that_fit_had():
    model = loss("poisson").fit(TABLE, COUNTS, exposure=YEARS)
    with pytest.raises(ValueError, match=r"expected exposure= with y"):
        ew.explore(model, TABLE, COUNTS)
    assert ew.explore(model, TABLE)._payload["losses"] is None
    with pytest.raises(ValueError, match="no values as offset"):
        ew.explore(model, TABLE, COUNTS, exposure=YEARS, offset=YEARS)
    with pytest.raises(ValueError, match="no entry, which KANRegressor"):
        ew.explore(model, TABLE, COUNTS, exposure=YEARS, entry=YEARS)
    with pytest.raises(ValueError, match="240 rows of y, one for each of X, got 480"):
        ew.explore(model, TABLE, np.r_[COUNTS, COUNTS], exposure=YEARS)
    with pytest.raises(ValueError, match="no exposure with a network"):
        ew.explore(ew.KAN([1, 1]), np.zeros((5, 1)), exposure=np.ones(5))


def test_y_needs_a_row_for_each_of_the_table():
    """Of twice as many rows every second one was compared with."""
    model = loss("gamma").fit(TABLE, CASES["gamma"][1])
    with pytest.raises(ValueError, match="expected 120 rows of y, one for each of X, got 240"):
        model.score(TABLE[:120], CASES["gamma"][1])
