"""The page of an explanation: alone, names as text, legible in a real browser at any width."""

import base64
import hashlib
import re

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table

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
    assert len(re.findall(r"<p>(?:Raised|Lowered) by ", text)) == 20
    assert re.findall(r"<(h\d)", text)[:4] == ["h1", "h2", "h2", "h3"]


def test_it_prints_without_controls(browser, pages, tmp_path):
    browser.open(pages / "hostile.html", media="print")
    assert browser.run(f"{MEASURE}(1200)")["controls"] == "none"
    browser.print(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 10_000
