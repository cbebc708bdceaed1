"""A discovery as one HTML page that needs no other file, no network and no JavaScript."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from edgewise.discovery.result import Discovery, Formula
from edgewise.discovery.typeset import formula_svg, latex, svg
from edgewise.interpret.plot import figure_class

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE = "#0072B2", "#D55E00"  # as in the other plots
NAMES_SHOWN = 12

# Pictures are black on nothing. The dark page turns them over: invert(.9) makes white the colour
# of its background, and the rotation gives back the hues.
STYLE = """
:root { color-scheme: light dark; --back: #fff; --ink: #1c1c1c; --soft: #666; --line: #ddd;
  --panel: #f6f6f4; --good: #00795a; --poor: #b34a00; }
@media screen and (prefers-color-scheme: dark) {
  :root { --back: #1a1a1a; --ink: #e6e6e6; --soft: #a0a0a0; --line: #3a3a3a; --panel: #242424;
    --good: #3fc79a; --poor: #f0955a; }
  svg { filter: invert(.9) hue-rotate(180deg); }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 3rem; max-width: 52rem; background: var(--back);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em;
  overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.1rem; }
.soft, figcaption, dt, th { color: var(--soft); }
.soft, figcaption { margin: .25rem 0 0; font-size: .9rem; }
.verdict { margin: 1.5rem 0; padding: .75rem 1rem; border-left: 4px solid var(--poor);
  background: var(--panel); }
.verdict strong { color: var(--poor); }
.verdict.found { border-color: var(--good); }
.verdict.found strong { color: var(--good); }
figure { margin: 1rem 0; overflow-x: auto; }
svg { display: block; max-width: 100%; height: auto; }
.drawing svg { margin: 0 auto; }
dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1.5rem 0; }
dt { font-size: .85rem; }
dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl.small dd { font-size: 1rem; }
code, pre { font: .85rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { margin: .25rem 0 1rem; padding: .6rem .8rem; background: var(--panel); border-radius: 4px;
  white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
.plain { overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { font-weight: 500; white-space: nowrap; }
td:first-child { white-space: nowrap; }
td:last-child { min-width: 8rem; }
td code { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.winner td { background: var(--panel); }
tr.winner td:first-child { font-weight: 700; color: var(--poor); }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print { body { max-width: none; padding: 0; font-size: 11pt; }
  figure, tr, pre, .verdict { break-inside: avoid; } h2 { break-after: avoid; }
  .verdict, pre, tr.winner td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure, .table { overflow: visible; } svg { min-width: 0 !important; } }
"""


def page(discovery: Discovery) -> str:
    """The whole page, in UTF-8.

    Raises:
        ImportError: matplotlib is not installed.
    """
    figure_class("Discovery.html")  # fail before the work
    expressions = [f.expression for f in discovery.front]
    best = expressions[discovery.front.index(discovery.winner)]
    title = f"{discovery.output_name} from {_listed(discovery.input_names)}"
    sections = [
        f"<h1>{'A formula for' if discovery.found else 'Approximation of'} "
        f"{escape(discovery.output_name)}</h1>",
        f'<p class="soft">from {escape(_listed(discovery.input_names))}</p>',
        _verdict(discovery),
        _typeset(best, discovery.output_name),
        _quality(discovery),
        _network(discovery),
        _texts(best, discovery),
        _front(discovery, expressions),
        _settings(discovery),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(s for s in sections if s)
        + "\n</body>\n</html>\n"
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


# What was found.


def _verdict(discovery: Discovery) -> str:
    exact = discovery.found and discovery.winner.report.exact
    if exact:
        head, text = "Exact formula.", "On rows that no fit has seen it leaves nothing but rounding"
    elif discovery.found and discovery.accuracy is not None:
        head, text = (
            "Formula found.",
            "Its sign is the class, + for the second: " + discovery.reason,
        )
    elif discovery.found:
        head, text = "Formula found.", "It describes the data as well as their noise allows: "
        text += discovery.reason
    else:
        head, text = "No formula found.", "What follows is the best approximation, not a law: "
        text += discovery.reason
    kind = "verdict found" if discovery.found else "verdict"
    return f'<p class="{kind}" role="status"><strong>{head}</strong> {escape(text)}.</p>'


def _typeset(expression: Any, output_name: str) -> str:
    """The formula as a picture, or where mathtext can't draw it as text."""
    from edgewise.symbolic.formula import rounded

    short = rounded(expression)
    picture = formula_svg(short, output_name)
    if picture is None:
        text = escape(f"{output_name} = {short}")
        return f'<figure><code class="plain">{text}</code></figure>'
    return f"<figure>{picture}</figure>"


def _quality(discovery: Discovery) -> str:
    winner = discovery.winner
    facts = {"R² on unseen rows": _r2(winner.r2), "RMSE on unseen rows": f"{winner.rmse:.3g}"}
    if discovery.accuracy is not None:
        facts["accuracy on unseen rows"] = f"{discovery.accuracy:.1%}"
    facts["R² of the best numeric model"] = _r2(discovery.baseline)
    return _facts(facts)


def _r2(value: float) -> str:
    """Near 1, what is missing says more."""
    missing = 1 - value
    if value == 1:
        return "1"
    return f"1 − {missing:.1e}" if 0 < missing < 1e-4 else f"{value:.4f}"


def _facts(facts: dict[str, str], kind: str = "") -> str:
    items = "".join(
        f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts.items()
    )
    return f'<dl class="{kind}">{items}</dl>' if kind else f"<dl>{items}</dl>"


# The formula as text.


def _texts(expression: Any, discovery: Discovery) -> str:
    names, output_name = discovery.input_names, discovery.output_name
    _, allowed = _renamed(expression, names, output_name)
    forms = {
        "SymPy": str(allowed),
        "Python": python_source(expression, names, output_name),
        "LaTeX": latex(expression),
    }
    parts = [f'<p class="soft">{k}</p><pre>{escape(v)}</pre>' for k, v in forms.items()]
    return "<h2>To copy, with all digits</h2>" + "".join(parts)


def python_source(expression: Any, input_names: Sequence[str], output_name: str) -> str:
    """A Python function of numpy arrays; names that Python doesn't allow are changed."""
    from sympy.printing.numpy import SciPyPrinter

    (function, *names), allowed = _renamed(expression, input_names, output_name)
    printer = SciPyPrinter()
    body = printer.doprint(allowed)
    lines = [f"import {module}" for module in sorted(printer.module_imports)]
    lines += ["", ""] if lines else []
    lines.append(f"def {function}({', '.join(names)}):")
    for given, name in zip(input_names, names, strict=True):
        if name != given:
            lines.append(f"    # {name}: {' '.join(given.split())}")
    return "\n".join([*lines, f"    return {body}"])


def _renamed(
    expression: Any, input_names: Sequence[str], output_name: str
) -> tuple[list[str], Any]:
    """Names that Python allows, the output's first, and the expression with them."""
    import sympy

    names = identifiers([output_name, *input_names])
    pairs = zip(input_names, names[1:], strict=True)
    return names, expression.xreplace({sympy.Symbol(a): sympy.Symbol(b) for a, b in pairs})


def identifiers(names: Sequence[str]) -> list[str]:
    """Different names that Python allows, like the given ones."""
    found: list[str] = []
    for given in names:
        name = re.sub(r"\W+", "_", given).strip("_") or "x"
        if not name.isidentifier():
            name = f"x_{name}"
        while name in found or name in ("numpy", "scipy") or keyword.iskeyword(name):
            name += "_"
        found.append(name)
    return found


# Pictures and the table.


def _network(discovery: Discovery) -> str:
    if not discovery.x.numel():
        return ""
    picture = svg(discovery.figure(), "The formula as a network", "network")
    return (
        f'<h2>As a network</h2><figure class="drawing">{picture}</figure>'
        '<p class="soft">Inputs below, the output above. Each box shows a function over the '
        "range of the data; the darker, the more it matters.</p>"
    )


def _front(discovery: Discovery, expressions: Sequence[Any]) -> str:
    winner = discovery.front.index(discovery.winner)
    rows = [
        _row(k, f, e, k == winner)
        for k, (f, e) in enumerate(zip(discovery.front, expressions, strict=True))
    ]
    if discovery.accuracy is None:
        best = "describes the data with the fewest bits, its own included"
    else:
        best = "is the shortest that tells the classes as well as the best one does"
    return (
        "<h2>Short and accurate</h2>"
        '<p class="soft">No formula of those tried is both shorter and more accurate than one of '
        f"these. The marked one {best}.</p>"
        + _chart(discovery.front, winner)
        + '<div class="table"><table><thead><tr><th>No.</th><th>Formula</th>'
        '<th class="number">Bits</th><th class="number">Test RMSE</th>'
        '<th class="number">R²</th><th>Found as</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(k: int, formula: Formula, expression: Any, wins: bool) -> str:
    from edgewise.symbolic.formula import rounded

    start = f'<tr class="winner"><td>{k + 1} ★' if wins else f"<tr><td>{k + 1}"
    return (
        f"{start}</td>"
        f"<td><code>{escape(str(rounded(expression)))}</code></td>"
        f'<td class="number">{formula.complexity:.0f}</td>'
        f'<td class="number">{formula.rmse:.3g}</td><td class="number">{_r2(formula.r2)}</td>'
        f"<td>{escape(formula.source)}</td></tr>"
    )


def _chart(front: Sequence[Formula], winner: int) -> str:
    """Complexity against error; nothing where there is nothing to compare."""
    shown = [(k, f) for k, f in enumerate(front) if math.isfinite(f.rmse)]
    if len(shown) < 2:
        return ""
    # A logarithmic axis has no 0: what is exact stands below all others.
    least = min((f.rmse for _, f in shown if f.rmse > 0), default=1.0)
    points = [(k, f.complexity, f.rmse or least / 10) for k, f in shown]
    picture = svg(_drawn(points, winner), "Complexity against error of each formula", "front")
    zero = any(f.rmse == 0 for _, f in shown)
    note = "<figcaption>An error of 0 stands at the bottom.</figcaption>" if zero else ""
    return f'<figure class="drawing">{picture}{note}</figure>'


def _drawn(points: Sequence[tuple[int, float, float]], winner: int) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 2.7), layout="constrained")
    axes = figure.subplots()
    axes.plot(*zip(*[p[1:] for p in points], strict=True), color=BLUE, linewidth=1.2, alpha=0.5)
    for k, bits, error in points:
        colour = ORANGE if k == winner else BLUE
        axes.plot(bits, error, "o", color=colour, markersize=8 if k == winner else 6)
        axes.annotate(
            f"{k + 1} ★" if k == winner else f"{k + 1}",
            (bits, error),
            (6, 5),
            textcoords="offset points",
            color=colour,
            weight="bold" if k == winner else "normal",
            size=9,
        )
    axes.set(xlabel="complexity, bits", ylabel="test RMSE")
    _log_scale(axes, max(p[2] for p in points) / min(p[2] for p in points))
    axes.margins(x=0.08, y=0.2)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(True, axis="y", color="0.9", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9)
    return figure


def _log_scale(axes: Axes, ratio: float) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.set_yscale("log")
    if ratio < 1e3:  # label 1, 2 and 5 of each decade as plain decimals
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())


def _settings(discovery: Discovery) -> str:
    import edgewise

    facts = {"inputs": str(len(discovery.input_names))}
    if discovery.x.numel():
        facts |= {"rows": f"{len(discovery.x):,}, of which a fifth only judged"}
    facts |= {"search": f"{discovery.seconds:.1f} s", "edgewise": edgewise.__version__}
    return f"<footer>{_facts(facts, 'small')}</footer>"
