"""The page of a discovery: what stands in it, that it needs nothing else, that names are text."""

import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
import sympy
import torch

from edgewise.discovery import Discovery, Formula, discover
from edgewise.discovery.report import identifiers, python_source
from edgewise.discovery.typeset import formula_svg, latex, name_latex, svg
from edgewise.symbolic import LIBRARY, SymbolicKAN
from edgewise.symbolic.formula import rounded
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicLayer
from edgewise.symbolic.report import Report

F64 = torch.float64
HOSTILE = ["<script>alert(1)</script>", 'a" onload="x', "$\\frac{1", "a & b"]
VOID = {"meta", "br", "img", "hr", "input", "link"}


def model(function="sin", names=("x0", "x1"), c=2.5):
    """c f(x0) + x1²."""
    edges = [Edge(0, 0, LIBRARY[function], 1.0, 0.0, c), Edge(1, 0, LIBRARY["x^2"], 1.0, 0.0, 1.0)]
    layer = SymbolicLayer(SymbolicEdges(2, torch.zeros(1, dtype=F64), edges))
    return SymbolicKAN([layer], input_names=names)


def made_up(names=("x0", "x1"), output="y", **changes):
    """A result with known numbers: the winner is the second of three."""
    front = []
    for n, (function, rmse) in enumerate([("x", 0.5), ("sin", 2e-3), ("exp", 1e-3)]):
        net = model(function, names)
        net.report = Report()
        front.append(Formula(net, 10.0 * (n + 1), rmse, 1 - rmse**2, f"source {n} <b>"))
    x = torch.rand(50, 2, generator=torch.Generator().manual_seed(0), dtype=F64)
    options = {"found": False, "reason": "it is <made> up", "baseline": 0.99, "x": x} | changes
    return Discovery(
        front=front,
        winner=front[1],
        seconds=1.25,
        input_names=list(names),
        output_name=output,
        **options,
    )


class Page(HTMLParser):
    """Tags with attributes, and the text; fails where tags aren't closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.open, self.texts = [], [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
        for tag in self.open:
            self.texts.setdefault(tag, []).append(data)

    def text(self, tag):
        return "".join(self.texts.get(tag, []))

    def labels(self):
        return [a["aria-label"] for t, a in self.tags if t == "svg"]


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
    style = page.text("style")
    assert "@import" not in style
    assert "url(" not in style
    assert not re.findall(r"https?://", re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", text))
    return page


def test_a_page_of_a_real_discovery():
    g = torch.Generator().manual_seed(0)
    x = torch.rand(400, 2, generator=g, dtype=F64) * 2 - 1
    y = torch.exp(torch.sin(torch.pi * x[:, 0]) + x[:, 1] ** 2)
    found = discover(x, y, input_names=["phi", "width"], output_name="E", progress=False)
    page = check_alone(found.html())
    assert page.text("h1") == "A formula for E"
    assert page.text("title") == "E from phi, width"
    assert "Exact formula." in page.text("strong")
    formula, network = page.labels()[:2]
    assert formula == "E = exp(width**2 + sin(pi*phi))"
    assert network == "The formula as a network"
    assert [t for t, _ in page.tags].count("path") > 20
    sources = page.texts["pre"]
    assert sources[0] == "exp(width**2 + sin(pi*phi))"
    assert sources[2] == r"e^{\text{width}^{2} + \sin{\left(\pi\,\phi \right)}}"
    space = {}
    exec(sources[1], space)
    np.testing.assert_allclose(space["E"](*x.numpy().T), y, rtol=1e-12)
    assert "400, of which a fifth only judged" in page.text("dd")


def test_the_verdict_says_what_was_found():
    page = check_alone(made_up().html())
    assert page.text("h1") == "Approximation of y"
    assert page.text("strong").startswith("No formula found.")
    assert "not a law: it is <made> up." in "".join(page.words)
    page = check_alone(made_up(found=True, reason="it looks like noise").html())
    assert page.text("h1") == "A formula for y"
    assert "as their noise allows: it looks like noise." in "".join(page.words)
    assert "describes the data with the fewest bits" in "".join(page.words)
    page = check_alone(made_up(found=True, reason="it tells 94 %", accuracy=0.9375).html())
    assert "Its sign is the class, + for the second: it tells 94 %." in "".join(page.words)
    assert "is the shortest that tells the classes" in "".join(page.words)


def test_numbers_and_the_front():
    page = check_alone(made_up(accuracy=0.9375).html())
    facts = dict(zip(page.texts["dt"], page.texts["dd"], strict=True))
    assert facts["RMSE on unseen rows"] == "0.002"
    assert facts["R² on unseen rows"] == "1 − 4.0e-06"
    assert facts["accuracy on unseen rows"] == "93.8%"
    assert facts["R² of the best numeric model"] == "0.9900"
    assert (facts["inputs"], facts["search"]) == ("2", "1.2 s")
    cells = [c for c in page.texts["td"] if c.strip()]
    table = [cells[6 * n : 6 * n + 6] for n in range(3)]
    assert [row[0] for row in table] == ["1", "2 ★", "3"]
    formulas = [made_up().front[n].expression for n in range(3)]
    assert [row[1] for row in table] == [str(rounded(f)) for f in formulas]
    assert [row[2] for row in table] == ["10", "20", "30"]
    assert [row[3] for row in table] == ["0.5", "0.002", "0.001"]
    assert [row[5] for row in table] == [f"source {n} <b>" for n in range(3)]
    winners = [a for t, a in page.tags if t == "tr" and a.get("class") == "winner"]
    assert len(winners) == 1
    assert len(page.labels()) == 3  # formula, network, errors


def test_names_are_text_and_never_markup():
    for n in range(0, 4, 2):
        found = made_up(names=HOSTILE[n : n + 2], output=HOSTILE[1])
        text = found.html()
        assert "<script" not in text
        page = check_alone(text)
        assert HOSTILE[n] in page.text("title")
        assert all(name in "".join(page.words) for name in HOSTILE[n : n + 2])


def test_a_formula_without_data_or_company_has_no_pictures_of_them():
    found = made_up(x=torch.empty(0))
    found.front[:] = [found.winner]
    page = check_alone(found.html())
    assert len(page.labels()) == 1
    assert "As a network" not in page.text("h2")


def test_infinite_and_zero_errors_can_be_drawn():
    found = made_up()
    found.front[0] = Formula(model("x"), 5.0, float("inf"), float("-inf"), "inf")
    found.front[2] = Formula(model("exp"), 50.0, 0.0, 1.0, "zero")
    page = check_alone(found.html())
    assert "An error of 0 stands at the bottom." in page.text("figcaption")
    assert "nan" not in "".join(page.texts["td"])


def test_save_writes_the_page_or_nothing(tmp_path, monkeypatch):
    found = made_up()
    found.save(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == found.html()
    monkeypatch.setattr(Discovery, "html", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found.save(tmp_path / "b.html")
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


# ---- formulas as text and as pictures ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("x0", "x_{0}"),
        ("x_12", "x_{12}"),
        ("omega", r"\omega"),
        ("omega_0", r"\omega_{0}"),
        ("Omega", r"\Omega"),
        ("mass", r"\text{mass}"),
        ("m_e", r"\text{m\_e}"),
        ("50%", r"\text{50\%}"),
        ("$E_k$", "E_k"),
    ],
)
def test_names_in_latex(name, expected):
    assert name_latex(name) == expected


def test_latex_reads_as_the_formula():
    a, b = sympy.symbols("alpha x1")
    assert latex(2 * a * sympy.asin(b)) == r"2\,\alpha\,\arcsin{\left(x_{1} \right)}"


@pytest.mark.parametrize(
    "text",
    [
        "exp(sin(pi*x0) + x1**2)",
        "sqrt(x0**2 + x1**2)/(2*pi)",
        "-x0",
        "0.3",
        "Abs(x0) - sign(x1)*atan(x0)**2",
        "besselj(0, 20*x0)",
        " + ".join(f"{k}.25*sin({k}*x0)*exp(x{k})" for k in range(1, 25)),
    ],
)
def test_formulas_are_set_in_lines_that_fit(text):
    picture = formula_svg(sympy.sympify(text), "y")
    width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', picture).groups())
    assert 10 < width < 800
    assert height > 10
    assert "<path" in picture
    assert unescape(re.search(r'aria-label="([^"]*)"', picture)[1]).startswith("y = ")


def test_what_mathtext_cannot_set_is_none():
    x = sympy.Symbol("x")
    assert formula_svg(sympy.Piecewise((x, x > 0), (0, True)), "y") is None
    assert formula_svg(sympy.Symbol("長さ"), "y") is None
    assert formula_svg(sum(sympy.sin(k * x) for k in range(1, 350)), "y") is None


def test_pictures_of_one_page_share_no_ids():
    from matplotlib.figure import Figure

    texts = []
    for prefix in "ab":
        figure = Figure()
        figure.subplots().plot([1, 2], [3, 4])
        texts.append(svg(figure, 'a "label" <', prefix))
    a, b = (set(re.findall(r'id="([^"]*)"', t)) for t in texts)
    assert a
    assert not a & b
    assert texts[0].startswith("<svg")
    assert 'aria-label="a &quot;label&quot; &lt;"' in texts[0]
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', texts[0])) == a


def test_python_names():
    assert identifiers(["y", "x0", "lambda", "a b", "a-b", "1st", "numpy", "%", "y", "é"]) == [
        *("y", "x0", "lambda_", "a_b", "a_b_", "x_1st", "numpy_", "x", "y_", "é")
    ]


def test_python_source_computes_the_formula():
    names = ["lambda", "a b", "y"]
    u, v, w = (sympy.Symbol(n) for n in names)
    expression = sympy.besselj(0, u) * sympy.exp(v) + sympy.Abs(w) ** sympy.Rational(3, 2)
    source = python_source(expression, names, "y")
    space = {}
    exec(source, space)
    from scipy.special import jv

    x = np.random.default_rng(0).uniform(-1, 1, (3, 20))
    want = jv(0, x[0]) * np.exp(x[1]) + np.abs(x[2]) ** 1.5
    np.testing.assert_allclose(space["y"](*x), want)
    assert "# lambda_: lambda" in source
    hostile = python_source(u, ["lambda", "a\nimport os", "b"], "f")
    assert "# a_import_os: a import os" in hostile
