"""The page of an explanation: alone, names as text, legible in a real browser at any width."""

import base64
import hashlib
import json
import re

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table

from edgewise.additive.pictures import chart_overlay, make_overlay
from edgewise.charts.marks import Band, Line
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import PALE
from edgewise.charts.style import BLUE, ORANGE
from edgewise.sklearn import KANClassifier, KANRegressor

HOSTILE = [
    "<script>window.executed=1;console.error('ran')</script>",
    '" onload="window.executed=1" x=\'&',
    "$\\frac{1$",
    "</title></style><img src=x onerror=window.executed=1>",
    "very long " * 20,
    "{{ 7 * 7 }}{% raw %}",
    "温度",
]
MEASURE = """(width => ({
  wide: document.documentElement.scrollWidth - width,
  outside: [...document.querySelectorAll("body *")].filter(e => {
    if (e.closest("svg, .xs, .ys, .table")) return false;
    const r = e.getBoundingClientRect();
    return r.right > width + .5 || r.left < -.5; }).map(e => e.outerHTML.slice(0, 80)),
  executed: window.executed || 0,
  cards: [...document.querySelectorAll(".card:not([hidden]) :is(h2, h3)")].map(e => e.textContent),
  controls: getComputedStyle(document.querySelector(".controls")).display,
}))"""


def make_hostile():
    random = np.random.default_rng(0)
    rows = 150
    table = pd.DataFrame(random.normal(size=(rows, len(HOSTILE))), columns=HOSTILE)
    table.iloc[::7, 0] = np.nan
    table[HOSTILE[1]] = random.choice(HOSTILE, rows)
    total = table[HOSTILE[0]].fillna(1) + table[HOSTILE[2]] * 2
    total = total + 2 * (table[HOSTILE[1]] == HOSTILE[0])
    return table, total + 0.1 * random.normal(size=rows)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    table, y = make_hostile()
    hostile = KANRegressor(random_state=0, cv=2).fit(table, y.rename(HOSTILE[3]))
    edited = hostile.edit(HOSTILE[1], "replace", values={HOSTILE[0]: 1.0}, X=table, y=y)
    edited.explain_global().save(folder / "hostile.html")
    hostile.explain_local(table).save(folder / "rows.html")
    plain, total, random = make_table()
    classes = np.digitize(total + random.normal(size=len(plain)), [-1, 1])
    model = KANClassifier(random_state=0, cv=2).fit(plain, np.array(HOSTILE[:3])[classes])
    model.explain_global().save(folder / "classes.html")
    return folder


@pytest.mark.parametrize("name", ["hostile", "rows", "classes"])
def test_it_refers_to_nothing_and_runs_its_own_scripts(name, pages):
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=\"(?!#)|@import|url\(|https?://", text)
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert f'script-src {allowed}">' in text
    assert len(scripts) == (3 if name == "rows" else 1)  # with the model, and what changes rows
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)
    assert "<img" not in text


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("name", ["hostile", "classes"])
def test_a_browser_shows_it_without_scrolling_sideways(name, width, browser, pages):
    browser.open(pages / f"{name}.html", width=width, dark=width == 390)
    seen = browser.run(f"{MEASURE}({width})")
    assert seen["wide"] <= 0
    assert seen["outside"] == []
    assert seen["executed"] == 0
    assert seen["controls"] == "flex"
    assert browser.messages == []
    assert len(browser.requests) == 1  # the page itself
    if name == "hostile":
        told = " ".join(seen["cards"])
        for column in HOSTILE[:3]:
            assert " ".join(column.split()) in told


def test_search_and_order(browser, pages):
    browser.open(pages / "hostile.html")
    find = """(text => { const s = document.getElementById("search"); s.value = text;
      s.dispatchEvent(new Event("input"));
      return [...document.querySelectorAll(".card:not([hidden])")].map(e => e.dataset.name); })"""
    assert browser.run(f"{find}('温')") == [HOSTILE[6]]
    assert browser.run(f"{find}('no such name')") == []
    shown = "[...document.querySelectorAll('#o0 > *')].filter(e => e.offsetHeight)"
    texts = browser.run(f"{shown}.map(e => e.textContent.trim()).filter(Boolean)")
    assert texts == ["Importance", "No effect has such a name."]
    browser.run(f"{find}('')")
    assert "No effect has such a name." not in browser.run(f"{shown}.map(e => e.textContent)")
    order = """(rule => { const s = document.getElementById("search"); s.value = "";
      s.dispatchEvent(new Event("input")); const o = document.getElementById("order");
      o.value = rule; o.dispatchEvent(new Event("change"));
      return [...document.querySelectorAll(".card")].map(e => e.dataset.name); })"""
    by_size, by_place = (browser.run(f"{order}('{rule}')") for rule in ("importance", "place"))
    assert sorted(by_size) == sorted(by_place)
    singles = [name for name in by_place if name in HOSTILE]
    assert singles == [name for name in HOSTILE if name in singles]
    assert by_size[0] == HOSTILE[2]
    assert by_place[0] == HOSTILE[0]


def test_values_are_read_by_pointer_and_keyboard(browser, pages):
    browser.open(pages / "hostile.html")
    card = 'document.querySelector("[data-readings]")'
    browser.run(f"{card}.querySelector('.read input').focus()")
    readings = browser.run(f"JSON.parse({card}.dataset.readings)")
    middle = (len(readings) - 1) // 2
    shown = f"{card}.querySelector('.read output').textContent"
    assert browser.run(shown) == readings[middle][1]
    for kind in ("keyDown", "keyUp"):
        browser.call(
            "Input.dispatchKeyEvent",
            type=kind,
            key="ArrowRight",
            code="ArrowRight",
            windowsVirtualKeyCode=39,
        )
    assert browser.run(shown) == readings[middle + 1][1]
    spoken = f"{card}.querySelector('.read input').getAttribute('aria-valuetext')"
    assert browser.run(spoken) == readings[middle + 1][1]
    x, y = browser.run(
        f"(r => [r.left + .001 * r.width, r.top + 5])"
        f"({card}.querySelector('.frame').getBoundingClientRect())"
    )
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    assert browser.run(shown) == readings[0][1]
    assert re.search(r": [+−×]?[\d.e−]+ \([^()]+ to [^()]+\)$", readings[0][1])


def test_what_has_no_clear_effect_is_folded(browser, tmp_path):
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.normal(size=(400, 6)), columns=list("abcdef"))
    y = np.where(table["a"] + 0.3 * random.normal(size=400) > 0, "yes", "no")
    model = KANClassifier(random_state=0, cv=2).fit(table, y)
    explained = model.explain_global()
    explained.save(tmp_path / "page.html")
    clear = [effect.name for effect in explained.effects["yes"] if effect.is_clear]
    browser.open(tmp_path / "page.html")
    names = '[...document.querySelectorAll("section > .cards > .card")].map(e => e.dataset.name)'
    assert browser.run(names) == clear
    assert "a" in clear
    folded = '[...document.querySelectorAll("details .card")].map(e => e.dataset.name)'
    every = [effect.name for effect in explained.effects["yes"]]
    assert browser.run(folded) == [name for name in every if name not in clear]
    assert len(clear) < len(every)
    assert browser.run("document.title") == "What predicts yes rather than no"
    find = "(s => { s.value = 'f'; s.dispatchEvent(new Event('input')); })"
    browser.run(f"{find}(document.getElementById('search'))")
    assert browser.run("document.querySelectorAll('details.more[open]').length") > 0


def test_rows_tell_the_prediction_and_its_reasons(pages):
    text = (pages / "rows.html").read_text(encoding="utf-8")
    assert text.count('<strong class="prediction">') == 20
    assert len(re.findall(r"<p>(?:Raised by|Lowered by|Unclear:) ", text)) == 20
    assert len(re.findall(r"<p>90 % interval: \S+ to \S+.</p>", text)) == 20
    assert re.findall(r"<(h\d)", text)[:4] == ["h1", "h2", "h2", "h3"]
    assert "<p>The first 20 of 150 rows. Effects add up" in text


def fit_risks():
    """A model of two classes, of which one column tells much and four tell nothing."""
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.normal(size=(300, 5)), columns=list("abcde"))
    table.index = pd.Index([f"p{k}" for k in range(300)], name="patient")
    state = np.where(table["a"] + random.normal(size=300) > 1, "ill", "well")
    return KANClassifier(random_state=0, cv=2).fit(table, state), table


def test_rows_are_chosen_by_prediction_and_called_by_their_labels(browser, tmp_path):
    model, table = fit_risks()
    rows = model.explain_local(table)
    shares = pd.Series(model.predict_proba(table)[:, 1], table.index)
    for kind, sign in (("highest", -1), ("lowest", 1)):
        order = (sign * shares).sort_values(kind="stable").index[:20]
        rows.save(tmp_path / "rows.html", rows=kind)
        browser.open(tmp_path / "rows.html")
        titles = "[...document.querySelectorAll('.card h3')].map(e => e.textContent)"
        assert browser.run(titles) == [f"patient {label}" for label in order]
        text = browser.run("document.querySelector('main > p').textContent")
        assert text.startswith(f"The 20 of 300 rows with the {kind} probabilities of well.")
        opened = "[...document.querySelectorAll('.falls details')].map(e => e.open)"
        assert browser.run(opened) == [True] * 2 + [False] * 18
        other = {"highest": "lowest", "lowest": "highest"}[kind]
        sort = "(kind => { const s = document.getElementById('order'); s.value = kind;"
        browser.run(f"{sort} s.dispatchEvent(new Event('change')); }})('{other}')")
        assert browser.run(titles) == [f"patient {label}" for label in order[::-1]]
        assert browser.run(opened) == [True] * 2 + [False] * 18
    assert "possible at 90 %" in rows._repr_html_()
    assert "<p>3 of 300 rows." in (few := rows.html([5, 7, -1]))
    assert re.findall(r"<h3>(.*?)</h3>", few) == ["patient p5", "patient p7", "patient p299"]
    assert '<option value="299">patient p299</option>' in few
    plain = model.explain_local(table.reset_index(drop=True)).html([0])
    assert re.findall(r"<h3>(.*?)</h3>", plain) == ["Row 0"]
    with pytest.raises(ValueError, match="rows expected positions or one of"):
        rows.html("largest")
    with pytest.raises(ValueError, match="expected one of 300 rows, got 300"):
        rows.html([300])


def test_rows_of_several_predictions_are_chosen_by_their_positions_alone(pages):
    plain, total, _ = make_table()
    model = KANRegressor(random_state=0, cv=2).fit(plain, np.stack([total, -total], 1))
    with pytest.raises(ValueError, match="one prediction of each row, got 2"):
        model.explain_local(plain).html("highest")


def test_effects_that_may_be_none_are_called_unclear():
    model, table = fit_risks()
    clear = {e.name for e in model.explain_global().effects["well"] if e.is_clear}
    assert "a" in clear
    assert len(clear) < 5
    fall = model.explain_local(table).waterfall(3)
    assert {n for n, faded in zip(fall.names, fall.unclear, strict=True) if not faded} == clear
    before, _, after = fall.reason.partition("nclear: ")
    for k, name in enumerate(fall.names):
        assert (f"{name} {fall.values[k]} (" in before) <= (name in clear)
        assert (f"{name} {fall.values[k]} (" in after) <= (name not in clear)
    drawn = {row.name: row for row in fall.chart(10).rows}
    assert {name for name in fall.names if not drawn[name].faded} == clear
    assert all((drawn[n].colour == ORANGE) == (drawn[n].end < drawn[n].start) for n in fall.names)
    assert {drawn[n].colour for n in fall.names} == {BLUE, ORANGE}


def test_numbers_of_float32_are_shown_as_they_were_written():
    model, table = fit_risks()
    values = {"b": np.float32(2.0408), "c": 117440512.0, "d": 1 / 3, "e": 10.8999996185302727}
    rows = model.explain_local(table.assign(**values))
    shown = json.loads(re.search(r'what-if-data">(.*?)</script>', rows.html([0]))[1])
    (row,) = shown["rows"]
    assert [row["values"][name] for name in "bcde"] == [2.0408, 117440512.0, 1 / 3, 10.9]


@pytest.mark.parametrize("last", [3, 125, 90000])
def test_the_last_value_has_a_tick_beside_missing(last):
    random = np.random.default_rng(0)
    values = random.choice([1.0, last / 2, last, np.nan], 300)
    y = np.nan_to_num(values, nan=0.0) + 0.1 * last * random.normal(size=300)
    explained = KANRegressor(random_state=0, cv=2).fit(pd.DataFrame({"a": values}), y)
    axis = chart_overlay(make_overlay(explained.explain_global()["a"]), 12).x
    texts = [text for _, text in axis.thin_ticks()]
    assert texts[-2:] == [format_number(last), "missing"]


@pytest.mark.parametrize(("count", "bands"), [(2, 0), (8, 0), (9, 1)])
def test_between_few_values_nothing_is_drawn(count, bands):
    """A column of two values is no line; of more than eight the dots make a curve."""
    random = np.random.default_rng(0)
    values = random.integers(count, size=300).astype(float)
    model = KANRegressor(random_state=0, cv=2).fit(pd.DataFrame({"a": values}), values**2)
    marks = chart_overlay(make_overlay(model.explain_global()["a"]), 12).marks
    assert sum(isinstance(mark, Band) for mark in marks) == bands
    assert [len(mark.x) for mark in marks if isinstance(mark, Line) and mark.dots] == [count]
    bars = [mark for mark in marks if isinstance(mark, Line) and not mark.dots]
    assert [int(np.isnan(mark.y).sum()) for mark in bars] == [count] * (1 - bands)


def test_values_with_few_rows_are_pale_and_have_their_count():
    random = np.random.default_rng(0)
    rare = np.repeat([0.0, 1.0], [285, 15])
    level = np.repeat(["a", "b", "c"], [200, 93, 7])
    table = pd.DataFrame({"rare": random.permutation(rare), "level": random.permutation(level)})
    y = table["rare"] + (table["level"] == "c") + 0.1 * random.normal(size=300)
    found = KANRegressor(random_state=0, cv=2).fit(table, y).explain_global()
    chart = chart_overlay(make_overlay(found["rare"]), 12)
    dots = [mark for mark in chart.marks if isinstance(mark, Line) and mark.dots]
    assert [(mark.x.tolist(), mark.alpha) for mark in dots] == [([0.0], 1.0), ([1.0], PALE)]
    assert [text for _, text in chart.x.ticks] == ["0", "1 (15 rows)"]
    levels = {row.name: row for row in chart_overlay(make_overlay(found["level"]), 12).rows}
    assert [levels[name].faded for name in "abc"] == [False, False, True]
    assert levels["c"].count == "7"


def test_the_charts_of_a_card_have_one_scale():
    x = np.random.default_rng(0).uniform(-1, 1, (300, 2))
    model = KANRegressor(random_state=0, cv=2).fit(x, 10 * x[:, 0] + x[:, 1])
    card = model.explain_global()._make_card(output=None)
    assert [drawn.title for drawn in card.charts] == ["x0", "x1"]
    first, second = (drawn.picture.y.ends for drawn in card.charts)
    assert first == pytest.approx(second)
    assert card.source == "Effect of each column"


def test_it_prints_without_controls(browser, pages, tmp_path):
    browser.open(pages / "hostile.html", media="print")
    assert browser.run(f"{MEASURE}(1200)")["controls"] == "none"
    browser.print(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


def test_a_line_names_three_columns_and_counts_the_others():
    rng = np.random.default_rng(0)
    for columns, more in ((3, ""), (4, " and 1 more")):
        x = pd.DataFrame({f"c{k}": rng.normal(size=200) for k in range(columns)})
        told = repr(KANRegressor(cv=2).fit(x, x.sum(axis=1)).explain_global())
        assert re.fullmatch(rf"<Explanation of y: c\d, c\d, c\d{more}>", told), told


def test_beside_many_values_missing_stands_at_one_distance():
    """Only the ticks of few values, which are at the values themselves, need room."""
    random = np.random.default_rng(0)
    values = np.where(random.uniform(size=300) < 0.1, np.nan, random.uniform(size=300))
    for size in (1.0, 1234567.0):
        model = KANRegressor(random_state=0, cv=2).fit(
            pd.DataFrame({"a": size * values}), np.nan_to_num(values)
        )
        chart = chart_overlay(make_overlay(model.explain_global()["a"]), 12)
        (at,) = (place for place, text in chart.x.ticks if text == "missing")
        low, high = (float(end(size * values)) for end in (np.nanmin, np.nanmax))
        assert (at - high) / (high - low) == pytest.approx(0.11, abs=1e-3)


def test_long_names_of_columns_break_after_their_underscores(browser, tmp_path):
    """Not in the middle of a word."""
    random = np.random.default_rng(0)
    names = [f"measurement_of_sensor_{k}_in_degrees" for k in range(3)]
    table = pd.DataFrame(random.normal(size=(200, 3)), columns=names)
    model = KANRegressor(cv=2, random_state=0).fit(table, table.sum(axis=1))
    model.explain_global().save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html", width=390)
    lines = browser.run(
        """[...document.querySelectorAll('.sizes .name')].map(e => {
          const texts = [...e.firstElementChild.childNodes].filter(n => n.nodeType === 3);
          return texts.map(n => { const r = document.createRange(); r.selectNode(n);
            return r.getClientRects().length; }); })"""
    )
    assert len(lines) == 3
    assert all(len(parts) == 6 and {*parts} == {1} for parts in lines)
