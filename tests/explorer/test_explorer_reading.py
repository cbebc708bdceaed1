"""What a first reader of the page must see: plots beside sliders, honest numbers, words, focus."""

import json
import re

import pages
import pytest
import torch
from pages import choose, make_model, make_rows

import edgewise as ew

LIVE = "document.querySelector('.live').textContent"
FOCUS = "(e => e.getAttribute('aria-label') ?? e.textContent)(document.activeElement)"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    x = make_rows()
    y = (x[:, :1].sin() + x[:, 1:2]).double()
    ew.explore(make_model(), x, y, input_names=list("abc"), output_names=["y"]).save(path)
    return path


@pytest.fixture
def page(browser, path):
    browser.open(path)
    pages.settle(browser)
    yield browser
    assert browser.messages == []


NOTE = "document.querySelector('.notes span').textContent"


def read(text):
    return float(text.replace("−", "-"))


# ---- inputs and outputs -------------------------------------------------------------------------


def responses(model, point, low, high, points):
    """The outputs along each input, the others held; (inputs, points)"""
    rows = []
    for i in range(len(point)):
        x = torch.tensor(point, dtype=torch.float64).repeat(points, 1)
        x[:, i] = torch.linspace(float(low[i]), float(high[i]), points, dtype=torch.float64)
        rows.append(torch.cat([model(row[None]) for row in x])[:, 0].detach())
    return torch.stack(rows)


@pytest.mark.parametrize("kind", ["curves", "layer norm", "batch"])
def test_plots_show_the_output_along_each_input(kind, browser, tmp_path):
    makers = {
        "curves": make_model,
        "layer norm": lambda: make_model(norm="layer"),
        "batch": lambda: ew.presets.KALNet([3, 4, 1]),
    }
    model, x = makers[kind]().double().eval(), make_rows().double()
    ew.explore(model, x, input_names=list("abc")).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    browser.run(f"{pages.SESSION}.setPoint(1, 0.9)")
    pages.settle(browser)
    pages.pause(browser, 100)
    point = pages.session(browser, "s.point")
    found = pages.session(browser, "[0, 1, 2].map(i => s.response(i, 0, 7).y)")
    expected = responses(model, point, x.amin(0), x.amax(0), 7)
    assert torch.tensor(found, dtype=torch.float64).allclose(expected, rtol=1e-6, atol=1e-6)
    labels = browser.run("[...document.querySelectorAll('.plot svg')].map(e => e.ariaLabel)")
    order = pages.session(browser, "s.rankedNodes(0)")
    assert [label.split(":")[0] for label in labels] == [f"y along {'abc'[i]}" for i in order]
    for label, i in zip(labels, order, strict=True):
        told = [read(number) for number in re.findall(r"([−\d.e]+) at", label)]
        ends = [float(expected[i, k]) for k in (0, 3, 6)]
        assert told == pytest.approx(ends, abs=0.006 * float(expected.abs().max()))
    assert browser.messages == []


def test_an_edit_moves_the_plots(page):
    plots = "[...document.querySelectorAll('.plot path')].map(e => e.getAttribute('d')).join()"
    pages.pause(page, 100)
    before = page.run(plots)
    choose(page, *pages.session(page, "s.ranked().at(-1)"))
    pages.press_button(page, "Remove")
    pages.pause(page, 100)
    assert before.startswith("M")
    assert page.run(plots) != before


def test_the_network_and_its_sliders_are_in_sight_together(page):
    pages.pause(page, 100)
    box = "(s => JSON.stringify((r => [r.top, r.bottom])(document.querySelector(s)"
    ends = [
        json.loads(page.run(f"{box}.getBoundingClientRect())))('{place}')"))
        for place in (".stage", ".sliders")
    ]
    assert ends[0][0] >= 0
    assert ends[0][1] < ends[1][0]
    assert ends[1][1] <= page.run("innerHeight")


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_errors_stay_in_sight(width, browser, path):
    browser.open(path, width=width, height=800)
    browser.run("scrollTo(0, document.documentElement.scrollHeight)")
    pages.settle(browser)
    top, bottom = json.loads(
        browser.run(
            "(r => JSON.stringify([r.top, r.bottom]))"
            "(document.querySelector('.cost').getBoundingClientRect())"
        )
    )
    assert browser.run("scrollY") > 400
    assert 0 <= top < bottom < 120


# ---- formulas and functions ---------------------------------------------------------------------


def test_hidden_nodes_keep_lines_of_their_own(page):
    lines = "document.querySelectorAll('.formulas .line').length"
    fixes = "s.edges().map(e => s.suggestions(e)[0].edit)"
    page.run(f"(s => s.commitAll({fixes}))({pages.SESSION})")
    pages.settle(page)
    assert page.run(lines) == 1 + 4
    pages.press_button(page, "In terms of the inputs")
    assert page.run(lines) == 1
    assert "h" not in page.run("document.querySelector('.formulas .katex-html').textContent")
    pages.press_button(page, "In terms of the inputs")
    assert page.run(lines) == 1 + 4


def test_what_a_function_would_cost_is_what_it_costs(page):
    """On all rows, of which a curve that is dragged shows fewer."""
    choose(page, 0, 0, 1, functions=True)
    for k in range(3):
        said = page.run(f"document.querySelectorAll('.candidates li p')[{k}].textContent")
        expected = pages.session(page, f"s.suggestions([0, 0, 1])[{k}].cost.loss")
        button = f"document.querySelectorAll('.candidates button')[{k}]"
        page.run(f"{button}.click()")
        assert pages.session(page, "s.cost().now.loss") == pytest.approx(expected, rel=1e-12)
        told = re.match(r"RMSE with it ([\d.]+)", said)[1]
        assert read(told) == pytest.approx(expected, rel=5e-3)
        pages.press_button(page, "Undo")
        page.run(pages.CANDIDATES)
        pages.pause(page, 200)


def test_the_curve_of_fewer_edges_has_the_error_that_the_page_tells(page):
    """Both are of all rows, where the network is small."""
    edit = "s.removal(s.ranked().slice(0, -2), 'threshold')"
    expected = pages.session(page, f"s.costWith({edit}).loss")
    page.run(f"(s => s.commit({edit}))({pages.SESSION})")
    pages.settle(page)
    assert pages.session(page, "s.cost().now.loss") == pytest.approx(expected, rel=1e-12)
    (drawn, gone) = map(int, re.findall(r"\d+", page.run(NOTE)))
    assert (drawn, gone) == (pages.session(page, "s.edges().length"), drawn - 2)


def test_a_function_that_is_fixed_shows_the_numbers_in_use(page):
    """Fitted together, they differ from those that suit the curve best alone."""
    choose(page, 0, 0, 1, functions=True)
    page.run("document.querySelector('.candidates button').click()")
    page.run(
        f"(s => s.exchangeLast({{ ...s.edits.at(-1), c: 3 * s.edits.at(-1).c }}))({pages.SESSION})"
    )
    page.run(pages.CANDIDATES)
    pages.pause(page, 200)
    row = "document.querySelector('.candidates button[aria-pressed=true]').nextSibling"
    rmse = pages.session(page, "s.cost().now.shown.at(-1).value")
    assert page.run(f"{row}.querySelector('p').textContent") == f"in use: RMSE {rmse}"
    size = abs(pages.session(page, "s.edits.at(-1).c"))
    shown = page.run(f"{row}.querySelector('annotation').textContent")
    assert f"{size:.3g}"[:4] in shown


def test_functions_that_are_fixed_together_make_up_for_each_other(page, tmp_path):
    """The numbers of all of them are fitted to the targets; each alone adds its own error."""
    x = make_rows(100, 2)
    y = (x[:, :1].sin() + x[:, 1:]).double()
    ew.explore(make_model([2, 2, 1]), x, y).save(tmp_path / "small.html")
    page.open(tmp_path / "small.html")
    alone = "s.costOf(s.levelsAfter(s.edges().map(e => s.suggestions(e)[0].edit)).levels.at(-1)"
    alone = pages.session(page, f"{alone}, s.before.all).loss")
    pages.press_button(page, "Name all edges")
    page.run(
        f"new Promise(done => {{ const f = () => {pages.SESSION}.edits.length ? done(0) :"
        " setTimeout(f, 20); f(); })"
    )
    together = pages.session(page, "s.cost().now.loss")
    assert together < 0.5 * alone
    assert pages.session(page, "s.edits.every(e => e.do === 'fix')")


@pytest.mark.parametrize(("noise", "first"), [(0.3, "x"), (0.0, "sin")])
def test_a_line_comes_first_where_it_does_nearly_as_well(noise, first, browser, tmp_path):
    model, x = make_model([1, 1]).double(), make_rows(width=1).double()
    knots = torch.linspace(-1.6, 1.6, 60, dtype=torch.float64)
    curve = torch.sin(0.4 * knots)
    edit = {"do": "redraw", "edge": [0, 0, 0], "x": knots.tolist(), "y": curve.tolist()}
    log = {"edgewise_edits": 1, "widths": [1, 1], "edits": [edit]}
    edited = ew.explorer.apply_edits(model, log)
    generator = torch.Generator().manual_seed(3)
    y = edited(x).detach() + noise * torch.randn(300, 1, generator=generator)
    ew.explore(edited, x, y).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    assert pages.session(browser, "s.suggestions([0, 0, 0])[0].name") == first


# ---- numbers ------------------------------------------------------------------------------------


def test_the_header_tells_the_difference(page):
    """With as many digits as show it, and the difference is that of the numbers shown."""
    edit = {"do": "bend", "edge": [0, 0, 0], "x": [-1.5, 0, 1.5], "y": [0, 0.1, 0]}
    page.run(f"{pages.SESSION}.commit({json.dumps(edit)})")
    pages.settle(page)
    shown = page.run("[...document.querySelectorAll('.cost div')].at(-1).textContent")
    assert "was" in shown
    now, change, before = map(
        read, re.fullmatch(r"RMSE([\d.]+) ([+−][\d.]+), was ([\d.]+)", shown).groups()
    )
    assert now != before
    assert now - before == pytest.approx(change, abs=1.01e-4)
    pages.press_button(page, "Undo")
    assert "was" not in page.run("document.querySelector('.cost').textContent")


# ---- removed edges ------------------------------------------------------------------------------


def test_a_removed_edge_is_put_back(page):
    choose(page, 0, 1, 1, functions=True)
    pages.press_button(page, "Remove")
    pages.pause(page, 100)
    edges = "document.querySelector('.pruning p').textContent"
    assert page.run("document.querySelector('.facts').textContent").startswith("Removed")
    assert page.run("document.querySelectorAll('.candidates li, .handle').length") == 0
    assert page.run(f"{pages.button('Remove')} === undefined")
    assert page.run(edges).startswith("15 of 16 edges")
    pages.press_button(page, "Put back")
    assert pages.session(page, "s.edits") == []
    assert page.run(edges).startswith("16 of 16 edges")
    three = pages.session(page, "s.ranked().slice(0, 3)")
    page.run(f"(s => s.commit(s.removal({json.dumps(three)})))({pages.SESSION})")
    choose(page, *three[1])
    pages.press_button(page, "Put back")
    (edit,) = pages.session(page, "s.edits")
    assert edit["edges"] == [three[0], three[2]]
    assert len(edit["constants"]) == 2


# ---- messages and focus -------------------------------------------------------------------------


def test_messages_leave(page):
    page.run("(wait => (window.setTimeout = (f, ms) => wait(f, ms / 4)))(window.setTimeout); 0")
    choose(page, 0, 1, 1)
    pages.press_button(page, "Remove")
    assert page.run(LIVE).startswith("Removed.")
    pages.pause(page, 7000)
    assert page.run(LIVE) == ""


def test_the_focus_stays_where_the_work_is(page):
    choose(page, 0, 1, 1, functions=True)
    pages.enter(page, pages.button("Remove"))
    assert page.run(FOCUS) == "Put back"
    pages.enter(page, pages.button("Put back"))
    page.run(pages.CANDIDATES)
    assert page.run(FOCUS) == "Remove"
    name = page.run("document.querySelectorAll('.candidates button')[2].ariaLabel")
    pages.enter(page, f"document.querySelector('[aria-label={json.dumps(name)}]')")
    pages.pause(page, 300)
    assert page.run(FOCUS) == name
    assert page.run("document.activeElement.textContent") == "Fixed"
    while pages.session(page, "s.canUndo"):
        pages.enter(page, pages.button("Undo"))
    assert page.run(FOCUS) == "Redo"


def test_a_curve_that_rises_already_is_left(page):
    choose(page, 0, 1, 1)
    pages.press_button(page, "Make increasing")
    pages.press_button(page, "Make increasing")
    assert page.run(LIVE) == "This curve is increasing already."
    assert len(pages.session(page, "s.edits")) == 1


# ---- looks --------------------------------------------------------------------------------------


def test_points_are_large_enough_for_a_finger(browser, path):
    browser.open(path, width=390)
    pages.settle(browser)
    sizes = browser.run(
        "[...document.querySelectorAll('.handle')].map(e => e.getBoundingClientRect())"
        ".map(r => Math.min(r.width, r.height))"
    )
    assert len(sizes) == 11
    assert min(sizes) >= 24


CONTRAST = """(g => {
  const s = g.session, [layer, i, o] = s.ranked()[0], c = g.canvas.getContext('2d');
  const at = (x, y) => [...c.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data];
  const light = p => { const [r, n, b] = p.map(v => (v /= 255) <= 0.04045 ? v / 12.92 :
    ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * n + 0.0722 * b; };
  const ratio = (p, q) => (Math.max(p, q) + 0.05) / (Math.min(p, q) + 0.05);
  const a = g.nodeAt(layer, i), b = g.nodeAt(layer + 1, o), back = light(at(3, 3)), found = [];
  for (let t = 0.05; t < 0.95; t += 0.02) {
    const u = 1 - t, m = (a.x + b.x) / 2;
    const x = u ** 3 * a.x + 3 * u * u * t * m + 3 * u * t * t * m + t ** 3 * b.x;
    const y = (u ** 3 + 3 * u * u * t) * a.y + (3 * u * t * t + t ** 3) * b.y;
    found.push(Math.max(...[-1, 0, 1].map(d => ratio(light(at(x, y + d)), back))));
  }
  return found.sort((p, q) => p - q)[found.length >> 2];
})"""


@pytest.mark.parametrize("dark", [False, True])
def test_the_weakest_edge_is_seen(dark, browser, path):
    browser.open(path, dark=dark)
    pages.settle(browser)
    assert browser.run(f"{CONTRAST}({pages.ROOT}.explorer.graph)") > 1.3


def test_the_page_says_how_much_is_drawn(browser, path):
    note = "document.querySelector('.notes span').textContent"
    for width, start in ((1280, "All 16 edges are drawn"), (390, "All 16 edges are drawn, ")):
        browser.open(path, width=width)
        pages.settle(browser)
        assert browser.run(note).startswith(start)
    thumbs = browser.run(f"{pages.ROOT}.explorer.graph.thumbs.length")
    assert f", {thumbs} with their curve" in browser.run(note)
