"""The page of rows, where a reader changes values: it predicts what Python predicts."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table

from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival

PART = "document.querySelector('[data-part={}]')"
HOSTILE = "</script><script>window.executed=1</script>"
OTHER = "Don't rely on this: the model was fitted to other rows, in which "
CHANGES = {"a": 0.5, "b": None, "c": HOSTILE, "d": -0.25}
SET = """(changes => { for (const [name, value] of Object.entries(changes)) {
  const label = [...document.querySelectorAll('.fields label')].find(
    l => l.querySelector('.name').textContent === name);
  const field = label.querySelector('input, select');
  field.value = value === null ? '' : field.tagName === 'SELECT'
    ? [...field.options].find(o => o.textContent === value).value : value;
  field.dispatchEvent(new Event('input', { bubbles: true })); } })"""


def read(text):
    """The first number of a text."""
    return float(re.search(r"[-+]?[\d.]+(e-?\d+)?", text.replace("−", "-").replace(",", ""))[0])


def make(kind):
    """A model with missing values, hostile names and a pair, and its table."""
    table, total, random = make_table(300)
    table["c"] = table["c"].replace("z", HOSTILE)
    if kind == "numbers":
        y = pd.Series(total + 0.1 * random.normal(size=len(total)), name=HOSTILE)
        return KANRegressor(cv=2, random_state=0).fit(table, y), table
    if kind == "products":
        y = np.exp(total / 2 + 0.1 * random.normal(size=len(total)))
        return KANRegressor(cv=2, random_state=0, loss="gamma").fit(table, y), table
    if kind == "targets":
        y = np.stack([total, -table["d"].to_numpy()], 1)
        return KANRegressor(cv=2, random_state=0).fit(table, y), table
    if kind == "labels":
        y = pd.DataFrame({HOSTILE: total > 0, "other": table["d"] > 0.3})
        return KANClassifier(cv=2, random_state=0).fit(table, y), table
    if kind == "shares":
        y = pd.Series(random.binomial(9, 1 / (1 + np.exp(-total))) / 9, name=HOSTILE)
        return KANRegressor(cv=2, random_state=0, loss="binomial").fit(table, y), table
    ends = [0] if kind == "two classes" else [-1, 1]
    names = np.array(["well", "ill", HOSTILE])
    y = names[np.digitize(total + random.normal(size=len(total)), ends)]
    return KANClassifier(cv=2, random_state=0).fit(table, y), table


@pytest.mark.parametrize(
    "kind", ["numbers", "products", "shares", "targets", "labels", "two classes", "classes"]
)
def test_a_changed_row_is_predicted_as_in_python(kind, browser, tmp_path):
    model, table = make(kind)
    model.explain_local(table).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html", width=390)
    changed = table.iloc[[0]].assign(**{name: [value] for name, value in CHANGES.items()})
    browser.run(f"{SET}({json.dumps(CHANGES)})")
    shown = {
        name: browser.run(f"{PART.format(name)}.textContent")
        for name in ("prediction", "spread", "difference", "warning")
    }
    local = model.explain_local(changed)
    before, after = model.explain_local(table[:1]).predictions[0, 0], local.predictions[0, 0]
    scale = 1.0 if kind in ("numbers", "products", "targets") else 100.0
    if "classes" in kind or kind == "labels":
        (row,) = model.predict_set(changed)
        row = row[0] if kind == "labels" else row
        names = np.array([f"not {HOSTILE}", HOSTILE]) if kind == "labels" else model.classes_
        assert shown["spread"] == local.waterfall().spread
        kept = [name for name in names if f"“{name}”" in shown["spread"]]
        assert kept in ([], [*names[row]])
        assert (kept == []) == row.all() == ("classes are possible" in shown["spread"])
    elif kind in ("products", "shares"):  # no program has their interval
        assert shown["spread"] == ""
    else:
        low, high = np.reshape(model.predict_interval(changed), (-1, 2))[0]
        told = shown["spread"].removeprefix("90 % interval: ").rstrip(".").split(" to ")
        assert shown["spread"] == local.waterfall().spread
        third = 0.005 * (high - low)  # half of the last of three digits
        assert read(told[0]) == pytest.approx(low, abs=third)
        assert read(told[1]) == pytest.approx(high, abs=third)
    name, _, number = shown["prediction"].rpartition(": ")
    assert name == local.outputs[0]
    assert read(number) == pytest.approx(scale * after, rel=1e-2, abs=0.5 * (scale > 1))
    assert read(shown["difference"]) == pytest.approx(scale * (after - before), rel=1e-2)
    assert shown["warning"] == OTHER + "b is always there."
    numbers = browser.run(
        f"[...{PART.format('steps')}.querySelectorAll('.number')].map(e => e.textContent)"
    )
    parts = np.abs(local.units[0].read(local.parts[0, :, 0]))
    parts = sorted(parts[parts > 0], reverse=True)  # what changes nothing is no step
    # Half of the last of three digits, as factors have.
    ends = {"rel": 5e-3} if kind == "products" else {"rel": 0, "abs": 0.005 * parts[0]}
    assert read(numbers[0]) == pytest.approx(local.base[0], **ends)
    assert read(numbers[-1]) == pytest.approx(local.totals[0, 0], **ends)
    assert numbers == [row.text for row in local.waterfall().chart(10).rows]
    unclear = browser.run(
        f"[...{PART.format('steps')}.querySelectorAll('li:has(.faded) .name')].map(e => e.title)"
    )
    found = next(iter(model.explain_global().effects.values()))
    places = dict(zip(local.names, local.units[0].read(local.parts[0, :, 0]), strict=True))
    assert sorted(unclear) == sorted(e.name for e in found if places[e.name] and not e.is_clear)
    steps = [abs(np.log(read(n)) if n.startswith("×") else read(n)) for n in numbers[1:-1]]
    assert steps == pytest.approx(parts, rel=0.02, abs=5e-3)
    assert browser.messages == []
    assert browser.run("window.executed") is None
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


def test_a_row_is_chosen_changed_by_keys_and_restored(browser, tmp_path):
    model, table = make("numbers")
    model.explain_local(table).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    browser.run("document.querySelector('[data-change=\"3\"]').click()")
    assert browser.run(f"{PART.format('row')}.value") == "3"
    assert browser.run(f"document.activeElement === {PART.format('row')}")
    as_it_is = browser.run(f"{PART.format('prediction')}.textContent")
    as_it_is = as_it_is.rpartition(": ")[2]
    assert read(as_it_is) == pytest.approx(model.predict(table[3:4])[0], rel=1e-3)
    browser.run("[...document.querySelectorAll('.fields input')].at(-1).select()")
    browser.call("Input.insertText", text="1.5")
    assert browser.run(f"{PART.format('difference')}.textContent").endswith(as_it_is)
    assert browser.run("document.querySelectorAll('.fields .changed').length") == 1
    browser.run(f"{PART.format('restore')}.click()")
    assert browser.run(f"{PART.format('difference')}.textContent") == "unchanged"
    assert browser.run("document.querySelectorAll('.fields .changed').length") == 0


def test_a_model_without_an_interval_has_a_page(browser, tmp_path):
    table, total, random = make_table(200)
    time = np.exp(-total / 2) * random.exponential(size=len(total)) + 1e-3
    lives = np.array(list(zip(np.ones(len(time), bool), time, strict=True)), dtype="bool,float")
    model = KANSurvival(random_state=0).fit(table, lives)
    model.explain_local(table).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    shown = browser.run(f"{PART.format('spread')}.textContent")
    assert shown.startswith("Probability of no event until time = ")
    assert browser.messages == []


@pytest.fixture(scope="module")
def dated():
    """A model of years, counts beyond six digits, dates and fractions, and its table."""
    random = np.random.default_rng(0)
    days = random.integers(0, 1500, 300)
    table = pd.DataFrame(
        {
            "built": random.integers(1990, 2025, 300),
            "people": random.integers(1_000_000, 2_000_000, 300),
            "dose": random.uniform(0, 3, 300),
            "hired": np.datetime64("2020-02-03", "s") + days.astype("timedelta64[D]"),
        }
    )
    y = 0.2 * (table["built"] - 2000) + table["people"] / 1e5 + np.sin(table["dose"]) + days / 200
    y = y + np.sin(2 * np.pi * days / 365.25) + 0.1 * random.normal(size=300)
    return KANRegressor(cv=2, random_state=0).fit(table, y), table


def test_a_column_of_whole_numbers_takes_whole_numbers(dated, browser, tmp_path):
    model, table = dated
    model.explain_local(table).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    steps = "Object.fromEntries([...document.querySelectorAll('.fields label')].filter("
    steps += "l => l.querySelector('input')).map(l => [l.querySelector('.name').textContent, "
    steps += "[l.querySelector('input').step, l.querySelector('input').value]]))"
    found = browser.run(steps)
    assert {name: step for name, (step, _) in found.items()} == {
        "built": "1", "people": "1", "dose": "any", "hired": "",
    }  # fmt: skip
    assert found["people"][1] == str(table["people"][0])  # all of its digits
    for given, meant in (("2021.67", 2022), ("2003.2", 2003)):
        browser.run(f"{SET}({json.dumps({'built': given})})")
        row = table.iloc[[0]].assign(built=meant)
        expected = model.explain_local(row).waterfall()
        assert browser.run(f"{PART.format('prediction')}.textContent") == expected.headline
        leave = "document.querySelectorAll('.fields input').forEach("
        browser.run(f"{leave}i => i.dispatchEvent(new Event('change', {{ bubbles: true }})))")
        assert browser.run(steps)["built"][1] == str(meant)
        assert browser.run(f"{PART.format('prediction')}.textContent") == expected.headline
    browser.run(f"{SET}({json.dumps({'dose': '1.23456789'})})")
    row = row.assign(dose=1.23456789)
    assert model.explain_local(row).waterfall().headline == browser.run(
        f"{PART.format('prediction')}.textContent"
    )
    assert browser.messages == []


def test_a_row_between_whole_numbers_is_left_alone(dated, browser, tmp_path):
    model, table = dated
    row = table.iloc[[0]].assign(built=2001.5)
    model.explain_local(row).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    headline = model.explain_local(row).waterfall().headline
    assert browser.run(f"{PART.format('prediction')}.textContent") == headline
    assert browser.run("document.querySelectorAll('.fields .changed').length") == 0


def test_values_are_written_as_in_the_rows_below(dated, browser, tmp_path):
    """A date in September 2021 is neither 2,021.67 nor 2022."""
    model, table = dated
    model.explain_local(table).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    told = "[...document.querySelectorAll('[data-part=steps] .soft')].map(e => e.textContent)"
    for row in range(3):
        browser.run(f"document.querySelector('[data-change=\"{row}\"]').click()")
        chart = model.explain_local(table).waterfall(row).chart(10)
        assert browser.run(told) == [step.detail for step in chart.rows]


@pytest.mark.parametrize("timed", [False, True])
def test_a_column_of_dates_has_one_field_of_dates(timed, browser, tmp_path):
    """All of its parts follow the date, and a page predicts what Python predicts of it."""
    random = np.random.default_rng(4)
    start, span = np.datetime64("2019-03-01T00:00", "m"), 4 * 366 * 24 * 60
    since = start + random.integers(0, span, 400).astype("timedelta64[m]")
    since = since if timed else since.astype("datetime64[D]").astype("datetime64[m]")
    table = pd.DataFrame({"since": since.astype("datetime64[us]"), "a": random.uniform(size=400)})
    stamp = table["since"].dt
    season = np.cos(2 * np.pi * stamp.day_of_year / 366)
    y = stamp.year - 2019 + season + (stamp.day_of_week == 6) + stamp.hour / 12 + table["a"]
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    model.explain_local(table[:3]).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    fields = "[...document.querySelectorAll('.fields .name')].map(e => e.textContent)"
    assert sorted(browser.run(fields)) == ["a", "since"]
    show = PART.format("prediction")
    digits = "%Y-%m-%dT%H:%M" if timed else "%Y-%m-%d"
    field = "[...document.querySelectorAll('.fields input')].find(f => f.type.startsWith('date'))"
    assert browser.run(f"{field}.value") == table["since"][0].strftime(digits)
    steps = model.explain_local(table[:3]).waterfall(0).chart(10).rows
    told = "[...document.querySelectorAll('[data-part=steps] .soft')].map(e => e.textContent)"
    assert browser.run(told) == [step.detail for step in steps]
    at = table["since"][0]
    assert (f"{at.hour}:{at.minute:02}" in {step.detail for step in steps}) == timed
    for text in ("2020-02-29T18:30", "2022-12-31T06:00"):
        given = text if timed else text[:10]
        browser.run(f"{SET}({json.dumps({'since': given})})")
        (expected,) = model.predict(table[:1].assign(since=pd.Timestamp(given)))
        told = browser.run(f"{show}.textContent").rpartition(": ")[2]
        assert read(told) == pytest.approx(expected, rel=1e-3)
        assert browser.run(f"{PART.format('warning')}.textContent") == ""
    browser.run(f"{SET}({json.dumps({'since': '2031-01-01T00:00' if timed else '2031-01-01'})})")
    ends = " to ".join(table["since"].agg(["min", "max"]).dt.strftime(digits))
    assert f"since goes from {ends}" in browser.run(f"{PART.format('warning')}.textContent")
    browser.run(f"{SET}({json.dumps({'since': None})})")
    assert "since is always there" in browser.run(f"{PART.format('warning')}.textContent")
    assert browser.messages == []


def test_a_row_of_survival_has_probabilities_of_no_event(browser, tmp_path):
    random = np.random.default_rng(5)
    table = pd.DataFrame({"a": random.uniform(-1, 1, 400)})
    time = random.exponential(np.exp(-table["a"]))
    y = pd.DataFrame({"relapse": time < 2, "years": np.minimum(time, 2)})
    model = KANSurvival(cv=2, random_state=0).fit(table, y)
    local = model.explain_local(table[:2])
    local.save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    shown = browser.run(f"{PART.format('spread')}.textContent")
    assert shown == local.waterfall().spread
    lead, _, shares = shown.partition(": ")
    assert lead.startswith("Probability of no relapse until years = ")
    times = [float(text) for text in lead.split(" = ")[1].split(", ")]
    (expected,) = model.predict_survival_function(table[:1], times)
    assert [float(s.strip(" %.")) for s in shares.split(",")] == pytest.approx(
        100 * expected, abs=0.5
    )
    browser.run(f"{SET}({json.dumps({'a': 0.9})})")
    changed = model.explain_local(table[:1].assign(a=0.9)).waterfall().spread
    assert browser.run(f"{PART.format('spread')}.textContent") == changed != shown
    assert "interval" not in browser.run("document.body.innerText")


def test_where_there_is_no_prediction_the_page_says_so(browser, tmp_path):
    """An exposure of 0, and then one again."""
    random = np.random.default_rng(6)
    table = pd.DataFrame({"age": random.uniform(-1, 1, 300), "years": random.uniform(0.2, 3, 300)})
    claims = random.poisson(table["years"] * np.exp(table["age"]))
    model = KANRegressor(cv=2, random_state=0, loss="poisson").fit(table, claims, exposure="years")
    model.explain_local(table[:2]).save(tmp_path / "rows.html")
    browser.open(tmp_path / "rows.html")
    before = browser.run(f"{PART.format('prediction')}.textContent")
    for given in (0, -1, None):
        browser.run(f"{SET}({json.dumps({'years': given})})")
        assert browser.run(f"{PART.format('prediction')}.textContent") == ""
        assert "No prediction: " in browser.run(f"{PART.format('warning')}.textContent")
        assert "years" in browser.run(f"{PART.format('warning')}.textContent")
    browser.run(f"{PART.format('restore')}.click()")
    assert browser.run(f"{PART.format('prediction')}.textContent") == before
    assert browser.run(f"{PART.format('warning')}.textContent") == ""
    assert browser.messages == []
