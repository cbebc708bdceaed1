"""The page of a discovery: what stands in it, that it needs nothing else, that names are text."""

import html
import itertools
import re
import struct
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import sympy
from made_up_discoveries import long_sum, made_up, rows, wave
from matplotlib.backends.backend_agg import FigureCanvasAgg

from edgewise.charts.marks import Text
from edgewise.discovery import card, report, report_charts, report_data
from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discoveries, Discovery
from edgewise.formula import typeset
from edgewise.formula.expression import Input, Number, add, apply, exact, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.verdict import Verdict
from edgewise.laws import residual_charts
from markup import Page

HOSTILE = [
    "<script>window.executed=1;console.error('ran')</script>",
    '" onload="window.executed=1" x=\'&',
    "$\\frac{1$",
    "a & b",
    "</title></style><img src=x onerror=window.executed=1>",
    "very long " * 40,
    "{{ 7 * 7 }}{% raw %}",
    "\\textbackslash{}\n\x00\x1b",
    "$x$",
    "温度",
]
SECTIONS = [
    "Residuals",
    "Fitted numbers",
    "Short and accurate",
    "How certain is this formula?",
    "What each input does",
    "As a network",
    "To copy",
]


def wave_y():
    return made_up().y


def check_alone(text):
    """It refers to nothing but itself, and nothing runs."""
    page = Page(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "img", "image", "base"}
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(set(ids)) == len(ids)
    for _, attributes in page.tags:
        for key, value in attributes.items():
            assert not key.startswith("on")
            if key in ("src", "href", "xlink:href", "srcset", "data", "action"):
                assert value.startswith("#")
                assert value[1:] in ids
            for target in re.findall(r"url\(([^)]*)\)", value or ""):
                assert target.strip("'\"")[0] == "#"
                assert target.strip("'\"")[1:] in ids
    style = page.texts["style"][0]
    assert "@import" not in style
    assert "url(" not in style
    assert not re.findall(r"https?://", re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", text))
    return page


# ---- what stands in it ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain():
    """A page without anything special, which takes a second to make."""
    return made_up().html()


@pytest.fixture
def _undrawn(monkeypatch):
    """For what stands in words: charts are made and not drawn, which takes most of the time."""

    def label(figure, label, prefix, **settings):
        return f'<svg role="img" aria-label="{html.escape(label)}"></svg>'

    monkeypatch.setattr(report, "embed_figure", label)


@pytest.fixture
def _described_once(monkeypatch):
    """What a page says of a discovery is made once, for all pages that show it in this place."""
    describe, made = report.describe, {}

    def answer(discovery, prefix):
        key = id(discovery), prefix
        if key not in made:
            made[key] = discovery, describe(discovery, prefix)  # kept, so that no id comes again
        return made[key][1]

    monkeypatch.setattr(report, "describe", answer)


def test_every_section_is_there_in_order(plain):
    page = check_alone(plain)
    assert page.texts["h2"] == SECTIONS
    assert page.texts["title"][0] == "y from x0, x1"
    labels = page.labels()
    assert labels[0] == "y = x0**2/2 + 1.2345*sin(2*pi*x1) - 0.75"
    assert labels[1:] == [
        "Observed against predicted",
        "Residuals against predictions",
        "How large residuals are",
        "Residuals against x0",
        "Residuals against x1",
        "Length against error of each formula",
        "y against x0",
        "y against x1",
        "The formula as a network",
    ]
    assert [t for t, _ in page.tags].count("path") > 50


@pytest.mark.parametrize(
    ("kind", "headline", "label"),
    [
        ("exact", "An exact formula for y", "Exact"),
        ("law", "A law for y", "Law, 97 %"),
        ("approximation", "An approximation of y", "Approximation, not a law"),
    ],
)
@pytest.mark.usefixtures("_undrawn")
def test_the_card_says_what_was_found_and_why(kind, headline, label):
    found = made_up(kind=kind, verdict=Verdict(kind, "it is <made> up", probability=0.97))
    page = check_alone(found.html())
    assert page.texts["h1"] == [headline]
    assert page.texts["p"][0] == label
    said = {"exact": "It reproduces every row", "law": "It is <made> up."}
    assert said.get(kind, "Why: it is <made> up.") in page.all()
    classes = [a.get("class") for t, a in page.tags if t == "section"]
    assert classes[0] == f"result {kind}"


@pytest.mark.usefixtures("_undrawn")
def test_where_nothing_was_found_no_formula_is_shown():
    found = made_up(tree=exact(2), kind="approximation", output="risk")
    page = check_alone(found.html())
    assert page.texts["h1"] == ["No formula found for risk"]
    assert page.texts["p"][0] == "No law"
    best = report.format_r2(max(formula.r2 for formula in found.front))
    shown = list(zip(page.texts["dt"], page.texts["dd"], strict=True))
    assert ("R² of the best formula tried", best) in shown
    assert ("R² of the mean, on unseen rows too", report.format_r2(found.winner.r2)) in shown
    assert "useful" not in page.all()
    assert "serve for predictions" not in page.all()
    assert page.texts["h2"] == ["What was tried"]
    assert "pre" not in page.texts
    assert str(found).startswith("no formula found for risk\nR² ")
    assert repr(found).startswith("<Discovery: no formula found for risk;")


@pytest.mark.usefixtures("_undrawn")
def test_two_classes_are_named(monkeypatch):
    drawn = []
    made = report_charts.draw_classes
    monkeypatch.setattr(
        report_charts, "draw_classes", lambda *a: drawn.append(made(*a)) or drawn[-1]
    )
    y = np.sign(made_up().y)
    found = made_up(
        accuracy=0.9, kind="approximation", classes=("benign", "<b>"), output="biopsy", y=y
    )
    page = check_alone(found.html())
    assert page.texts["h1"] == ["biopsy: <b> or benign"]
    assert page.labels()[0] == "<b> where x0**2/2 + 1.2345*sin(2*pi*x1) > 0.75"
    assert "All other rows are benign." in page.all()
    assert [mark.label for mark in drawn[0].marks[:2]] == ["benign", "<b>"]


def test_a_notebook_shows_the_card():
    found = made_up(output="T<i>")
    shown = found._repr_html_()
    page = Page(shown)
    assert page.texts["h3"] == ["A law for T<i>"]
    assert page.texts["figcaption"] == ["Observed against predicted"]
    assert {"script", "link", "img", "body"}.isdisjoint(tag for tag, _ in page.tags)
    both = Discoveries([found, made_up(output="b")])._repr_html_()
    assert Page(both).texts["h3"] == ["A law for T<i>", "A law for b"]
    ids = [a["id"] for _, a in Page(both).tags if "id" in a]
    assert len(set(ids)) == len(ids)
    assert found._repr_latex_() == f"$\\displaystyle {found.winner.latex()}$"
    assert "\n" not in repr(found)
    assert repr(found).startswith("<Discovery: law: T<i> = x0**2/2 + 1.2345*sin(2*pi*x1)")
    assert repr(found.winner).startswith("<Formula: x0**2/2 + ")


@pytest.mark.parametrize(
    "found",
    [
        made_up(probability=0.97),
        made_up(tree=exact(2), kind="approximation"),
        made_up(tree=long_sum(40), kind="approximation"),
        made_up(tree=long_sum(9), names=("$x$", "{{ 7 }}" * 30), output="<b>"),
        made_up(x=np.empty((0, 2)), y=np.empty(0)),
        made_up(accuracy=0.9, kind="approximation", classes=("a" * 90, "b"), y=np.sign(wave_y())),
    ],
    ids=["law", "none", "numeric", "names", "empty", "classes"],
)
def test_the_picture_of_a_card_has_nothing_beyond_its_edges_or_on_its_facts(found, tmp_path):
    figure = found.card(tmp_path / "card.png")
    size = (tmp_path / "card.png").read_bytes()[16:24]
    assert struct.unpack(">II", size) == (1200, 630)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.texts]
    assert all(min(box.x0, box.y0, 1200 - box.x1, 630 - box.y1) >= 0 for box in boxes)
    facts = 0.215 * 630
    assert not [box for box in boxes if box.y0 < facts < box.y1]
    upper = sorted((box for box in boxes if box.y0 > facts and box.x0 < 600), key=lambda b: -b.y1)
    assert all(above.y0 >= below.y1 - 3 for above, below in itertools.pairwise(upper))


@pytest.mark.usefixtures("_undrawn")
def test_fitted_numbers_have_their_standard_errors():
    cells = [cell.strip() for cell in check_alone(made_up().html()).texts["td"][:6]]
    assert cells == ["1.2345", "0.002", "0.16 %", "−0.75", "0.01", "1.3 %"]


@pytest.mark.usefixtures("_undrawn")
def test_the_outputs_name_stands_wherever_the_output_is_meant(monkeypatch):
    """Letters inside of pictures are outlines, so it counts what they are asked to write."""
    asked = []

    def watch(owner, name):
        draw = getattr(owner, name)

        def call(*args, **settings):
            asked.append((name, settings.get("output_names", args[-1])))
            return draw(*args, **settings)

        monkeypatch.setattr(owner, name, call)

    watch(card, "draw_observed")
    watch(report.charts, "draw_curve")
    watch(report, "plot")
    page = check_alone(made_up(output="thrust").html())
    assert page.texts["title"] == ["thrust from x0, x1"]
    assert page.texts["h1"] == ["A law for thrust"]
    assert page.labels()[0].startswith("thrust = x0**2/2 + ")
    assert {"thrust against x0", "thrust against x1"} <= set(page.labels())
    assert asked == [
        ("draw_observed", "thrust"),
        ("draw_curve", "thrust"),
        ("draw_curve", "thrust"),
        ("plot", ["thrust"]),
    ]
    both = Discoveries([made_up(output="thrust"), made_up(output="drag")])
    assert str(both) == "\n".join(map(str, both))
    assert repr(both).count(";") == 1
    texts = Page(both.html()).texts["code"]
    assert [text.split(" = ")[0] for text in texts[:2]] == ["thrust", "drag"]


@pytest.mark.usefixtures("_undrawn")
def test_the_winner_is_the_one_that_is_marked_in_the_chart(monkeypatch):
    asked, draw = [], report.charts.draw_front
    monkeypatch.setattr(report.charts, "draw_front", lambda *a: asked.append(a) or draw(*a))
    found = made_up()
    Page(found.html())
    first = replace(found.front[0], rmse=np.inf)
    Page(replace(found, front=[first, *found.front[1:]]).html())  # which can't be drawn
    lost = replace(found.winner, rmse=np.inf)
    Page(replace(found, front=[found.front[0], lost, found.front[2]], winner=lost).html())
    assert [(len(front), place) for front, place in asked] == [(3, 1), (2, 0), (2, -1)]


@pytest.mark.usefixtures("_undrawn")
def test_of_classes_no_law_is_claimed():
    said = " ".join(check_alone(made_up(accuracy=0.9, classes=(0, 1)).html()).texts["p"])
    assert "look like noise" not in said
    assert "Many formulas draw the same boundary" in said


@pytest.mark.usefixtures("_undrawn")
def test_numbers_of_the_winner():
    page = check_alone(made_up().html())
    facts = dict(zip(page.texts["dt"], page.texts["dd"], strict=True))
    assert facts["RMSE on unseen rows"] == "0.002"
    assert facts["R² on unseen rows"] == "0.9999960"
    assert facts["R² of the best model without a formula"] == "0.990"
    assert (facts["rows"], facts["inputs"]) == ("60", "2")
    assert (facts["seconds"], facts["evaluations"]) == ("1.2", "12,345")
    found = made_up(accuracy=0.9375, classes=(0, 1))
    upper = float(np.mean(found.y > (found.y.min() + found.y.max()) / 2))
    classes = Page(found.html())
    facts = dict(zip(classes.texts["dt"], classes.texts["dd"], strict=True))
    assert facts["accuracy on unseen rows"] == "93.8 %"
    always = f"accuracy of predicting always {int(upper > 0.5)}"
    assert facts[always] == f"{100 * max(upper, 1 - upper):.1f} %"
    assert "R² of the best model without a formula" not in facts


@pytest.mark.usefixtures("_undrawn")
def test_the_front_as_a_table():
    found = made_up()
    page = check_alone(found.html())
    cells = page.texts["td"][6:]
    table = [cells[5 * n : 5 * n + 5] for n in range(3)]
    assert [row[0] for row in table] == ["1", "2 ★", "3"]
    assert [row[1] for row in table] == ["0.5", "0.002", "0.001"]
    assert [row[3] for row in table] == [str(f) for f in found.front]
    assert [row[4] for row in table] == ["10", "20", "30"]
    winners = [a for t, a in page.tags if t == "tr" and a.get("class") == "winner"]
    assert len(winners) == 1


@pytest.mark.usefixtures("_undrawn")
def test_the_probability_and_the_formulas_that_the_rows_hardly_tell_apart():
    said = Page(made_up().html()).all()
    assert "No other formula that was tried is" in said
    assert "with a probability of" not in said
    found = made_up(probability=0.625)
    others = [replace(found.front[2], bits=1000.0 + n) for n in range(15)]
    page = check_alone(replace(found, alternatives=others).html())
    assert "It is the true formula with a probability of 62 %." in page.all()
    assert "These formulas fit about as well, the likeliest first:" in page.all()
    assert "1011" in page.texts["td"]
    assert "1012" not in page.texts["td"]
    assert "and 3 more." in page.all()
    widths = [a["style"] for t, a in page.tags if t == "div" and "%" in a.get("style", "")]
    assert widths == ["width:62.5%"]


@pytest.mark.usefixtures("_undrawn")
def test_texts_to_copy_compute_the_formula():
    found = made_up(names=("lambda", "my col"))
    page = check_alone(found.html())
    kinds = ["Python", "SymPy", "LaTeX", "C", "Excel"]
    texts = dict(zip(kinds, page.texts["pre"], strict=True))
    assert page.texts["h3"][-5:] == kinds
    x = found.x
    safe = found.formula.free_symbols
    assert sympy.sympify(texts["SymPy"]) == found.formula
    values = sympy.lambdify(sorted(safe, key=str), sympy.sympify(texts["SymPy"]))(*x.T)
    np.testing.assert_allclose(values, found.predict(x), rtol=1e-12)
    space = {}
    exec(texts["Python"], space)
    function = next(v for k, v in space.items() if callable(v) and not k.startswith("_"))
    np.testing.assert_allclose(function(*x.T), found.predict(x), rtol=1e-12)
    assert texts["LaTeX"] == found.winner.latex(digits=None)
    assert texts["C"] == found.winner.c()
    assert texts["Excel"] == found.winner.excel()
    assert "A1 is lambda, B1 is my col" in page.all()


@pytest.mark.usefixtures("_undrawn")
def test_names_that_had_to_change_are_listed(plain):
    assert "Names" not in Page(plain).texts["h2"]
    page = check_alone(made_up(names=("lambda", "ok")).html())
    assert page.texts["h2"][-1] == "Names"
    found = made_up(names=("lambda", "ok"))
    (safe,) = {s.name for s in found.formula.free_symbols} - {"ok"}
    assert page.texts["td"][-2:] == [safe, "lambda"]


@pytest.mark.usefixtures("_described_once", "_undrawn")
def test_several_outputs_and_classes():
    both = Discoveries([made_up(output="a"), made_up(output="b<i>", kind="approximation")])
    page = check_alone(both.html())
    assert page.texts["h1"] == ["Formulas for a, b<i>"]
    heads = [text for text in page.texts["h2"] if text not in SECTIONS]
    assert heads == ["A law for a", "An approximation of b<i>"]
    assert [text for text in page.texts["h2"] if text in SECTIONS] == SECTIONS * 2
    assert [a["href"] for t, a in page.tags if t == "a"] == ["#d0", "#d1"]
    three = [both[0], both[1], both[0]]
    page = check_alone(Discoveries(three, ["red", "<b>", 3]).html())
    assert page.texts["h1"][0] == "A formula for each class"
    assert page.texts["a"] == ["red", "<b>", "3"]
    assert "the one whose formula has the greatest value" in page.all()


def test_two_classes_are_drawn_by_their_signs():
    found = made_up(accuracy=0.9, y=np.sign(made_up().y))
    page = check_alone(found.html())
    assert "The two classes" in page.labels()
    assert "Residuals against predictions" not in page.labels()


@pytest.mark.filterwarnings("error")
def test_the_middle_of_two_huge_numbers_is_drawn():
    tree, y = multiply(Number(1e308), wave()), np.where(made_up().y > 0, 1.6e308, 1.5e308)
    page = check_alone(made_up(tree=tree, accuracy=0.9, y=y).html())
    assert "The two classes" in page.labels()


def test_what_cannot_be_drawn_is_said():
    found = made_up(x=np.empty((0, 2)), y=np.empty(0))
    found.front[:] = [found.winner]
    page = check_alone(found.html())
    assert page.labels() == ["y = x0**2/2 + 1.2345*sin(2*pi*x1) - 0.75"]
    assert "As a network" not in page.texts["h2"]
    x, _ = rows(wave())
    x[:, 1] = 1.25  # one value only
    page = check_alone(made_up(x=x).html())
    assert "It is 1.25 in all rows, so there is no curve." in page.all()
    constant = made_up(tree=exact(2))
    page = check_alone(constant.html())
    assert "What each input does" not in page.texts["h2"]


def test_rows_where_the_formula_is_not_defined_are_counted():
    log = apply(LIBRARY["log"], Input(0))
    x, _ = rows(wave())
    x[:7, 0] = -1.0
    found = made_up(tree=log, x=x, y=np.zeros(len(x)))
    page = check_alone(found.html())
    assert "7 rows are left out: the formula has no finite value there." in page.all()
    assert "of the values are not finite and are left out." in page.all()


def test_infinite_and_zero_errors_can_be_drawn():
    found = made_up()
    names = ("x0", "x1")
    found.front[0] = Formula(exact(1), names, 5.0, float("inf"), float("-inf"), 1.0, "inf")
    found.front[2] = Formula(exact(2), names, 50.0, 0.0, 1.0, 0.0, "zero")
    page = check_alone(found.html())
    assert "0" in page.texts["span"]
    assert "nan" not in " ".join(page.texts["td"])
    assert "inf" not in [c.strip() for c in page.texts["td"][:6]]


@pytest.mark.parametrize("scale", [1e-300, 1e-100, 1e-12, 1e12, 1e100, 1e300])
@pytest.mark.filterwarnings("error")
def test_numbers_of_any_size_can_be_drawn(scale):
    tree = multiply(Number(scale), wave())
    found = made_up(tree=tree, y=made_up().y * scale)
    assert len(check_alone(found.html()).labels()) == 10
    x = made_up().x * scale
    found = made_up(tree=multiply(Number(1 / scale), Input(0)), x=x)
    assert "y against x0" in check_alone(found.html()).labels()


@pytest.mark.usefixtures("_described_once")
def test_save_writes_the_page_or_nothing(tmp_path, monkeypatch):
    found = made_up()
    found.save(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == found.html()
    monkeypatch.setattr(Discovery, "html", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found.save(tmp_path / "b.html")
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_the_state_of_pyplot_is_left_alone():
    import matplotlib
    from matplotlib import pyplot

    before, figures = dict(matplotlib.rcParams), pyplot.get_fignums()
    made_up().html()
    assert dict(matplotlib.rcParams) == before
    assert pyplot.get_fignums() == figures


# ---- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 2))
@pytest.mark.usefixtures("_described_once")
@pytest.mark.filterwarnings("error")
def test_names_are_text_and_never_markup(first):
    names = HOSTILE[first : first + 2]
    output = HOSTILE[(first + 3) % len(HOSTILE)]
    found = made_up(names=names, output=output)
    for made in (found.html(), Discoveries([found], ["<b>"]).html()):
        page = check_alone(made)
        for name in (*names, output):
            assert " ".join(name.replace("\x00", "�").split()) in page.all().replace("\x00", "�")


# ---- formulas as pictures ---------------------------------------------------------------------


def set_html(tree, names):
    return typeset.put_on_card(typeset.Statement("y", tree, names), "p").html


def widths_of(picture):
    """In widths of an m."""
    return [float(w) for w in re.findall(r'style="width:([\d.]+)em', picture)]


@pytest.mark.parametrize(
    "tree",
    [
        wave(),
        long_sum(),
        exact(0),
        power(add(*(power(Input(k), exact(k + 2)) for k in range(12))), exact(1, 2)),
        multiply(long_sum(5), power(long_sum(4), exact(-1))),
        apply(LIBRARY["exp"], long_sum(6)),
        multiply(exact(-1), power(Input(0), exact(-1))),
        power(Input(0), Input(1)),
        apply(LIBRARY["abs"], apply(LIBRARY["arctan"], Input(0))),
    ],
    ids=lambda tree: tree.key[:20],
)
def test_no_piece_of_a_formula_is_wider_than_a_phone(tree):
    names = [f"x{k}" for k in range(14)]
    made = typeset.put_on_card(typeset.Statement("y", tree, names), "p")
    picture = made.html
    assert made.meanings == {}
    assert max(widths_of(picture)) <= typeset.ROOM + 2  # signs and brackets come on top
    page = Page(picture)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    used = {a["href"][1:] for t, a in page.tags if t == "use"}
    assert used == set(ids)


def test_a_sum_is_broken_at_its_signs():
    picture = set_html(long_sum(9), ["x0", "x1"])
    assert picture.count("<wbr>") >= 9
    short = set_html(add(Input(0), exact(1)), ["x0"])
    assert short.count("<wbr>") == 2  # y =, x0, + 1


def test_factors_do_not_run_together():
    together = multiply(Input(0), Input(1))
    spaced = set_html(together, ["mass", "speed"])
    close = set_html(Input(0), ["massspeed"])
    assert widths_of(spaced)[1] > widths_of(close)[1] + 0.1


def test_names_that_cannot_be_set_get_others():
    names = ["y", "x0", "v1", "温度", "$x$", "long" * 10, "a\\b", "x^2"]
    short, meanings = typeset.shorten_names(names)
    assert short == ["y", "x0", "v1", "u3", "u4", "u5", "u6", "u7"]
    assert meanings == dict(zip(short[3:], names[3:], strict=True))
    page = check_alone(made_up(names=("温度", "x^2")).html())
    assert "v1 stands for 温度; v2 stands for x^2" in page.all()


@pytest.mark.usefixtures("_undrawn")
def test_what_is_too_long_stands_as_text():
    tree = long_sum(400)
    assert typeset.put_on_card(typeset.Statement("y", tree, ["x0", "x1"]), "p").html is None
    page = check_alone(made_up(tree=tree).html())
    assert f"y = {made_up(tree=tree).winner.brief()}" in page.texts["code"]
    assert page.texts["h1"] == ["A law for y"]
    approximate = check_alone(made_up(tree=long_sum(40), kind="approximation").html())
    assert approximate.texts["h1"] == ["No short formula for y"]
    assert "As a network" not in approximate.texts["h2"]
    assert "It can't be written: expected a formula of at most 8192 characters" in page.all()


# ---- the numbers of the charts ----------------------------------------------------------------


def test_partial_dependence_of_a_sum_is_its_term():
    tree = add(power(Input(0), exact(2)), multiply(exact(3), Input(1)))
    x, _ = rows(tree, count=150)
    formula = Formula(tree, ("a", "b"), 1.0, 0.0, 1.0, 0.0, "")
    curve = report_data.trace_curve(formula, x, 0)
    assert (curve.at[0], curve.at[-1]) == (x[:, 0].min(), x[:, 0].max())
    np.testing.assert_allclose(curve.mean, curve.at**2 + 3 * x[:, 1].mean(), rtol=1e-12)
    low, high = np.quantile(3 * x[:, 1], [0.1, 0.9])
    np.testing.assert_allclose(curve.high - curve.low, high - low, rtol=1e-9)
    assert curve.undefined == 0
    assert set(curve.rug) <= set(x[:, 0])


def test_undefined_values_are_left_out_of_the_mean():
    formula = Formula(apply(LIBRARY["log"], Input(0)), ("a",), 1.0, 0.0, 1.0, 0.0, "")
    curve = report_data.trace_curve(formula, np.linspace(-1, 1, 50)[:, None], 0)
    assert np.isnan(curve.mean[0])
    assert curve.mean[-1] == 0
    assert 0.4 < curve.undefined < 0.6


def test_rows_that_are_drawn_include_the_farthest():
    predicted = np.zeros(5000)
    observed = np.sin(np.arange(5000.0))
    observed[4321] = 50.0
    some = residual_charts.PredictedRows(observed, predicted, 0).some()
    assert len(some.observed) <= residual_charts.MOST_POINTS
    assert 50.0 in some.observed


def test_zero_stands_below_all_others():
    lifted, floor = report_charts.lift_zeros([0.5, 0.0, 0.01, 3e-17])
    np.testing.assert_allclose(lifted, [0.5, 0.001, 0.01, 0.001])
    assert floor == pytest.approx(0.001)
    np.testing.assert_allclose(report_charts.lift_zeros([0.0, 0.0])[0], [0.1, 0.1])
    assert report_charts.lift_zeros([0.5, 0.01])[1] is None


def test_the_axis_of_errors_has_a_tick_0_where_an_error_of_0_stands():
    found = made_up()
    front = [found.front[0], replace(found.front[1], rmse=0.0)]
    chart = report_charts.draw_front(front, 1)
    (at, text), *others = chart.y.choose_ticks()
    assert text == "0"
    assert at == chart.marks[0].y[1]
    assert others
    assert all(value > 2 * at for value, _ in others)


def test_numbers_on_the_chart_of_lengths_do_not_cover_each_other():
    """The winner has its number, and of formulas that are too near to each other one."""
    front = [
        replace(made_up().front[0], bits=bits, rmse=rmse)
        for bits, rmse in ((5.0, 9.0), (40.0, 5.0), (41.0, 4.9), (42.0, 4.8), (80.0, 4.7))
    ]
    chart = report_charts.draw_front(front, 2)
    assert [mark.text for mark in chart.marks if isinstance(mark, Text)] == ["1", "3 ★", "5"]


def test_of_classes_chance_explains_no_smaller_error():
    """There the winner is chosen by its accuracy, not by the errors of the table."""
    said = Page(made_up(accuracy=0.9, classes=(0, 1)).html()).all()
    assert "chance explains that" not in said
    assert "★ is the shortest of the formulas that give the right class most often" in said


def test_the_page_proposes_the_next_measurement():
    found = made_up(kind="approximation", probability=0.66)
    rival = found.front[2]
    page = check_alone(replace(found, alternatives=[rival]).html())
    assert "The next measurement" in page.texts["h3"]
    assert "within the range of the data" in page.all()
    assert "From 90 % on it would be called a law." in page.all()
    assert "The next measurement" not in check_alone(found.html()).all()


def test_fitted_numbers_are_printed_with_their_errors():
    found = made_up()
    tree = add(multiply(Number(1.84, error=0.011), Input(0)), multiply(exact(2), Input(1)))
    winner = replace(found.winner, tree=tree, law=None)
    assert winner.fitted_numbers == [(1.84, 0.011)]
    assert "fitted number: 1.840 ± 0.011" in str(replace(found, winner=winner)).splitlines()


def test_the_page_says_why_a_formula_with_a_larger_error_was_chosen():
    found = made_up()
    longer = "Errors of longer formulas are up to 50 % smaller: chance explains that."
    assert longer in Page(found.html()).all()
    lucky = replace(found.front[1], rmse=1e-4, bits=5.0)
    shorter = replace(found, front=[found.front[0], lucky, found.winner])
    said = Page(shorter.html()).all()
    assert "Number 2 is shorter and its error 95 % smaller, but chance explains" in said
    plain = replace(found.winner, source="blend model")
    of_model = replace(shorter, winner=plain, front=[found.front[0], lucky, plain])
    assert "★ is a model without a formula" in Page(of_model.html()).all()
    best = replace(found, front=found.front[:2])
    assert "smaller" not in Page(best.html()).all()
    same = replace(found.front[-1], rmse=found.winner.rmse * (1 - 1e-9))
    assert "smaller" not in Page(replace(found, front=[*found.front[:2], same]).html()).all()


def test_units_stand_where_their_names_do():
    units = {"mass": "kg", "speed": "m/s^2"}
    found = made_up(names=("mass", "speed"), output="force", units=units, output_unit="N")
    page = check_alone(found.html())
    assert "force in N; mass in kg, speed in m/s²" in page.texts["figcaption"]
    assert "0.002 N" in page.texts["dd"]
    labels = {"mass (kg)", "speed (m/s²)", "observed force (N)", "mean of force (N)"}
    assert labels <= set(page.texts["p"])
    assert page.texts["p"].count("observed − predicted (N)") == 4


def test_errors_of_0_are_words_and_not_a_block():
    found = made_up()
    exact_rows = replace(found, y=found.predict(found.x))
    page = check_alone(exact_rows.html())
    assert "All residuals are 0." in page.all()
    assert "How large residuals are" not in page.texts["h3"]
    near = replace(found, y=found.predict(found.x) * (1 + 2e-16))
    assert ": rounding." in Page(near.html()).all()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.5, "0.500"),
        (1 - 8.7e-5, "0.999913"),
        (1 - 2e-9, "1 − 2e−9"),
        (0.0, "0"),
        (-0.25, "−0.250"),
        (float("-inf"), "—"),
        (float("nan"), "—"),
        (-1e200, "−1e200"),
    ],
)
def test_r2_reads_well(value, text):
    assert report.format_r2(value) == text


# ---- in a real browser ------------------------------------------------------------------------

MEASURE = """(width => ({
  wide: document.documentElement.scrollWidth - width,
  outside: [...document.querySelectorAll("body *")].filter(e => {
    if (e.closest(".table, .drawing, svg, pre")
        && !e.matches(".table, .drawing, :not(.drawing) > svg, pre")) return false;
    const r = e.getBoundingClientRect();
    return r.right > width + .5 || r.left < -.5; }).map(e => e.outerHTML.slice(0, 80)),
  executed: window.executed || 0,
  hidden: [...document.querySelectorAll("figure svg:not(.glyphs)")]
    .filter(e => e.getBoundingClientRect().width < 3).length,
  lines: new Set([...document.querySelectorAll(".formula svg:not(.glyphs)")]
    .map(e => Math.round(e.getBoundingClientRect().bottom / 25))).size,
  back: getComputedStyle(document.body).backgroundColor,
}))"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    found = {
        "long": made_up(tree=long_sum(11), kind="approximation"),
        "hostile": made_up(
            names=HOSTILE, output=HOSTILE[0], tree=long_sum(20, len(HOSTILE)), kind="law"
        ),
        "quiet": made_up(x=np.empty((0, 2)), y=np.empty(0)),
        "classes": Discoveries([made_up(output=n) for n in HOSTILE[:2]], HOSTILE[:2]),
    }
    for name, one in found.items():
        (folder / f"{name}.html").write_text(one.html(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("width", [375, 390, 1200])
@pytest.mark.parametrize("name", ["long", "hostile", "quiet", "classes"])
def test_a_browser_shows_it_without_scrolling_sideways(name, width, browser, pages):
    browser.open(pages / f"{name}.html", width=width, dark=width == 390)
    seen = browser.run(f"{MEASURE}({width})")
    assert seen["wide"] <= 0
    assert seen["outside"] == []
    assert seen["hidden"] == 0
    assert seen["executed"] == 0
    assert browser.messages == []
    assert len(browser.requests) == 1  # the page itself
    assert seen["back"] == ("rgb(25, 26, 28)" if width == 390 else "rgb(255, 255, 255)")


def test_a_browser_breaks_a_long_formula_where_its_lines_end(browser, pages):
    lines = []
    for width in (375, 1200):
        browser.open(pages / "long.html", width=width)
        lines.append(browser.run(f"{MEASURE}({width})")["lines"])
    assert lines[0] > 2 * lines[1] > 4


def test_the_browser_would_notice(browser, tmp_path):
    """What the tests above look for is seen where it is."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<meta name="viewport" content="width=device-width"><body><p style="width:900px">wide</p>'
        "<script>window.executed=1;console.error('ran')</script>"
        "<img src=http://127.0.0.1:9/x.png></body>"
    )
    browser.open(bad, width=390)
    seen = browser.run(f"{MEASURE}(390)")
    assert seen["wide"] > 0
    assert seen["outside"]
    assert seen["executed"] == 1
    assert "ran" in browser.messages
    assert len(browser.requests) == 2


def give_front(winner, *others, accuracy=None):
    """Formulas of a front, the winner among them, by (rmse, bits, source)."""
    made = [
        SimpleNamespace(rmse=rmse, bits=bits, source=source, tree=SimpleNamespace(inputs={0}))
        for rmse, bits, source in (winner, *others)
    ]
    return SimpleNamespace(winner=made[0], front=made, accuracy=accuracy)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], ""),
        ([(2.0, 1, "terms")], ""),
        ([(0.5, 9, "terms")], "Errors of longer formulas are up to 50 % smaller: chance"),
        ([(0.75, 3, "terms")], "Number 2 is shorter and its error 25 % smaller, but chance"),
        (
            [(0.8, 9, "terms"), (0.5, 3, "terms"), (0.6, 2, "terms")],
            "up to 20 % smaller: chance explains that. Number 3 is shorter and its error 50 %",
        ),
    ],
)
def test_why_a_formula_was_chosen_that_others_undercut(others, told):
    text = report._explain_choice(give_front((1.0, 5, "search"), *others))
    assert told in text
    assert bool(text) == bool(told)
    classes = report._explain_choice(give_front((1.0, 5, "search"), *others, accuracy=0.9))
    assert "the two numbers that stand for the classes" in classes
    if len(others) == 1 and "shorter" in told:
        model = report._explain_choice(give_front((1.0, 5, "linear model"), *others))
        assert "partly luck" in model


def test_wide_formulas_are_broken_into_pieces_that_fit_and_are_the_whole():
    setter = SimpleNamespace(width=len)
    text = "exp(v*w + y*sin(v + w + y) + v**2*w)*(v + w*y + y**2)**2*log(v + w + y)/(v*w + y + 1)"
    tree, names = parse_formula(text)
    breaker = typeset._Breaker(setter, names)
    pieces = breaker.pieces(tree)
    assert len(pieces) > 8
    letters = [Counter(re.findall(r"[vwy]", p)) for p in ("".join(pieces), breaker.latex(tree))]
    assert letters[0] == letters[1]
    assert max(map(setter.width, pieces)) < setter.width(breaker.latex(tree)) / 3


@pytest.mark.parametrize(
    ("classes", "title"), [(None, "Formulas for a, b"), ([0, 1], "A formula for each class")]
)
def test_a_page_of_several_formulas_says_of_what_they_are(classes, title):
    page = report.page([made_up(output=name) for name in "ab"], classes)
    assert f"<h1>{title}</h1>" in page
    assert "<title>a, b from " in page


def test_an_outline_has_as_many_points_as_each_part_of_a_curve_needs():
    """M and L one, Q two, C three; anything else closes the path."""
    codes = [1, 2, 3, 3, 4, 4, 4, 2, 79]
    points = [(k, k + 0.5) for k in range(len(codes))]
    ends = "M0 0.5L1 1.5Q2 2.5 3 3.5C4 4.5 5 5.5 6 6.5L7 7.5Z"
    assert typeset._outline(points, codes) == ends
    assert typeset._outline(points, codes, -1) == re.sub(r" (\d+\.5)", r" -\1", ends)


def test_each_text_of_a_card_has_its_colour():
    from edgewise.charts.card import TONES, Card
    from edgewise.charts.style import GREY, INK

    for style, tone in TONES.items():
        figure = Card("stamp", style, "headline", "source", "meaning", facts={"fact": "7"}).figure()
        colours = {t.get_text(): t.get_color() for t in figure.texts}
        assert colours == {
            "stamp": tone, "headline": INK, "source": GREY, "meaning": INK, "7": INK, "fact": GREY,
        }  # fmt: skip
