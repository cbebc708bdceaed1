"""Quality on the page of a model, one scale for its charts, and two models on one page."""

import re
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table
from scipy import stats
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import d2_pinball_score, d2_tweedie_score, mean_tweedie_deviance
from sklearn.model_selection import KFold

import edgewise as ew
from edgewise.additive.dates import choose_year_ticks, take_part, write_value
from edgewise.additive.page import _group_levels
from edgewise.additive.pictures import chart_overlay, make_overlay
from edgewise.additive.readings import OBSERVED
from edgewise.additive.survival import Lives
from edgewise.additive.survival_scores import choose_times, integrate_brier, measure_concordance
from edgewise.additive.training_summary import _find_variance
from edgewise.additive.what_if import _shorten
from edgewise.charts.chart import Axis
from edgewise.charts.rows import Row, RowChart
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival, other_models, scores
from edgewise.sklearn.other_models import ShareModel
from edgewise.sklearn.quality import Score, tell_difference
from edgewise.sklearn.scores import compare
from edgewise.sklearn.suspects import list_suspects
from edgewise.sklearn.tables import label_rows

HOSTILE = "<script>window.executed=1</script>"


@pytest.fixture(scope="module", autouse=True)
def few_trees():
    """Fewer trees of the rivals, which suffice for tables as small as these."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HistGradientBoostingClassifier", "HistGradientBoostingRegressor"):
            patch.setattr(other_models, name, partial(getattr(other_models, name), max_iter=25))
        yield


@pytest.fixture(scope="module")
def fitted():
    """A model of all rows, an edited one of a part, and the table."""
    table, total, random = make_table(300)
    table = table.rename(columns={"b": HOSTILE})
    y = pd.Series(total + 0.3 * random.normal(size=len(total)), name="yield")
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    part = KANRegressor(cv=2, random_state=0).fit(table[:150], y[:150])
    return model, part.edit("d", "flatten"), table, y


@pytest.fixture
def page(fitted, browser, tmp_path):
    """The page of both models, on a phone."""
    model, part, *_ = fitted
    both = model.explain_global().compare(part.explain_global(), [HOSTILE, "a part"])
    both.save(tmp_path / "both.html", scores={"R² of a part": "0.5"})
    browser.open(tmp_path / "both.html", width=390)
    return browser


def test_two_models_are_in_one_frame(fitted):
    model, part, *_ = fitted
    one, other = model.explain_global(), part.explain_global()
    frame = one.compare(other, ["all", "part"]).frame().set_index("effect")
    for explained, name in ((one, "all"), (other, "part")):
        for effect in explained.effects["yield"]:
            assert frame[name][effect.name] == effect.importance
    assert frame["part"]["d"] == 0 < frame["all"]["d"]
    assert set(frame.index) == {e.name for x in (one, other) for e in x.effects["yield"]}


def test_both_models_curves_are_in_the_same_charts(page, fitted):
    model, part, *_ = fitted
    assert page.run("document.title") == f"What predicts yield: {HOSTILE} and a part"
    card = "document.querySelector('.card[data-name=\"a\"]')"
    legend = f"[...{card}.querySelectorAll('.scale:not([hidden]) .legend span')]"
    assert page.run(f"{legend}.map(e => e.textContent)") == [HOSTILE, "a part"]
    levels = "[...document.querySelectorAll('.card[data-name=\"c\"] .scale:not([hidden]) .name')]"
    names = page.run(f"{levels}.map(e => e.textContent.trim())")
    assert names == [name for level in "xyz" for name in (f"{level} {HOSTILE}", "a part")]
    page.run(f"{card}.querySelector('.read input').focus()")
    text = page.run(f"{card}.querySelector('output').textContent")
    place, told = text.replace("−", "-").split(": ", 1)
    values = [float(part.rsplit(" ", 1)[1]) for part in told.split(", ")]
    for value, one in zip(values, (model, part), strict=True):
        effect = one.explain_global()["a"]
        expected = np.interp(float(place), effect.at, effect.band.value)
        assert value == pytest.approx(expected, abs=0.02)
    assert page.messages == []
    assert page.run("window.executed") is None
    assert page.run("document.documentElement.scrollWidth") == 390


def test_the_page_says_what_differs_and_whether_it_was_fitted_again(fitted):
    model, part, table, y = fitted
    whole = model.explain_global()
    edited = model.edit("d", "flatten", X=table, y=y)
    both = whole.compare(edited.explain_global(), ["fitted", "flat"])
    assert both.describe_difference() == (
        "The models differ in the effect of d, edited in “flat”. Nothing was fitted again: "
        "no other effect makes up for the edit."
    )
    losses = edited.edits_[0].before, edited.edits_[0].after
    page = both.html()
    for name, loss in zip(("fitted", "flat"), losses, strict=True):
        assert f"<dt>loss on 300 rows, {name}</dt><dd>{loss:.4g}</dd>" in page
    back = edited.explain_global().compare(whole, ["flat", "fitted"])
    assert "edited in “flat”" in back.describe_difference()
    assert whole.compare(whole).describe_difference() == "Both models have the same effects."
    fitted_apart = whole.compare(part.explain_global()).describe_difference()
    assert re.match(r"The models differ in the effects of .*, .* and .*\. They were", fitted_apart)


def test_scores_of_both_models_stand_on_the_page(fitted):
    model, _, table, y = fitted
    one = model.explain_global(X=table, y=y, folds=2)
    flat = model.edit("d", "flatten").explain_global(X=table, y=y, folds=2)
    score = one.scores["R² on unseen rows"]
    assert f"R² on unseen rows, b</dt><dd>{score}<" in flat.compare(one, ["a", "b"]).html()
    assert "R² on unseen rows, a" not in flat.compare(one, ["a", "b"]).html()  # of no edited one


def test_models_of_different_things_are_not_compared(fitted):
    model, _, table, y = fitted
    one = model.explain_global()
    with pytest.raises(ValueError, match="two different names"):
        one.compare(one, ["a", "a"])
    other = KANRegressor(cv=2, random_state=0).fit(table, y.rename("other")).explain_global()
    with pytest.raises(ValueError, match="two models of yield, got one of other"):
        one.compare(other)
    counts = KANRegressor(cv=2, random_state=0, loss="poisson").fit(table, (y > 0).rename("yield"))
    with pytest.raises(ValueError, match="got effect and factor"):
        one.compare(counts.explain_global())


def test_one_scale_makes_equal_effects_equally_large(fitted, browser, tmp_path):
    model, *_ = fitted
    model.explain_global().save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    assert browser.run("document.querySelector('label:has(#same)').textContent").strip()
    height = """[...document.querySelectorAll('.card')].filter(c => c.dataset.readings).map(c => {
      const chart = [...c.querySelectorAll('.scale')].find(e => !e.hidden);
      const ticks = [...chart.querySelectorAll('.ys span')].map(e =>
        [parseFloat(e.textContent.replace('−', '-')), e.getBoundingClientRect().y]);
      return (ticks[1][1] - ticks[0][1]) / (ticks[0][0] - ticks[1][0]); })"""
    own = browser.run(height)
    assert max(own) > 1.5 * min(own)
    browser.run("document.getElementById('same').click()")
    same = browser.run(height)
    assert max(same) == pytest.approx(min(same), rel=0.01)
    bars = "[...document.querySelectorAll('[data-name=c] .scale:not([hidden]) .fill')]"
    widths = browser.run(f"{bars}.map(e => parseFloat(e.style.width))")
    browser.run("document.getElementById('same').click()")
    assert max(widths) < max(browser.run(f"{bars}.map(e => parseFloat(e.style.width))"))
    assert browser.run(height) == own


def test_a_page_begins_with_quality_beside_simple_rivals(fitted):
    model, _, table, y = fitted
    explained = model.explain_global(X=table, y=y, folds=3)
    assert list(explained.scores) == [
        *("R² on unseen rows", "R², linear model", "R², gradient boosting"),
        *("RMSE, in units of the target", "RMSE of predicting always the mean"),
    ]
    found = [float(text.split(" ± ")[0]) for text in explained.scores.values()]
    ours, linear, _, error, deviation = found
    assert deviation == pytest.approx(y.std(), rel=0.05)
    assert 1 - (error / deviation) ** 2 == pytest.approx(ours, abs=0.05)
    assert 0.8 < ours < 1
    assert linear < ours - 0.2  # sin and steps are no lines
    page = explained.html()
    assert page.index("R² on unseen rows") < page.index("rows of the fit")
    assert "R² on unseen rows" in explained._repr_html_()


def test_quality_of_classes_targets_dates_and_groups():
    table, total, random = make_table(240)
    table["day"] = pd.date_range("2020-01-01", periods=len(table))
    table["school"] = [f"s{k % 12}" for k in range(len(table))]
    state = np.where(total + random.normal(size=len(total)) > 0, "ill", "well")
    model = KANClassifier(cv=2, random_state=0).fit(table, state)
    scores = model.explain_global(X=table, y=state, folds=2).scores
    likeliest = max({*state}, key=list(state).count)
    assert list(scores) == [
        *("AUC on unseen rows", "AUC, linear model", "AUC, gradient boosting"),
        *("accuracy", f"accuracy of predicting always {likeliest}"),
    ]
    assert 0.7 < float(scores["AUC on unseen rows"].split()[0]) <= 1
    always = float(scores[f"accuracy of predicting always {likeliest}"].split()[0])
    assert always == pytest.approx(np.mean(state == likeliest), abs=6e-3)
    three = np.where(state == "ill", state, np.where(table["a"] > 0, "fit", "well"))
    model = KANClassifier(cv=2, random_state=0).fit(table[["a", "b"]], three)
    explained = model.explain_global(X=table[["a", "b"]], y=three, folds=2)
    most = max({*three}, key=list(three).count)
    assert list(explained.scores) == [
        *("accuracy on unseen rows", "accuracy, linear model", "accuracy, gradient boosting"),
        *(f"accuracy of predicting always {most}", "log loss", "log loss of the classes' shares"),
    ]
    shares = re.findall(r"[Pp]robability of \w+ for an average row: (\S+) %", explained.html())
    assert len(shares) == 3
    assert sum(map(float, shares)) == pytest.approx(100, abs=1)  # they are those of one row
    both = np.stack([total, -total], 1)
    model = KANRegressor(cv=2, random_state=0, groups="school").fit(table, both)
    assert len(model.explain_global(X=table, y=both, folds=2).scores) == 5


@pytest.mark.parametrize("classes", [False, True])
def test_ids_and_columns_that_know_the_target_are_named(classes):
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.normal(size=(200, 2)), columns=["a", "b"])
    y = table["a"] + random.normal(size=200)
    y = np.where(y > 1, "ill", "well") if classes else y.to_numpy()
    table["number"] = random.permutation(200)
    table["name"] = [f"patient {k}" for k in table["number"]]
    table["count"] = random.poisson(5, 200)
    table["leak"] = np.where(y == "ill", "late", "soon") if classes else 3 * y - 1
    table.loc[:1, "leak"] = np.nan
    told = list_suspects(table, y, classes)
    assert [note.split()[0] for note in told] == ["number", "name", "leak"]
    assert all("id" in note for note in told[:2])
    kinds = KANClassifier if classes else KANRegressor
    model = kinds(cv=2, random_state=0).fit(table[["a", "leak"]], y)
    explained = model.explain_global(X=table[["a", "leak"]], y=y, folds=2)
    assert list(explained.notes) == told[2:]
    assert f'<p class="tag">{told[2]}</p>' in explained.html()


def test_what_has_no_such_score_is_refused(fitted):
    model, _, table, y = fitted
    with pytest.raises(ValueError, match="X and y, or neither"):
        model.explain_global(X=table)
    rates = KANRegressor(cv=2, random_state=0, loss="poisson")
    counted = rates.fit(table, np.exp(y).round(), exposure=np.ones(len(y)))
    with pytest.raises(ValueError, match="expected the exposure of each row"):
        counted.explain_global(X=table, y=np.exp(y).round())
    with pytest.raises(ValueError, match="no exposure: fit had none"):
        model.explain_global(X=table, y=y, exposure=np.ones(len(y)))
    with pytest.raises(ValueError, match="no entry of KANRegressor"):
        model.explain_global(X=table, y=y, entry=np.zeros(len(y)))
    shifted = KANRegressor(cv=2, random_state=0).fit(table, y, offset=np.ones(len(y)))
    with pytest.raises(ValueError, match="expected an offset that is a column of the table"):
        shifted.explain_global(X=table, y=y)
    with pytest.raises(ValueError, match="y without missing values"):
        model.explain_global(X=table, y=np.where(np.arange(len(y)) == 3, np.nan, y))
    lives = np.array([(True, t) for t in np.exp(-y)], dtype="bool,float")
    times = KANSurvival(cv=2, random_state=0).fit(table, lives)
    with pytest.raises(ValueError, match="no exposure of KANSurvival"):
        times.explain_global(X=table, y=lives, exposure=np.ones(len(y)))


def test_counts_with_an_exposure_are_judged_by_their_rates():
    """The exposure is known and no effect; a parabola of the rate is beyond the linear model."""
    random = np.random.default_rng(0)
    table = pd.DataFrame({"age": random.uniform(-1, 1, 600), "years": random.uniform(0.2, 3, 600)})
    claims = random.poisson(table["years"] * np.exp(3 * table["age"] ** 2))
    model = KANRegressor(cv=2, random_state=0, loss="poisson")
    explained = model.fit(table, claims, exposure="years").explain_global(X=table, y=claims)
    assert [effect.name for effect in explained.effects["y"]] == ["age"]
    assert explained.known == {"years": "exposure"}
    assert explained.unused == []
    scores = read_scores(explained)
    told = ["D² on unseen rows", "D², linear model", "D², gradient boosting"]
    assert list(scores) == [*told, OBSERVED, "total exposure"]
    ours, linear, _, _, total = scores.values()
    assert total == pytest.approx(table["years"].sum(), rel=1e-3)
    rate = np.exp(3 * table["age"] ** 2)
    judged = {"sample_weight": table["years"], "power": 1}
    best = d2_tweedie_score(claims / table["years"], rate, **judged)
    assert best - 0.05 < ours < best + 0.05
    assert abs(linear) < 0.05
    assert "predicted y of an average row with years = 1" in explained.html()


@pytest.mark.parametrize("loss", ["squared_error", "poisson", "quantile", "classes"])
def test_an_offset_in_a_column_is_fitted_in_every_fold(loss):
    """Others read the column; without it ours would know nothing of y, which is the offset."""
    random = np.random.default_rng(0)
    table = pd.DataFrame({"noise": random.normal(size=300), "known": random.normal(size=300)})
    model = KANClassifier(cv=2, random_state=0)
    y, lead = random.uniform(size=300) < 1 / (1 + np.exp(-4 * table["known"])), "AUC"
    if loss != "classes":
        model, lead = KANRegressor(loss=loss, cv=2, random_state=0), "D²"
        y, lead = table["known"] + 0.1 * random.normal(size=300), "R²" if loss[0] == "s" else "D²"
    if loss == "poisson":
        y = random.poisson(np.exp(table["known"]))
    model.fit(table, y, offset="known")
    scores = read_scores(model.explain_global(X=table, y=y, folds=2))
    ours, linear = scores[f"{lead} on unseen rows"], scores[f"{lead}, linear model"]
    assert ours > linear - 0.03
    assert ours > 0.3


def test_exposures_in_an_array_give_the_scores_of_a_column():
    random = np.random.default_rng(0)
    table, years = pd.DataFrame({"age": random.uniform(-1, 1, 400)}), random.uniform(0.2, 3, 400)
    claims = random.poisson(years * np.exp(2 * table["age"] ** 2))
    model = KANRegressor(cv=2, random_state=0, loss="poisson")
    judged = {"y": claims, "folds": 2}
    values = model.fit(table, claims, exposure=years)
    mine = values.explain_global(X=table, exposure=years, **judged).scores
    whole = table.assign(years=years)
    column = model.fit(whole, claims, exposure="years").explain_global(X=whole, **judged).scores
    assert mine == column


@pytest.mark.parametrize(("loss", "as_column"), [("poisson", True), ("gamma", False)])
def test_observed_and_expected_sums_are_those_of_unseen_rows(loss, as_column):
    random = np.random.default_rng(1)
    years = random.uniform(0.2, 3, 300)
    table = pd.DataFrame({"age": random.uniform(-1, 1, 300), "years": years})
    y = np.asarray(random.gamma(2, years * np.exp(table["age"]) / 2))
    model = KANRegressor(cv=2, random_state=0, loss=loss)
    given = table if as_column else table[["age"]]
    exposure = "years" if as_column else years
    ours, *_ = compare(model, given, y, False, 2, 0, exposure=exposure)
    expected = 0.0
    for train, test in KFold(2, shuffle=True, random_state=0).split(table):
        fitted = clone(model).fit(table.iloc[train], y[train], exposure="years")
        expected += float(fitted.predict(table.iloc[test]).sum())
    left, right = ours.facts[OBSERVED].split(" = ")
    told = [float(text.replace(",", "")) for text in left.split(" ÷ ")]
    assert told == pytest.approx([y.sum(), expected], rel=1e-3)
    assert float(right) == pytest.approx(y.sum() / expected, abs=6e-4)


def test_rows_tell_the_rate_per_unit_of_exposure():
    random = np.random.default_rng(0)
    table = pd.DataFrame({"age": random.uniform(-1, 1, 300), "years": random.uniform(0.2, 3, 300)})
    claims = random.poisson(table["years"] * np.exp(table["age"]))
    model = KANRegressor(cv=2, random_state=0, loss="poisson").fit(table, claims, exposure="years")
    row = table.iloc[[5]].assign(years=0.25)
    rate = float(model.predict(row.assign(years=1.0))[0])
    explained = model.explain_local(row)
    told = f"{rate:.3g} per unit of years, of which it has 0.25."
    assert explained.waterfall().rate == told
    assert told in explained.html()
    plain = KANRegressor(cv=2, random_state=0, loss="poisson").fit(table, claims)
    assert plain.explain_local(row).waterfall().rate == ""


@pytest.mark.parametrize(("loss", "power"), [("tweedie", 1.5), ("gamma", 2)])
def test_scores_with_exposures_are_deviances_of_the_targets_themselves(loss, power):
    """Of a constant rate, which is the same for all losses but differs in its weights."""
    random = np.random.default_rng(0)
    years, table = random.uniform(0.1, 5, 300), pd.DataFrame({"a": random.normal(size=300)})
    y = random.gamma(2, years / 2) if power == 2 else random.poisson(years).astype(float)
    model = KANRegressor(loss=loss, cv=2)
    *_, constant = compare(model, table, y, False, 3, 0, exposure=years)
    expected = []
    for train, test in KFold(3, shuffle=True, random_state=0).split(table):
        weight = years[train] ** (2 - power)
        rate = np.sum(weight * y[train] / years[train]) / np.sum(weight)
        whole = mean_tweedie_deviance(y[test], years[test] * rate, power=power)
        expected.append(whole * len(test) / np.sum(years[test] ** (2 - power)))
    assert constant.values["mean deviance"][0] == pytest.approx(np.mean(expected))
    assert constant.values["D²"][0] == pytest.approx(0, abs=0.05)


def read_scores(explained):
    facts = explained.scores.items()
    return {name: float(text.split()[0].replace("−", "-")) for name, text in facts}


def test_counts_of_successes_are_compared_by_the_binomial_deviance():
    """The log odds are a parabola: beyond the linear model, which explains nothing."""
    random = np.random.default_rng(0)
    table = pd.DataFrame({"dose": random.uniform(-1, 1, 500)})
    table["trials"] = random.integers(1, 30, 500)
    share = 1 / (1 + np.exp(2 - 6 * table["dose"] ** 2))
    won = random.binomial(table["trials"], share)
    model = KANRegressor(cv=2, random_state=0, loss="binomial").fit(table, won, exposure="trials")
    explained = model.explain_global(X=table, y=won, folds=3)
    scores = read_scores(explained)
    assert list(scores) == ["D² on unseen rows", "D², linear model", "D², gradient boosting"]
    ours, linear, boosting = scores.values()
    likelihoods = [
        stats.binom.logpmf(won, table["trials"], p)
        for p in (share, won.sum() / table["trials"].sum())
    ]
    most = stats.binom.logpmf(won, table["trials"], won / table["trials"])
    left, whole = (float(np.sum(most - each)) for each in likelihoods)
    assert ours == pytest.approx(1 - left / whole, abs=0.04)
    assert abs(linear) < 0.05
    assert 0.5 * ours < boosting < ours + 0.03
    shares = table[["dose"]], won / table["trials"]
    plain = KANRegressor(cv=2, random_state=0, loss="binomial").fit(*shares)
    assert (
        read_scores(plain.explain_global(X=shares[0], y=shares[1], folds=2))["D², linear model"]
        < 0.1
    )


@pytest.mark.parametrize("levels", [0.9, [0.1, 0.9]])
def test_quantiles_are_compared_by_the_pinball_loss(levels):
    """The scatter grows with x², so a line of the quantile is worse than its parabola."""
    random = np.random.default_rng(0)
    x = random.uniform(-1, 1, 500)
    noise = random.normal(size=500) * (0.2 + 2 * x**2)
    table = pd.DataFrame({"x": x})
    model = KANRegressor(cv=2, random_state=0, loss="quantile", quantile=levels).fit(table, noise)
    explained = model.explain_global(X=table, y=noise, folds=2)
    scores = read_scores(explained)
    assert list(scores) == ["D² on unseen rows", "D², linear model", "D², gradient boosting"]
    each, expected = np.atleast_1d(levels), []
    for train, test in KFold(2, shuffle=True, random_state=0).split(table):
        found = clone(model).fit(table.iloc[train], noise[train]).predict(table.iloc[test])
        parts = zip(found.reshape(len(test), -1).T, each, strict=True)
        expected.append(np.mean([d2_pinball_score(noise[test], f, alpha=q) for f, q in parts]))
    assert scores["D² on unseen rows"] == pytest.approx(np.mean(expected), abs=1e-3)
    assert scores["D², linear model"] < 0.02 < scores["D² on unseen rows"]
    assert "pinball loss" in explained.html()


def test_counts_without_an_exposure_are_scored_by_their_deviance():
    random = np.random.default_rng(0)
    table = pd.DataFrame({"a": random.uniform(-1, 1, 300)})
    counts = random.poisson(np.exp(1 + 2 * table["a"]))
    model = KANRegressor(cv=2, random_state=0, loss="poisson").fit(table, counts)
    scores = model.explain_global(X=table, y=counts, folds=2).scores
    assert "D² on unseen rows" in scores


@pytest.mark.parametrize(
    ("names", "target"),
    [
        (("death", "months"), "the hazard of death (time: months)"),
        (("event", "time"), "the hazard of the event"),
        (None, "the hazard of the event"),
    ],
)
def test_titles_of_survival_say_which_event_and_in_which_time(names, target, tmp_path):
    random = np.random.default_rng(0)
    x = pd.DataFrame({"age": random.uniform(-1, 1, 120)})
    y = np.stack([np.ones(120), random.exponential(np.exp(-x["age"]))], 1)
    table = y if names is None else pd.DataFrame(y, columns=names)
    model = KANSurvival(cv=2, random_state=0).fit(x, table)
    explained = model.explain_global()
    assert f"<title>What predicts {target}</title>" in explained.html()
    assert f"What predicts {target}" in explained._repr_html_()
    ew.save(model, tmp_path / "model.safetensors")
    read = ew.load(tmp_path / "model.safetensors").explain_global()
    assert f"What predicts {target}" in read.html()
    assert (
        f"<title>What predicts {target}: a and b</title>"
        in explained.compare(read, ("a", "b")).html()
    )
    rows, of_rows = model.explain_local(x), target.replace("hazard", "relative hazard")
    assert f"<title>Why these predictions of {of_rows}</title>" in rows.html()
    assert f"relative {target.split(' (')[0][4:]}: " in rows._repr_html_()


@pytest.mark.parametrize(("name", "told"), [("readmitted", "readmitted: yes"), (None, "yes")])
def test_titles_of_classes_name_the_column(name, told):
    random = np.random.default_rng(0)
    x = pd.DataFrame({"age": random.uniform(-1, 1, 100)})
    y = pd.Series(np.where(x["age"] + random.normal(size=100) > 0, "yes", "no"), name=name)
    model = KANClassifier(cv=2, random_state=0).fit(x, y)
    explained = model.explain_global()
    assert f"<title>What predicts {told} rather than no</title>" in explained.html()
    assert f"What predicts {told} rather than no" in explained._repr_html_()
    both = told.replace("yes", "no or yes")
    assert f"<title>Why these predictions of {both}</title>" in model.explain_local(x).html()
    assert ew.explore(model, x, y)._payload["title"] == f"What predicts {told} rather than no"
    three = np.where(x["age"] > 0.5, "maybe", y)
    model = KANClassifier(cv=2, random_state=0).fit(x, pd.Series(three, name="answer"))
    page = model.explain_global().html()
    assert "<title>What predicts answer: maybe, no, yes</title>" in page


def test_years_of_dates_have_months_and_whole_ticks():
    """Of a date in September 2021, 2021.67 or 2022 would be misread."""
    assert write_value("hired (year)", 2021.67) == "Sep 2021"
    assert write_value("hired (year)", 2022.0) == "2022"
    assert write_value("age (year)", 54.5) == "54.5"
    days = np.arange("2023-01-02", "2025-01-01", dtype="datetime64[D]")  # one is a leap year
    for day, year in zip(days, take_part("year", days.astype("datetime64[us]")), strict=True):
        month = day.item().strftime("%b %Y")
        assert write_value("hired (year)", year) == (month[-4:] if year % 1 == 0 else month)
    ticks = [(at, f"{at:g}") for at in np.arange(2022, 2025, 0.5)]
    assert [text for _, text in choose_year_ticks(ticks)] == ["2022", "2023", "2024"]
    short = [(2022.25, ""), (2022.5, ""), (2022.75, "")]
    assert [text for _, text in choose_year_ticks(short)] == ["Apr 2022", "Jul 2022", "Oct 2022"]


def test_values_of_levels_have_the_same_decimals():
    random = np.random.default_rng(0)
    level = random.choice(["a", "b", "c"], 400)
    y = np.select([level == "a", level == "b"], [3.0, 0.0345], -2.0)
    y = y + 0.001 * random.normal(size=400)
    model = KANRegressor(cv=2, random_state=0).fit(pd.DataFrame({"kind": level}), y)
    rows = chart_overlay(make_overlay(model.explain_global()["kind"]), 24).rows
    decimals = {len(row.text.partition(".")[2]) for row in rows}
    assert decimals <= {1, 2}


def test_times_until_an_event_are_judged_by_pairs_and_by_probabilities():
    """A known hazard: its own risks order nearly as many pairs, and its curves err as much."""
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.uniform(-1, 1, (500, 2)), columns=["a", "b"])
    risk, lost = 2 * np.sin(3 * table["a"]), random.uniform(0.2, 3, 500)
    time = random.exponential(np.exp(-risk))
    y = np.array(list(zip(time <= lost, np.minimum(time, lost), strict=True)), dtype="?,f8")
    model = KANSurvival(cv=2, random_state=0).fit(table, y)
    explained = model.explain_global(X=table, y=y, folds=3)
    assert list(explained.scores) == [
        *("C-index on unseen rows", "C-index of a guess"),
        *("integrated Brier score", "integrated Brier score of predicting one curve for all rows"),
    ]
    ours, guess, brier, constant = (float(s.split()[0]) for s in explained.scores.values())
    lives = Lives(y["f0"].astype(float), np.zeros(500), y["f1"], np.ones(500))
    best = measure_concordance(lives, risk.to_numpy())
    assert guess == 0.5
    assert best - 0.03 < ours < best + 0.02
    times = choose_times(model.event_times_)
    truth = np.exp(-np.exp(risk.to_numpy())[:, None] * times)
    assert brier == pytest.approx(integrate_brier(lives, truth, times), abs=0.015)
    assert brier < 0.8 * constant
    assert "share of pairs of rows" in explained.html()
    assert "predicted hazard of an average row" in explained.html()
    late = model.explain_global(X=table, y=y, folds=2, entry=np.full(500, 1e-6)).scores
    assert (
        list(late) == list(explained.scores)[:2]
    )  # Brier's score is one of S(t), not of S(t | entry)


def test_the_effect_that_was_edited_is_not_folded(fitted):
    model, *_ = fitted
    weakest = model.explain_global().effects["yield"][-1].name
    edited = model.edit(weakest, "clip", low=-1e-9, high=1e-9)
    page = model.explain_global().compare(edited.explain_global(), ["one", "two"]).html()
    shown, *folded = page.split('<details class="more">')
    assert f'data-name="{weakest}"' in shown
    assert all(f'data-name="{weakest}"' not in part for part in folded)


@pytest.mark.parametrize(
    "names", [("a", "a"), (1, "1"), ("effect", "b"), ("a", "output"), ("", "b")]
)
def test_names_of_models_are_told_apart_from_each_other_and_from_columns(fitted, names):
    explained = fitted[0].explain_global()
    with pytest.raises(ValueError, match="two different names"):
        explained.compare(explained, names)


def test_a_pair_is_one_effect_in_either_order():
    x = np.random.default_rng(0).normal(size=(300, 2))
    y, table = x[:, 0] * x[:, 1], pd.DataFrame(x, columns=["p", "q"])
    models = [
        KANRegressor(cv=2, random_state=0).fit(table[columns], y)
        for columns in (["p", "q"], ["q", "p"])
    ]
    one, other = (model.explain_global() for model in models)
    frame = one.compare(other, ["one", "other"]).frame()
    assert frame["effect"].str.contains("×").sum() == 1


def test_rows_of_several_quantiles_have_a_page_with_changes(fitted):
    _, _, table, y = fitted
    middle = KANRegressor(cv=2, random_state=0, loss="quantile", quantile=[0.1, 0.9])
    page = middle.fit(table, y).explain_local(table[:2]).html()
    assert "yield at 0.9" in page
    assert '"rising": true' in page or '"rising":true' in page


def test_levels_of_two_models_are_counted_once():
    random = np.random.default_rng(0)
    table = pd.DataFrame({"c": random.choice([f"level {k:02}" for k in range(20)], 400)})
    y = table["c"].str[-2:].astype(float) + random.normal(size=400)
    one = KANRegressor(cv=2, random_state=0).fit(table, y).explain_global()
    pages = one.html(), one.compare(one, ["x", "y"]).html()
    assert [re.search(r"(\d+) levels between", page)[1] for page in pages] == ["4", "4"]


def test_bars_of_one_level_stand_together_and_levels_of_one_name_apart():
    axis = Axis("effect", ends=(0.0, 5.0))
    alone = RowChart([Row("missing", 0.0, 1.0, "1"), Row("missing", 0.0, 2.0, "2")], "levels", axis)
    assert [len(bars) for bars in _group_levels(alone)] == [1, 1]
    both = [Row(name, 0.0, 1.0, "1", model) for name in "ab" for model in ("one", "other")]
    assert [len(bars) for bars in _group_levels(RowChart(both, "levels", axis))] == [2, 2]


def test_a_model_is_better_than_another_if_chance_does_not_explain_the_difference():
    """By the differences in the same folds: their spread, not that of the scores."""
    hard = np.array([0.3, 0.5, 0.7, 0.4, 0.6])
    scores = [
        Score(name, {"RMSE": 1 - hard, "R²": hard + shift})
        for name, shift in {
            "KAN": 0.0,
            "linear model": np.array([-0.02, -0.021, -0.019, -0.02, -0.02]),
            "gradient boosting": np.array([-0.1, 0.1, 0.05, -0.05, 0.01]),
            "another": 0.01 + 1e-4 * hard,
            "the mean": -hard,
        }.items()
    ]
    assert tell_difference(scores) == (
        "The model predicts better than a linear model and differs only by chance from gradient "
        "boosting and predicts worse than another."
    )


def test_a_model_of_shares_is_that_of_rows_repeated():
    x = np.random.default_rng(0).normal(size=(20, 2))
    successes = np.random.default_rng(1).integers(0, 6, 20)
    model = ShareModel(LogisticRegression())
    assert model.fit(x, successes / 5, np.full(20, 5.0)) is model
    rows = np.repeat(np.arange(20), 5)
    labels = np.concatenate([np.arange(5) < n for n in successes])
    known = LogisticRegression().fit(x[rows], labels).predict_proba(x)[:, 1]
    np.testing.assert_allclose(model.predict(x), known, atol=1e-3)


def test_rows_are_called_by_their_index_where_it_says_more_than_their_number():
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
    assert label_rows(frame) == label_rows(frame.to_numpy()) == []
    assert label_rows(frame.set_index(pd.Index([1, 2, 3]))) == ["Row 1", "Row 2", "Row 3"]
    assert label_rows(frame.set_index(pd.Index([3, 1, 0], name="id"))) == ["id 3", "id 1", "id 0"]
    assert label_rows(frame.set_index(pd.Index(["x", "y", "z"]))) == ["x", "y", "z"]


def test_a_number_that_was_once_float32_is_as_it_was_written():
    for value in (2.0408, 0.1, 1e-30, 123456.7):
        assert _shorten(float(np.float32(value))) == value
        assert _shorten(float(np.float32(value)) * (1 + 1e-12)) != value
    assert [_shorten(v) for v in (0.1, 3.0, 1e300)] == [0.1, 3.0, 1e300]


def test_variances_of_rows_are_those_of_their_coefficients():
    """Coefficients that were left out have none; those that stand apart have their own."""
    random = np.random.default_rng(0)
    root = random.normal(size=(2, 2))
    covariance, design = root @ root.T, random.normal(size=(6, 4))
    solution = SimpleNamespace(
        coef=np.zeros(5), kept=np.array([1, 4]), covariance=covariance,
        apart=np.array([2]), variance=np.array([0.7]),
    )  # fmt: skip
    whole = np.zeros((5, 5))
    whole[np.ix_([1, 4], [1, 4])], whole[2, 2] = covariance, 0.7
    positions = np.array([0, 1, 2, 4])
    own = whole[np.ix_(positions, positions)]
    expected = np.einsum("ni,ij,nj->n", design, own, design)
    found = _find_variance(solution, design, positions)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("y", "classes", "tests", "measures"),
    [
        ([0, 1, 0, 1], False, [[0, 1], [2, 3]], scores.NUMBERS),
        ([0, 1, 0, 1], True, [[0, 1], [2, 3]], scores.TWO_CLASSES),
        ([0, 0, 1, 1], True, [[0, 1], [2, 3]], scores.CLASSES),
        ([0, 1, 2, 2], True, [[0, 1], [2, 0]], scores.CLASSES),
        ([[0, 1], [1, 0]] * 2, True, [[0, 1], [2, 3]], scores.LABELS),
        ([[0, 1], [1, 1]] * 2, True, [[0, 1], [2, 3]], {"accuracy": scores.LABELS["accuracy"]}),
    ],
)
def test_the_area_under_the_curve_needs_both_classes_in_every_fold(y, classes, tests, measures):
    assert scores._choose_measures(y, classes, tests) == measures


@pytest.mark.parametrize(
    ("loss", "quantile", "are_quantiles"),
    [
        ("quantile", [0.1, 0.9], True), ("quantile", 0.5, False),
        ("squared_error", [0.1, 0.9], False), ("squared_error", 0.5, False),
    ],
)  # fmt: skip
def test_outputs_are_sorted_if_they_are_quantiles_of_one_target(loss, quantile, are_quantiles):
    assert KANRegressor(loss=loss, quantile=quantile)._has_quantiles is are_quantiles
