"""The page as people use it, in real headless Chromium: every control, at every width, alone."""

import json
import re

import pages
import pytest
import torch
from pages import WIDTHS, choose, make_model, make_rows

import edgewise as ew
from edgewise.data.rows import pick_evenly
from edgewise.explorer.page import read_static

HOSTILE = [
    "<script>window.executed=1;console.error('ran')</script>",
    '" onload="window.executed=1" x=\'&',
    "</script></title></style><img src=x onerror=window.executed=1>",
    "$\\frac{1$ \\href{javascript:window.executed=1}{x} ^_%#&~{}",
    "very long " * 20,
    "温度 \u202e\x00\n",
]


@pytest.fixture(scope="module")
def model():
    return make_model()


@pytest.fixture(scope="module")
def path(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    x = make_rows()
    y = (x[:, :1].sin() + x[:, 1:2]).double().detach()
    names = ["heat", "flow", "time"]
    ew.explore(model, x, y, input_names=names, output_names=["gain"]).save(path)
    return path


@pytest.fixture
def page(browser, path):
    browser.open(path)
    pages.settle(browser)
    yield browser
    assert browser.messages == []
    assert [r for r in browser.requests if not r.startswith(("file:", "data:", "blob:"))] == []


def check_python_agrees(page, model):
    """The log makes the same network in Python, on the rows that the page shows."""
    log = pages.session(page, "s.log()")
    x = torch.tensor(pages.session(page, "s.rows.levels[0].map(c => [...c])"), dtype=torch.float64)
    found = pages.session(page, "s.outputs.map(c => [...c])")
    expected = ew.explorer.apply_edits(model, log)(x.T)
    assert torch.tensor(found, dtype=torch.float64).T.allclose(expected, rtol=0, atol=1e-6)
    return log["edits"]


def edits(page):
    return pages.session(page, "s.edits")


# ---- each interaction ---------------------------------------------------------------------------


def type_label(page, place, text):
    """Types the name of a hidden node, the one at that place of the list, and leaves the field."""
    field = f"document.querySelectorAll('.label-fields input')[{place}]"
    page.run(f"{field}.focus(); {field}.select()")
    page.call("Input.insertText", text=text)
    page.run(f"{field}.blur()")
    pages.settle(page)


def test_hidden_nodes_are_named(page, model, tmp_path):
    order = pages.session(page, "s.rankedNodes(1)")
    type_label(page, 0, HOSTILE[0][:70])
    type_label(page, 0, "heat flow")
    (_, label) = check_python_agrees(page, model)
    assert label == {"do": "label", "node": [1, order[0]], "text": "heat flow"}
    options = page.run("[...document.querySelector('.edge select').options].map(o => o.text)")
    assert "heat flow → gain" in options
    assert "heat flow" in page.run("document.querySelector('.formulas').textContent")
    listed = page.run("[...document.querySelectorAll('.edits li')].map(e => e.textContent)")
    assert listed[1] == f"Named h{'₀₁₂₃'[order[0]]} heat flow"
    assert page.run("window.executed") is None
    edited = ew.explorer.apply_edits(model, pages.session(page, "s.log()"))
    ew.explore(edited, make_rows()).save(tmp_path / "again.html")
    for _ in range(2):
        pages.press_button(page, "Undo")
    assert edits(page) == []
    assert page.run("document.querySelector('.label-fields input').value") == ""
    page.open(tmp_path / "again.html")
    pages.settle(page)
    assert page.run("document.querySelector('.label-fields input').value") == "heat flow"


def test_a_network_of_one_layer_has_no_nodes_to_name(browser, tmp_path):
    ew.explore(make_model([3, 1]), make_rows()).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    assert browser.run("document.querySelector('.labels')") is None
    assert browser.messages == []


def test_a_point_is_dragged(page, model):
    choose(page, 0, 1, 2)
    before = pages.session(page, "s.curve([0, 1, 2]).y")
    handle = pages.centre(page, ".handle", 5)
    pages.drag(page, handle, (handle[0], handle[1] - 40))
    (edit,) = check_python_agrees(page, model)
    assert edit["do"] == "bend"
    assert [k for k, v in enumerate(edit["y"]) if v] == [5]
    assert edit["y"][5] > 0
    after = pages.session(page, "s.curve([0, 1, 2]).y")
    assert after[32] - before[32] == pytest.approx(edit["y"][5], rel=1e-6)
    assert after[0] == pytest.approx(before[0])
    now = pages.centre(page, ".handle", 5)
    assert now[0] == pytest.approx(handle[0], abs=1)
    assert "was" in page.run("document.querySelector('.cost').textContent")


def test_the_network_follows_while_a_point_is_dragged(page):
    choose(page, 0, 1, 2)
    x, y = pages.centre(page, ".handle", 5)
    outputs = pages.session(page, "[...s.outputs[0]].slice(0, 3)")
    path = page.run("document.querySelector('.editor .curve').getAttribute('d')")
    pages.mouse(page, "mouseMoved", x, y)
    pages.mouse(page, "mousePressed", x, y, 1)
    pages.mouse(page, "mouseMoved", x, y - 50, 1)
    pages.settle(page)
    assert pages.session(page, "s.trial.do") == "bend"
    assert pages.session(page, "[...s.outputs[0]].slice(0, 3)") != outputs
    assert page.run("document.querySelector('.editor .curve').getAttribute('d')") != path
    assert edits(page) == []
    pages.mouse(page, "mouseReleased", x, y - 50)
    pages.settle(page)
    assert len(edits(page)) == 1


def test_a_point_is_moved_by_keys(page, model):
    choose(page, 1, 2, 0)
    page.run("document.querySelectorAll('.handle')[3].focus()")
    for _ in range(3):
        pages.press(page, "ArrowUp")
    (edit,) = check_python_agrees(page, model)
    assert edit["do"] == "bend"
    assert edit["y"][3] > 0
    assert page.run("document.activeElement.getAttribute('aria-label')").startswith("Curve at")
    pages.press(page, "PageDown")
    assert edits(page)[0]["y"][3] < edit["y"][3]


@pytest.mark.parametrize(("text", "sign"), [("Make increasing", 1), ("Make decreasing", -1)])
def test_a_curve_is_made_monotone(text, sign, page, model):
    choose(page, 0, 0, 0)
    pages.press_button(page, text)
    check_python_agrees(page, model)
    y = torch.tensor(pages.session(page, "s.curve([0, 0, 0]).y"))
    assert (sign * y.diff()).min() >= -1e-9


def test_a_curve_is_clipped(page, model):
    choose(page, 0, 2, 1)
    page.run(
        "((a, b) => { a.value = '-0.05'; b.value = '0.02'; })"
        "(...document.querySelectorAll('.clip input'))"
    )
    pages.press_button(page, "Clip")
    (edit,) = check_python_agrees(page, model)
    assert (edit["low"], edit["high"]) == (-0.05, 0.02)
    y = pages.session(page, "s.curve([0, 2, 1]).y")
    assert min(y) >= -0.05
    assert max(y) <= 0.02


def test_an_edge_is_removed_undone_and_removed_again(page, model):
    first = pages.session(page, "s.outputs.map(c => [...c])")
    choose(page, 0, 1, 1)
    pages.press_button(page, "Remove")
    (edit,) = check_python_agrees(page, model)
    assert edit["edges"] == [[0, 1, 1]]
    removed = pages.session(page, "s.outputs.map(c => [...c])")
    assert removed != first
    pages.press_button(page, "Undo")
    assert pages.session(page, "s.outputs.map(c => [...c])") == first
    pages.press_button(page, "Redo")
    assert pages.session(page, "s.outputs.map(c => [...c])") == removed
    pages.press_button(page, "Start over")
    assert pages.session(page, "s.outputs.map(c => [...c])") == first


def test_functions_are_fixed_and_the_formula_follows(browser, tmp_path):
    model, x = make_model([2, 2, 1]), make_rows(width=2)
    names = {"input_names": ["heat", "flow"], "output_names": ["gain"]}
    ew.explore(model, x, x.sum(1), **names).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    formula = "document.querySelector('.formulas .lines').textContent"
    assert "f(flow→h" in browser.run(formula)
    for edge in pages.session(browser, "s.edges()"):
        choose(browser, *edge, functions=True)
        assert browser.run("document.querySelectorAll('.candidates li').length") >= 4
        browser.run("document.querySelector('.candidates li button').click()")
    pages.settle(browser)
    found = check_python_agrees(browser, model)
    assert [edit["do"] for edit in found] == ["fix"] * 6
    text = browser.run(formula)
    assert "→" not in text
    assert all(name in text for name in ("heat", "flow", "gain"))
    assert browser.run("document.querySelectorAll('.katex-error').length") == 0
    assert ew.explorer.apply_edits(model, pages.session(browser, "s.log()")).symbolic().is_symbolic
    assert browser.messages == []


def test_all_edges_are_named_at_once(page, model):
    """One step of undo; every curve gets the function that heads its list."""
    choose(page, 0, 1, 2, functions=True)
    first = page.run("document.querySelector('.candidates button').getAttribute('aria-label')")
    pages.press_button(page, "Name all edges")
    page.run(
        f"new Promise(done => {{ const f = () => {pages.SESSION}.edits.length ? done(0) :"
        " setTimeout(f, 20); f(); })"
    )
    made = check_python_agrees(page, model)
    assert len(made) == 3 * 4 + 4 * 1
    assert {edit["do"] for edit in made} == {"fix"}
    names = {tuple(edit["edge"]): edit["function"] for edit in made}
    assert first == f"Fix {names[0, 1, 2]}"
    assert "edges named" in page.run("document.querySelector('.live').textContent")
    assert page.run(f"{pages.button('Name all edges')}.hidden")
    pages.press_button(page, "Undo")
    assert edits(page) == []


def test_a_tour_stops_at_each_panel_and_gives_the_focus_back(page):
    start = "[...document.querySelectorAll('header button')].at(-1)"
    page.run(f"{start}.click()")
    seen = []
    for _ in range(5):
        seen.append(page.run("document.querySelector('.toured').getAttribute('aria-label')"))
        box = json.loads(
            page.run(
                "JSON.stringify((r => [r.top, innerHeight - r.bottom])"
                "(document.querySelector('.tour').getBoundingClientRect()))"
            )
        )
        assert min(box) >= 0
        if len(seen) < 5:
            page.run("document.activeElement.click()")
    pages.press(page, "Escape")
    assert seen == ["Network", "Inputs and outputs", "Edge", "Formula", "Edits"]
    assert page.run("document.querySelector('.tour, .toured') === null")
    assert page.run(f"document.activeElement === {start}")


def test_a_large_network_is_drawn_by_its_strongest_nodes_and_layer_by_layer(browser, tmp_path):
    """README's network of 50,816 edges."""
    model = make_model([784, 64, 10])
    x = torch.rand(400, 784, generator=torch.Generator().manual_seed(2))
    explorer = ew.explore(model, x, torch.arange(400) % 10)
    explorer.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size < 6e6
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    graph = "document.getElementById('edgewise-explorer').explorer.graph"
    drawn = json.loads(browser.run(f"JSON.stringify({graph}.nodes.map(l => Object.keys(l)))"))
    assert [len(level) for level in drawn] == [40, 40, 10]
    scores = ew.attribute(model, x).edges[0].sum(1)
    strongest = sorted(scores.topk(40).indices.tolist())
    assert sorted(map(int, drawn[0])) == strongest
    choice = "document.querySelector('[aria-label=\"Which layers are drawn\"]')"
    browser.run(f"({choice}.value = 2, {choice}.dispatchEvent(new Event('change')))")
    pages.settle(browser)
    drawn = json.loads(browser.run(f"JSON.stringify({graph}.nodes.map(l => Object.keys(l)))"))
    assert [len(level) for level in drawn] == [0, 40, 10]
    assert browser.run("document.querySelectorAll('.slider').length") == 40
    browser.run(f"{pages.SESSION}.commit({pages.SESSION}.removal([[0, {strongest[0]}, 0]]))")
    (edit,) = check_python_agrees(browser, model)
    shown = x[torch.from_numpy(pick_evenly(400, 300_000 // 784))]
    constant = model.stack()[0].edge_values(shown)[..., strongest[0], 0].mean().detach()
    assert edit["constants"] == [pytest.approx(float(constant), rel=1e-4)]
    assert browser.messages == []


def test_a_candidate_shows_before_it_is_fixed(page):
    choose(page, 0, 0, 0, functions=True)
    assert not page.run("document.querySelectorAll('.curve.preview').length")
    page.run("document.querySelector('.candidates li button').focus()")
    assert page.run("document.querySelectorAll('.curve.preview').length") == 1
    assert edits(page) == []


def test_the_threshold_prunes_and_tells_the_cost(page, model):
    slide = (
        "(s => {{ s.value = {0}; s.dispatchEvent(new Event('input')); }})"
        "(document.querySelector('.pruning input'))"
    )
    page.run(slide.format(9))
    pages.settle(page)
    assert pages.session(page, "s.trial.edges.length") == 7
    assert edits(page) == []
    page.run("document.querySelector('.pruning input').dispatchEvent(new Event('change'))")
    pages.settle(page)
    (edit,) = check_python_agrees(page, model)
    kept = pages.session(page, "s.ranked().slice(7)")
    assert len(edit["edges"]) == 7
    assert not [e for e in edit["edges"] if e in kept]
    text = page.run("document.querySelector('.pruning p').textContent")
    assert text.startswith("The 9 most important of 16 edges")
    assert "RMSE" in text
    # further along, it takes the place of what it was
    page.run(slide.format(4))
    pages.settle(page)
    page.run("document.querySelector('.pruning input').dispatchEvent(new Event('change'))")
    (edit,) = check_python_agrees(page, model)
    assert len(edit["edges"]) == 12
    page.run(slide.format(16))
    pages.settle(page)
    page.run("document.querySelector('.pruning input').dispatchEvent(new Event('change'))")
    assert edits(page) == []


COST = "document.querySelector('.cost').textContent"


def press_slider(page, key, times):
    """Keys on the slider of edges, as fast as the keyboard repeats them."""
    page.run("document.querySelector('.pruning input').focus()")
    for _ in range(times):
        for kind in ("keyDown", "keyUp"):
            code = {"ArrowLeft": 37, "ArrowRight": 39}[key]
            page.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )
    pages.settle(page)


def test_keys_on_the_threshold_leave_the_errors_of_all_rows(page):
    """An edit on trial that waits for its frame doesn't come after the one that is kept."""
    press_slider(page, "ArrowLeft", 5)
    assert len(edits(page)[0]["edges"]) == 5
    assert pages.session(page, "s.trial") is None
    shown = page.run(COST)
    page.run(f"{pages.SESSION}.attempt(null)")
    pages.settle(page)
    assert page.run(COST) == shown
    assert f"RMSE {pages.session(page, 's.cost().now.shown.at(-1).value')}" in page.run(
        "document.querySelector('.pruning p').textContent"
    )
    pages.press_button(page, "Undo")
    assert edits(page) == []


def test_start_over_and_a_loaded_log_are_undone(page):
    choose(page, 0, 1, 1)
    pages.press_button(page, "Make increasing")
    pages.press_button(page, "Remove")
    before = edits(page)
    pages.press_button(page, "Start over")
    assert edits(page) == []
    pages.press_button(page, "Undo")
    assert edits(page) == before
    pages.press_button(page, "Redo")
    assert edits(page) == []
    pages.press_button(page, "Undo")
    clip = {"do": "clip", "edge": [0, 0, 0], "low": 0, "high": 1}
    page.run(f"document.querySelector('.log textarea').value = {json.dumps(log_with(clip))}")
    pages.press_button(page, "Load this text")
    assert edits(page) == [clip]
    pages.press_button(page, "Undo")
    assert edits(page) == before
    pages.press_button(page, "Undo")
    assert edits(page) == before[:1]


@pytest.mark.parametrize("width", [390, 1280])
def test_messages_are_in_sight_of_the_button(width, browser, path):
    browser.open(path, width=width, height=700)
    pages.settle(browser)
    browser.run("document.querySelector('.log details').open = true")
    browser.run("document.querySelector('.log textarea').value = '{'")
    pages.click(browser, ".log button", 2)
    place = "(r => JSON.stringify([r.top, r.bottom, innerHeight]))"
    top, bottom, height = json.loads(
        browser.run(f"{place}(document.querySelector('.live').getBoundingClientRect())")
    )
    assert 0 <= top < bottom <= height
    pages.press_button(browser, "Make increasing")
    assert "log" not in browser.run("document.querySelector('.live').textContent")


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_cells_of_functions_do_not_overlap(width, browser, path):
    browser.open(path, width=width)
    choose(browser, 0, 1, 2, functions=True)
    covered = """(() => { let found = [];
      for (const row of document.querySelectorAll('.candidates li')) {
        const range = document.createRange();
        const spans = ['button', '.katex-html', 'p'].map(c => row.querySelector(c)).map(c =>
          (range.selectNodeContents(c), range.getBoundingClientRect()));
        const [button, formula, numbers] = spans;
        if (formula.left < button.right || numbers.top < formula.bottom) found.push('over');
        const box = row.closest('.panel').getBoundingClientRect();
        spans.forEach(r => r.right > box.right && found.push('out: ' + row.textContent));
      } return found.join(); })()"""
    assert browser.run(covered) == ""


def test_sliders_move_the_point(page, model):
    page.run(
        "(s => { s.value = 1000; s.dispatchEvent(new Event('input')); })"
        "(document.querySelector('.sliders input'))"
    )
    pages.settle(page)
    point = torch.tensor([pages.session(page, "s.point")])
    assert point.max() == pytest.approx(float(make_rows().max()), abs=0.02)
    answer = float(
        page.run("document.querySelector('.answers output').textContent").replace("−", "-")
    )
    assert answer == pytest.approx(float(model(point).detach()), rel=1e-3)


def test_the_pointer_finds_edges_and_nodes(page):
    spots = json.loads(
        page.run(
            f"(g => {{ g.canvas.scrollIntoView({{block: 'center'}});"
            " const r = g.canvas.getBoundingClientRect(); const e = g.spotOf([0, 1, 2]);"
            " const n = g.nodeAt(1, 2); return JSON.stringify("
            f"[[r.x + e.x, r.y + e.y], [r.x + n.x, r.y + n.y]]); }})({pages.ROOT}.explorer.graph)"
        )
    )
    tip = "document.querySelector('.tip').hidden ? '' : document.querySelector('.tip').textContent"
    pages.mouse(page, "mouseMoved", *spots[1])
    pages.settle(page)
    assert "h₂" in page.run(tip)
    assert "importance" in page.run(tip)
    pages.mouse(page, "mouseMoved", *spots[0])
    pages.settle(page)
    assert re.search(r"(heat|flow|time) → h", page.run(tip))
    assert page.run("document.querySelectorAll('.tip .density rect').length") == 40
    pages.mouse(page, "mousePressed", *spots[0], 1)
    pages.mouse(page, "mouseReleased", *spots[0])
    pages.settle(page)
    assert pages.session(page, "s.chosen")[0] == 0


def test_the_network_by_keys(page):
    page.run("document.querySelector('.stage canvas').focus()")
    first = pages.session(page, "s.chosen")
    assert first == pages.session(page, "s.ranked().at(-1)")
    pages.press(page, "ArrowDown")
    assert pages.session(page, "s.chosen") == pages.session(page, "s.ranked().at(-2)")
    assert "importance" in page.run("document.querySelector('.live').textContent")
    picture = "document.querySelector('.stage canvas').toDataURL()"
    before = page.run(picture)
    pages.press(page, "+")
    assert page.run(picture) != before
    pages.press(page, "0")
    assert page.run(picture) == before


def test_the_network_is_panned_and_zoomed(page):
    x, y = pages.centre(page, ".stage canvas")
    node = f"(n => JSON.stringify([n.x, n.y]))({pages.ROOT}.explorer.graph.nodeAt(0, 0))"
    before = json.loads(page.run(node))
    pages.drag(page, (x, y + 120), (x + 30, y + 160))
    after = json.loads(page.run(node))
    assert after == pytest.approx([before[0] + 30, before[1] + 40], abs=1)
    page.run("document.querySelector('.stage canvas').focus()")
    page.call("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=-200)
    pages.settle(page)
    assert json.loads(page.run(node)) != after


def test_a_log_goes_out_and_comes_back(page, model):
    choose(page, 0, 0, 3)
    pages.press_button(page, "Make increasing")
    pages.press_button(page, "Remove")
    text = page.run("document.querySelector('.log textarea').value")
    assert json.loads(text) == pages.session(page, "s.log()")
    outputs = pages.session(page, "s.outputs.map(c => [...c])")
    pages.press_button(page, "Start over")
    page.run(f"document.querySelector('.log textarea').value = {json.dumps(text)}")
    pages.press_button(page, "Load this text")
    assert pages.session(page, "s.outputs.map(c => [...c])") == outputs
    check_python_agrees(page, model)


def log_with(edit):
    return json.dumps({"edgewise_edits": 1, "widths": WIDTHS, "edits": [edit]})


NAMELESS = {"do": "fix", "edge": [0, 0, 0], "function": "constructor"} | dict.fromkeys("abcd", 1)
FAR = {"do": "clip", "edge": [9, 0, 0], "low": 0, "high": 1}
OTHER = json.dumps({"edgewise_edits": 1, "widths": [9], "edits": []})


def test_a_damaged_log_is_refused_in_words(page):
    live = "document.querySelector('.live').textContent"
    for text in ("{", "[]", OTHER, log_with(NAMELESS), log_with(FAR)):
        page.run(f"{live} = ''")
        page.run(f"document.querySelector('.log textarea').value = {json.dumps(text)}")
        pages.press_button(page, "Load this text")
        assert re.match("This|Edit 0", page.run(live)), text
        assert edits(page) == []


def test_everything_has_a_name_for_screen_readers(page):
    nameless = page.run(
        "[...document.querySelectorAll('button, input, select, textarea, canvas, [role=slider]')]"
        ".filter(e => !(e.ariaLabel || e.textContent.trim() || e.closest('label')?.textContent"
        " || e.title)).map(e => e.outerHTML.slice(0, 80)).join()"
    )
    assert nameless == ""
    assert page.run("document.querySelectorAll('h1').length") == 1
    assert page.run("document.querySelector('.live').getAttribute('aria-live')") == "polite"
    assert page.run("document.querySelectorAll('.formulas math').length") == 5


# ---- data of other kinds ------------------------------------------------------------------------


def test_scaled_columns_are_shown_as_they_were(browser, tmp_path):
    from sklearn.preprocessing import StandardScaler

    columns = make_rows().double().numpy() * [10, 2, 300] + [50, 0, 1000]
    scaler, target = StandardScaler().fit(columns), StandardScaler().fit(columns[:, :1] * 7)
    model = make_model().double()
    y = target.transform(columns[:, :1] * 7)
    x = scaler.transform(columns)
    ew.explore(model, x, y, scaler=scaler, output_scaler=target).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    assert pages.session(browser, "s.toUnits(0, 2, s.rows.levels[0][2][0])") == pytest.approx(
        columns[0, 2]
    )
    expected = target.inverse_transform(model(torch.from_numpy(x)).detach().numpy())
    rmse = ((expected - columns[:, :1] * 7) ** 2).mean() ** 0.5
    assert pages.session(browser, "s.cost().now.loss") == pytest.approx(rmse)
    assert browser.messages == []


def test_classes(browser, tmp_path):
    model, x = make_model([3, 4, 3]), make_rows()
    y = torch.arange(300) % 3
    ew.explore(model, x, y).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    loss = ew.evaluate(model, x, y)["loss"]
    assert pages.session(browser, "s.cost().now.loss") == pytest.approx(loss, rel=1e-5)
    accuracy = float((model(x).argmax(1) == y).double().mean())
    shown = pages.session(browser, "s.cost().now.shown[0].value")
    assert float(shown.split()[0]) == pytest.approx(100 * accuracy, abs=0.06)
    facts = browser.run("document.querySelector('header .title p').textContent")
    assert facts.endswith("300 rows, 33.3 % of them in the largest class; scores on these rows")
    assert browser.messages == []


@pytest.mark.parametrize(("inputs", "cut"), [(8, False), (9, True)])
def test_a_few_sliders_are_all_in_sight(inputs, cut, browser, tmp_path):
    """On a phone, too; of more the list scrolls by itself."""
    model = make_model([inputs, 2, 1])
    ew.explore(model, make_rows(width=inputs)).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html", width=390)
    hidden = browser.run(
        "(e => e.scrollHeight - e.clientHeight)(document.querySelector('.sliders'))"
    )
    assert (hidden > 1) == cut


def test_without_targets_it_tells_what_changed(browser, tmp_path):
    ew.explore(make_model(), make_rows()).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    (measure,) = pages.session(browser, "s.cost().now.shown")
    assert (measure["name"], measure["value"]) == ("Change", "0 %")
    choose(browser, 1, 0, 0)
    pages.press_button(browser, "Remove")
    assert pages.session(browser, "s.cost().now.loss") > 0
    assert browser.messages == []


def test_a_norm_that_mixes_says_so(browser, tmp_path):
    ew.explore(make_model(norm="layer"), make_rows()).save(tmp_path / "page.html")
    browser.open(tmp_path / "page.html")
    pages.settle(browser)
    assert "ew.surgery.unmix" in browser.run("document.querySelector('.facts').textContent")
    assert browser.run(f"{pages.button('Make increasing')}.disabled")
    pages.press_button(browser, "Remove")
    check_python_agrees(browser, make_model(norm="layer"))
    assert browser.messages == []


# ---- looks and safety ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "page.html"
    model = make_model([6, 3, 2])
    x = make_rows(60, 6)
    names = {"input_names": HOSTILE, "output_names": HOSTILE[2:4]}
    fix = {"do": "fix", "edge": [0, 0, 0], "function": "1/x", "a": 1, "b": 3, "c": 1, "d": 0}
    log = {"edgewise_edits": 1, "widths": [6, 3, 2], "edits": [fix]}
    ew.explore(ew.explorer.apply_edits(model, log), x, model(x).detach(), **names).save(path)
    return path


@pytest.mark.parametrize(("width", "dark"), [(360, False), (768, True), (1440, False)])
def test_hostile_names_stay_text_at_every_width(width, dark, browser, hostile):
    browser.open(hostile, width=width, dark=dark)
    pages.settle(browser, 6)
    assert browser.messages == []
    assert browser.run("window.executed") is None
    assert browser.run("document.querySelectorAll('img, script:not([id]):not([type])').length") == 0
    assert browser.run("document.querySelector('h1').textContent").startswith("</script></title>")
    assert browser.run("document.querySelectorAll('.katex-error').length") == 0
    assert browser.run("document.querySelectorAll('.formulas a').length") == 0
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_the_page_is_alone(path):
    text = path.read_text(encoding="utf-8")
    head = text[: text.index('<script type="application/json"')]
    assert "default-src 'none'" in head
    assert not re.findall(r"url\((?!data:)", head)
    assert "@import" not in head
    assert "</script" not in read_static("explorer.js").lower()


def test_a_notebook_shows_the_same(browser, tmp_path, model):
    code = json.dumps(read_static("explorer.js")).replace("<", "\\u003c")
    page = tmp_path / "cell.html"
    page.write_text(f"<!doctype html><div id=cell></div><script>const code = {code};</script>")
    explorer = ew.explore(model, make_rows())
    browser.open(page)
    browser.run(
        "import(URL.createObjectURL(new Blob([code], {type: 'text/javascript'}))).then(m => {"
        f" const state = {{payload: {json.dumps(explorer._payload)}, log: {{}}}};"
        " window.state = state; window.hear = {};"
        " m.default.render({el: document.getElementById('cell'), model: {get: n => state[n],"
        " set: (n, v) => { state[n] = v; }, save_changes() {}, on: (e, f) => hear[e] = f}}); })"
    )
    pages.settle(browser)
    pages.press_button(browser, "Remove")
    log = json.loads(browser.run("JSON.stringify(state.log)"))
    assert len(log["edits"]) == 1
    assert ew.explorer.apply_edits(model, log)(make_rows()).isfinite().all()
    explorer.widget.log = log
    assert explorer.edited().log() == ew.explorer.apply_edits(model, log).log()
    browser.run("state.log = {...state.log, edits: []}; hear['change:log']()")
    assert browser.run("document.querySelectorAll('.edits li').length") == 0
    assert browser.messages == []
