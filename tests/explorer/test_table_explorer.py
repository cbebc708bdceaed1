"""Estimators in the explorer: the page predicts as Python does, and Python repeats its edits."""

import copy
import json
import re

import numpy as np
import pages
import pandas as pd
import pytest
from sklearn.metrics import log_loss, mean_squared_error

import edgewise as ew

ROWS = 240


def make_table():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "age": rng.uniform(20, 80, ROWS),
            "dose": rng.integers(0, 4, ROWS).astype(float),
            "site": rng.choice(["north", "south", "<b>east</b>"], ROWS),
        }
    )
    table.loc[rng.random(ROWS) < 0.1, "age"] = np.nan
    table.loc[rng.random(ROWS) < 0.1, "site"] = None
    age = table["age"].fillna(40)
    score = 0.05 * (age - 50) + np.sin(table["dose"]) + (table["site"] == "south")
    return table, score + rng.normal(0, 0.3, ROWS)


TABLE, SCORE = make_table()
KINDS = {
    "numbers": (ew.KANRegressor, pd.Series(SCORE, name="risk")),
    "factors": (ew.KANRegressor, pd.Series(np.exp(0.7 * SCORE), name="cost")),
    "two classes": (ew.KANClassifier, pd.Series(np.where(SCORE > 0, "ill", "well"))),
    "labels": (
        ew.KANClassifier,
        pd.DataFrame({"late": SCORE > 0.8, "ill": SCORE + np.cos(TABLE["dose"]) > 0}).astype(int),
    ),
    "three classes": (ew.KANClassifier, pd.Series(np.digitize(SCORE, [-0.5, 0.8]))),
}


@pytest.fixture(scope="module", params=KINDS)
def opened(request, browser, tmp_path_factory):
    kind, y = KINDS[request.param]
    model = kind(random_state=0, cv=2).fit(TABLE, y)
    path = tmp_path_factory.mktemp("table") / "page.html"
    ew.explore(model, TABLE, y, rows=ROWS).save(path)
    browser.open(path)
    pages.settle(browser)
    yield browser, model, y
    assert browser.messages == []


def predict(model):
    """What the page calls predictions: targets, or the shares of classes that have an output."""
    if hasattr(model, "predict_proba"):
        shares = model.predict_proba(TABLE)
        return shares[:, 1:] if len(model.models_) == 1 and shares.shape[1] == 2 else shares
    return model.predict(TABLE)[:, None]


def measure(model, y):
    if hasattr(model, "predict_proba") and len(model.models_) > 1:
        shares = model.predict_proba(TABLE)
        return np.mean([log_loss(y[name], shares[:, k]) for k, name in enumerate(y)])
    if hasattr(model, "predict_proba"):
        return log_loss(y, model.predict_proba(TABLE), labels=model.classes_)
    return mean_squared_error(y, model.predict(TABLE))


def check_python_agrees(page, model, y):
    """The model that the log makes predicts as the page does, and costs what the page says."""
    log = pages.session(page, "s.log()")
    edited = model.replay(json.dumps(log))
    shown = np.array(pages.session(page, "s.predictions.map(c => [...c])")).T
    np.testing.assert_allclose(shown, predict(edited), rtol=1e-9, atol=1e-9)
    assert pages.session(page, "s.cost().now.loss") == pytest.approx(measure(edited, y), rel=1e-9)
    return edited


def choose(page, name):
    effects = pages.session(page, "s.effects[s.chosen[0]].map(e => e.payload.names.join())")
    page.run(f"{pages.SESSION}.choose({pages.SESSION}.chosen[0], {effects.index(name)})")
    pages.settle(page)


def test_the_page_predicts_what_python_predicts_after_every_edit(opened, tmp_path):
    page, model, y = opened
    assert pages.session(page, "s.edits") == []
    check_python_agrees(page, model, y)
    page.run(
        "(e => (e.value = 'Ada', e.dispatchEvent(new Event('input'))))"
        "(document.querySelector('.log input'))"
    )
    choose(page, "age")
    x, top = pages.centre(page, ".handle", 5)
    pages.drag(page, (x, top), (x, top - 60))
    check_python_agrees(page, model, y)
    pages.press_button(page, "Make increasing")
    check_python_agrees(page, model, y)
    pages.press_button(page, "Make decreasing")
    pages.press_button(page, "Flatten this range")
    check_python_agrees(page, model, y)
    choose(page, "site")
    page.run(
        "(e => (e.value = 1.5, e.dispatchEvent(new Event('change'))))"
        "(document.querySelector('.level-list input'))"
    )
    pages.settle(page)
    choose(page, "dose")
    pages.press_button(page, "Flatten")
    edited = check_python_agrees(page, model, y)
    whole = [edit.action for edit in edited.edits_]
    assert whole[-1] == "flatten"
    assert set(whole[:-1]) == {"replace"}
    assert len(whole) >= 5  # one fewer where the drawn curve was increasing already
    assert {edit.by for edit in edited.edits_} == {"Ada"}
    assert all(edit.on.startswith("20") and edit.rows == ROWS for edit in edited.edits_)
    assert edited.edits_[-1].after == pytest.approx(measure(edited, y), rel=1e-9)
    assert edited.edits_[0].before == pytest.approx(measure(model, y), rel=1e-9)

    again = model.replay(pages.session(page, "s.log()"))
    ew.save(again, tmp_path / "edited.safetensors")
    for other in (again, ew.load(tmp_path / "edited.safetensors")):
        np.testing.assert_array_equal(predict(other), predict(edited))
        assert other.edits_ == edited.edits_

    for _ in whole:
        pages.press_button(page, "Undo")
    assert pages.session(page, "s.edits") == []
    np.testing.assert_array_equal(predict(check_python_agrees(page, model, y)), predict(model))


@pytest.fixture(scope="module")
def model():
    return ew.KANRegressor(random_state=0, cv=2).fit(TABLE, KINDS["numbers"][1])


@pytest.fixture
def page(browser, model, tmp_path):
    ew.explore(model, TABLE, KINDS["numbers"][1], rows=ROWS).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    yield browser
    assert browser.messages == []


def test_keys_on_one_curve_are_one_step_of_undo(page, model):
    choose(page, "age")
    page.run("document.querySelectorAll('.handle')[3].focus()")
    for _ in range(4):
        pages.press(page, "ArrowUp")
    assert len(pages.session(page, "s.edits")) == 1
    label = page.run("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Effect at")
    check_python_agrees(page, model, KINDS["numbers"][1])
    pages.press_button(page, "Undo")
    assert pages.session(page, "s.edits") == []


def test_the_groups_say_who_is_affected(page, model):
    choose(page, "site")
    site = pages.session(page, "s.effect.payload.levels").index("south")
    page.run(
        "(e => (e.value = -1, e.dispatchEvent(new Event('change'))))"
        f"(document.querySelectorAll('.level-list input')[{site}])"
    )
    box = "document.querySelector('[aria-label=\"Groups by\"]')"
    page.run(f"({box}.value = 2, {box}.dispatchEvent(new Event('change')))")
    pages.settle(page)
    south = (TABLE["site"] == "south").to_numpy()
    sentence = page.run("document.querySelector('.affected .told').textContent")
    assert sentence.startswith(f"{south.sum()} of {ROWS} predictions fall, by ")
    found = json.loads(
        page.run(
            "JSON.stringify([...document.querySelectorAll('tbody tr')]"
            ".map(r => [...r.children].map(c => c.textContent)))"
        )
    )
    rows = {cells[0]: cells[1:] for cells in found}
    assert set(rows) == {"north", "south", "<b>east</b>", "missing"}
    edited = model.replay(pages.session(page, "s.log()"))
    y = KINDS["numbers"][1]
    moved = (edited.predict(TABLE) - model.predict(TABLE))[south].mean()
    after = mean_squared_error(y[south], edited.predict(TABLE[south])) ** 0.5
    told = [text.replace("−", "-") for text in rows["south"]]
    assert told[:2] == [str(south.sum())] * 2
    assert float(told[2]) == pytest.approx(moved, rel=5e-3)
    assert float(told[4]) == pytest.approx(after, rel=5e-3)
    assert rows["north"][1:3] == ["0", "0"]


LIVE = "document.querySelector('.live').textContent"
LISTED = "document.querySelector('.edits li').textContent"
GROUPS = "(b => b.options[b.value].text)(document.querySelector('[aria-label=\"Groups by\"]'))"


def test_an_order_is_logged_as_what_it_is(page, model):
    choose(page, "age")
    pages.press_button(page, "Make decreasing")
    y = KINDS["numbers"][1]
    edited = model.replay(json.dumps(pages.session(page, "s.log()")))
    losses = [measure(each, y) ** 0.5 for each in (model, edited)]
    said = page.run(LISTED)
    assert said.startswith("Made age decreasing for risk, RMSE ")
    told = [float(text) for text in re.search(r"([\d.]+) → ([\d.]+) \(\+", said).groups()]
    assert told == pytest.approx(losses, rel=5e-3)
    (edit,) = edited.edits_
    assert edit.note == "made age decreasing"
    assert edited.explain_global().log()["edit"].tolist() == ["made age decreasing"]
    pages.press_button(page, "Make decreasing")
    assert page.run(LIVE) == "This curve is decreasing already."
    assert len(pages.session(page, "s.edits")) == 1


def test_changes_below_what_is_shown_are_none(page):
    choose(page, "age")
    tiny = "s.redraw([...s.effect.now.value].map(v => v + 1e-7))"
    page.run(f"(s => s.commit({tiny}))({pages.SESSION})")
    pages.settle(page)
    assert page.run("document.querySelector('.affected .told').textContent") == (
        "No prediction has changed."
    )
    pages.press_button(page, "Undo")
    pages.press_button(page, "Flatten")
    now, before = (pages.session(page, f"[...s.{name}[0]]") for name in ("predictions", "before"))
    sizes = np.abs(np.subtract(now, before))
    said = page.run("document.querySelector('.affected .told').textContent")
    step = 10 ** (np.floor(np.log10(np.std(before))) - 2)  # the third digit of their spread
    counted = sizes[sizes >= step / 2]
    which = f"{len(counted)} of 240" if len(counted) < ROWS else "All 240"
    assert said.startswith(f"{which} predictions change, by ")
    assert "(either way)" in said
    mean, most = (float(text) for text in re.findall(r"by ([\d.]*\d)", said))
    assert mean == pytest.approx(counted.mean(), rel=5e-3)
    assert most == pytest.approx(sizes.max(), rel=5e-3)


def test_groups_begin_with_the_edited_column(page):
    choose(page, "dose")
    pages.press_button(page, "Flatten")
    assert page.run(GROUPS) == "dose"
    choose(page, "site")
    assert page.run(GROUPS) == "site"
    choose(page, "age")
    assert page.run(GROUPS) == "age"


def test_groups_do_not_begin_with_an_identifier(browser, tmp_path):
    table = pd.DataFrame({"row": np.arange(ROWS), "dose": TABLE["dose"]})
    model = ew.KANRegressor(random_state=0, cv=2).fit(table, table["row"] / 50 + table["dose"])
    ew.explore(model, table, rows=ROWS).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    choose(browser, "row")
    assert browser.run(GROUPS) == "dose"


def test_a_range_the_wrong_way_round_is_refused(page):
    choose(page, "age")
    page.run(
        "((a, b) => ([a.value, b.value] = [60, 40]))(...document.querySelectorAll('.clip input'))"
    )
    pages.press_button(page, "Flatten this range")
    assert page.run(LIVE) == "'From' must be less than 'to'."


def test_the_focus_stays_on_the_button(page):
    choose(page, "age")
    for text in ("Flatten", "Undo"):
        pages.enter(page, pages.button(text))
        assert page.run("document.activeElement.textContent") == {"Undo": "Redo"}.get(text, text)


def test_a_log_comes_back_and_others_are_refused_in_words(page, model):
    edit = {"feature": ["dose"], "action": "flatten", "options": {}, "output": "risk"}
    log = {"edgewise_table_edits": 1, "columns": ["age", "dose", "site"], "outputs": ["risk"]}
    field = "document.querySelector('textarea')"
    for edits, said in (
        ([edit], "1 edits loaded."),
        ([edit | {"action": "clip"}], "Python's replay can"),
        ([edit | {"feature": ["risk"]}], "no effect"),
    ):
        text = json.dumps(log | {"edits": edits})
        page.run(f"{field}.value = {json.dumps(text)}")
        pages.press_button(page, "Load this text")
        assert said in page.run("document.querySelector('.live').textContent")
    assert len(pages.session(page, "s.edits")) == 1
    check_python_agrees(page, model, KINDS["numbers"][1])


def test_edits_go_on_from_those_of_the_model(browser, model, tmp_path):
    edited = model.edit("age", "clip", low=-0.5, by="Bob").edit("dose", "monotonise", sign=1)
    y = KINDS["numbers"][1]
    ew.explore(edited, TABLE, y, rows=ROWS).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    check_python_agrees(browser, model, y)
    choose(browser, "site")
    pages.press_button(browser, "Flatten")
    again = check_python_agrees(browser, model, y)
    assert [edit.action for edit in again.edits_] == ["clip", "monotonise", "flatten"]
    assert again.edits_[0].by == "Bob"
    np.testing.assert_array_equal(again.predict(TABLE), edited.replay(log_of(again)).predict(TABLE))


def log_of(model):
    """The log of an edited estimator, as the page gets it."""
    return ew.explore(model, TABLE, rows=2)._payload["log"]


# ---- in Python ----------------------------------------------------------------------------------

LOG = {
    "edgewise_table_edits": 1,
    "columns": ["age", "dose", "site"],
    "outputs": ["risk"],
    "edits": [
        {"feature": ["site"], "action": "replace", "options": {"values": [["south", 0.5]]}},
        {"feature": ["age"], "action": "clip", "options": {"low": -0.5, "high": None}, "by": "Ada"},
    ],
}


@pytest.mark.parametrize("form", ["data", "text", "file"])
def test_a_log_is_replayed_bit_for_bit_in_every_form(form, model, tmp_path):
    (tmp_path / "edits.json").write_text(json.dumps(LOG))
    log = {"data": LOG, "text": json.dumps(LOG), "file": str(tmp_path / "edits.json")}[form]
    y = KINDS["numbers"][1]
    expected = model.edit("site", "replace", values={"south": 0.5}).edit("age", "clip", low=-0.5)
    edited = model.replay(log, TABLE, y)
    np.testing.assert_array_equal(edited.predict(TABLE), expected.predict(TABLE))
    losses = [measure(each, y) for each in (model, expected.undo(), expected)]
    found = [(edit.before, edit.after, edit.rows) for edit in edited.edits_]
    assert found == [(losses[0], losses[1], ROWS), (losses[1], losses[2], ROWS)]
    assert edited.explain_global().log()["by"].fillna("").tolist() == ["", "Ada"]
    assert "Ada" in edited.explain_global().html()


def test_edits_of_one_estimator_are_made_in_another(model):
    y = KINDS["numbers"][1]
    values = {"south": 0.5, None: 0.1}
    edited = model.edit("site", "replace", values=values, X=TABLE, y=y, by="Ada")
    edited = edited.edit("age", "clip", low=-0.5).edit("dose", "monotonise", sign=1)
    again = model.replay(edited.edits_)
    assert again.edits_ == edited.edits_
    np.testing.assert_array_equal(again.predict(TABLE), edited.predict(TABLE))
    newer = ew.KANRegressor(random_state=1, cv=2).fit(TABLE[::2], y[::2])
    other = newer.replay(list(edited.edits_))
    np.testing.assert_array_equal(
        other.predict(TABLE),
        newer.edit("site", "replace", values=values)
        .edit("age", "clip", low=-0.5)
        .edit("dose", "monotonise", sign=1)
        .predict(TABLE),
    )
    assert model.replay(()).edits_ == ()
    with pytest.raises(ValueError, match="edit 0 of the log is damaged"):
        ew.KANRegressor(cv=2).fit(TABLE[["age"]], y).replay(edited.edits_)


def damage(path, value):
    log = copy.deepcopy(LOG)
    inner = log
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return log


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("edgewise_table_edits",), 2, "copy or download it"),
        (("columns",), ["a"], "log for the columns"),
        (("outputs",), ["a"], "log for the outputs"),
        (("edits",), 3, "list of edits"),
        (("edits", 0), "no edit", "edit 0 of the log is damaged"),
        (("edits", 0, "feature"), "site", "edit 0 of the log is damaged"),
        (("edits", 0, "options", "values"), [["south", "x"]], "expected numbers"),
        (("edits", 0, "options", "values"), [[["south"], 1]], "edit 0 of the log is damaged"),
        (("edits", 1, "options"), {"low": float("nan")}, "expected numbers"),
        (("edits", 1, "by"), "x" * 999, "name, date and note"),
        (("edits", 1, "note"), 3, "name, date and note"),
        (("edits", 1, "before"), "x", "losses"),
        (("edits", 1, "action"), "bend", "expected an action among"),
    ],
)
def test_damaged_logs_end_in_one_error(path, value, words, model):
    with pytest.raises(ValueError, match=words):
        model.replay(damage(path, value))


def test_what_the_page_cannot_show_is_refused(model):
    y = KINDS["numbers"][1]
    with pytest.raises(ValueError, match="no input_names with an estimator"):
        ew.explore(model, TABLE, y, input_names=["a", "b", "c"])
    with pytest.raises(ValueError, match="240 rows of y"):
        ew.explore(model, TABLE, y[:10])


def test_the_header_says_on_which_rows_scores_are(opened):
    browser, *_ = opened
    facts = browser.run("document.querySelector('.title .soft').textContent")
    assert facts.startswith(f"{ROWS} rows")
    assert facts.endswith("; scores on these rows")


def test_parts_of_dates_have_months_and_times_on_axes_and_in_groups(browser, tmp_path):
    """Neither 2019.58 nor day 213 nor 16.35 for 16:21."""
    random = np.random.default_rng(0)
    days = np.datetime64("2019-03-01") + random.integers(0, 1400, 400).astype("timedelta64[D]")
    minutes = random.integers(0, 1440, 400)
    moments = days.astype("datetime64[m]") + minutes.astype("timedelta64[m]")
    table = pd.DataFrame({"sold": moments.astype("datetime64[s]")})
    season = np.cos(2 * np.pi * table["sold"].dt.day_of_year / 366)
    hour = np.sin(2 * np.pi * minutes / 1440)
    y = table["sold"].dt.year - 2019 + season + hour + 0.1 * random.normal(size=400)
    model = ew.KANRegressor(cv=2, random_state=0).fit(table, y)
    ew.explore(model, table, y).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    choose = (
        "[...document.querySelectorAll('.effects button')].find(b => b.textContent.includes({}))"
    )
    read = "JSON.stringify([...document.querySelectorAll('{}')].map(e => e.textContent))"
    texts, groups = read.format(".chart text"), read.format(".affected tbody th")
    browser.run(f"{choose.format(json.dumps('(year)'))}.click()")
    pages.settle(browser)
    assert {"2020", "2021", "2022"} <= set(json.loads(browser.run(texts)))
    assert all(
        re.fullmatch(r"\w{3} 20\d\d to \w{3} 20\d\d", g) for g in json.loads(browser.run(groups))
    )
    browser.run(f"{choose.format(json.dumps('(day of the year)'))}.click()")
    pages.settle(browser)
    assert {"Jan", "Apr", "Jul", "Oct"} <= set(json.loads(browser.run(texts)))
    browser.run(f"{choose.format(json.dumps('(hour)'))}.click()")
    pages.settle(browser)
    assert {"10:00", "20:00"} <= set(json.loads(browser.run(texts)))
    assert all(re.fullmatch(r"\d+:\d\d to \d+:\d\d", g) for g in json.loads(browser.run(groups)))
    assert browser.messages == []


def test_shapes_that_effects_are_held_to_are_kept(browser, tmp_path):
    """`replay` refused what the page had shown, and the work was lost."""
    site = TABLE["site"].fillna("north").astype("category").cat.as_ordered()
    table = TABLE.assign(site=site)
    held = {"age": 1, "site": 1}
    y = KINDS["numbers"][1]
    model = ew.KANRegressor(
        monotonic_cst=held, convexity_cst={"dose": -1}, random_state=0, cv=2, interactions=None
    ).fit(table, y)
    ew.explore(model, table, y, rows=ROWS).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)

    def count():
        return len(pages.session(browser, "s.edits"))

    def drag(handle, pixels):
        x, top = pages.centre(browser, ".handle", handle)
        pages.drag(browser, (x, top), (x, top + pixels))

    shown = pages.session(browser, "s.predictions.map(c => [...c])")
    choose(browser, "age")
    drag(5, 150)
    assert browser.run(LIVE) == "Not kept: age may only rise, by monotonic_cst."
    choose(browser, "dose")
    drag(2, 200)
    assert browser.run(LIVE) == "Not kept: dose may only bend downwards, by convexity_cst."
    choose(browser, "site")
    change = (
        "(e => (e.value = {}, e.dispatchEvent(new Event('change'))))"
        "(document.querySelector('.level-list input'))"
    )
    browser.run(change.format(99))
    pages.settle(browser)
    assert browser.run(LIVE) == "Not kept: site may only rise, by monotonic_cst."
    assert count() == 0
    assert pages.session(browser, "s.predictions.map(c => [...c])") == shown

    browser.run(change.format(-99))
    choose(browser, "age")
    drag(10, -30)
    pages.press_button(browser, "Flatten this range")
    choose(browser, "dose")
    pages.press_button(browser, "Flatten")
    assert count() == 4
    model.replay(pages.session(browser, "s.log()"))
    bad = {"feature": ["age"], "action": "replace", "options": {"at": [0, 1], "values": [1, 0]}}
    log = pages.session(browser, "s.log()")
    text = json.dumps(log | {"edits": [bad | {"output": "risk"}]})
    browser.run(f"document.querySelector('textarea').value = {json.dumps(text)}")
    pages.press_button(browser, "Load this text")
    assert browser.run(LIVE).startswith("Not kept: age")
    assert count() == 4
    assert browser.messages == []


def test_on_a_phone_the_chosen_effect_comes_into_sight(browser, model, tmp_path):
    ew.explore(model, TABLE, rows=ROWS).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html", width=390, height=500)
    pages.settle(browser)
    where = "document.querySelector('.edge').getBoundingClientRect().top"
    browser.run("document.querySelectorAll('.effects button')[1].scrollIntoView()")
    browser.run("scrollTo(0, 0)")
    assert browser.run(where) > 250
    browser.run("document.querySelectorAll('.effects button')[1].click()")
    pages.settle(browser)
    header = browser.run("document.querySelector('header').getBoundingClientRect().bottom")
    assert header - 1 <= browser.run(where) < 250
