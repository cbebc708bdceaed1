"""A discovery as one HTML page that needs no other file, no network and no JavaScript."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import edgewise
from edgewise._pages import make_environment, mark_safe
from edgewise.charts.embed import embed_figure
from edgewise.charts.numbers import format_number
from edgewise.charts.style import choose_label, figure_class, is_math
from edgewise.discovery import report_charts as charts
from edgewise.discovery.formula import Formula
from edgewise.discovery.report_data import Reported, compare_rows, trace_curve
from edgewise.discovery.typeset import formula_html
from edgewise.explain.names import subscript
from edgewise.formula import printing
from edgewise.formula.printing.sources import column_letters
from edgewise.plotting.plot import plot
from edgewise.search.subsample import pick_evenly

if TYPE_CHECKING:
    from jinja2 import Template

NAMES_SHOWN = 12
CURVES_SHOWN = 8
NETWORK_ROWS = 2000
NETWORK_DPI = 120.0
"""Its smallest letters are then as large as those of charts."""
ALTERNATIVES_SHOWN = 12

HEADS = {
    "exact": ("Exact formula", "exact", "An exact formula for"),
    "law": ("Law", "law", "A law for"),
    "approximation": ("Approximation, not a law", "approximation", "An approximation of"),
}
"""What each kind of verdict says: what it is called, its style, and the headline."""
MEANINGS = {
    "exact": "It leaves nothing but rounding on rows that it was not fitted to.",
    "law": "It explains all but the noise, it is short, and the same form comes out of most "
    "resamples of the rows.",
    "approximation": "It is useful for predictions. The data do not say that it is how they came "
    "about.",
}
TELLS_CLASSES = (
    "It is the shortest of those tried that tell the classes as often as any. Only the border "
    "between the classes shows in the data, and many formulas have one border."
)
"""What a formula that tells classes means."""


def page(discoveries: Sequence[Reported], classes: Sequence[Any] | None = None) -> str:
    """The whole page, in UTF-8.

    Args:
        classes: that the discoveries tell apart, or None for numbers.

    Raises:
        ImportError: matplotlib or jinja2 is not installed.
    """
    figure_class("Discovery.html")  # fail before the work
    template = _template()
    parts = [describe(d, f"d{k}") for k, d in enumerate(discoveries)]
    outputs = _list_names([d.output_name for d in discoveries])
    return template.render(
        title=f"{outputs} from {_list_names(discoveries[0].input_names)}",
        outputs=outputs,
        several=len(discoveries) > 1 or classes is not None,
        classes=None if classes is None else [str(c) for c in classes],
        parts=parts,
    )


@functools.cache
def _template() -> Template:
    environment = make_environment("edgewise.discovery", "Discovery.html", "symbolic")
    return environment.get_template("report.html.j2")


def describe(discovery: Reported, prefix: str) -> dict[str, Any]:
    """Everything that the page says of one discovery, as text and pictures.

    Args:
        prefix: of the ids of its pictures, different for every discovery of the page.
    """

    winner = discovery.winner
    label, style, headline = HEADS[discovery.verdict.kind]
    rows = compare_rows(discovery) if len(discovery.y) else None
    return {
        "prefix": prefix,
        "output": discovery.output_name,
        "inputs": _list_names(discovery.input_names),
        "headline": headline,
        "verdict": {"label": label, "style": style, "meaning": _meaning(discovery)},
        "reason": discovery.reason.strip().rstrip("."),
        "formula": _typeset(discovery, prefix),
        "facts": _facts(discovery),
        "fit": _fit_charts(discovery, rows),
        "undefined": 0 if rows is None else rows.undefined,
        "front": _front(discovery),
        "stability": discovery.verdict.stability,
        "alternatives": [_row(f) for f in discovery.alternatives[:ALTERNATIVES_SHOWN]],
        "more_alternatives": max(0, len(discovery.alternatives) - ALTERNATIVES_SHOWN),
        "curves": _curves(discovery),
        "network": _network(discovery, prefix),
        "texts": _texts(winner),
        "cells": _cells(discovery),
        "renamed": _list_renamed(discovery),
        "settings": {
            "rows": f"{len(discovery.y):,}",
            "inputs": str(len(discovery.input_names)),
            "seconds": f"{discovery.seconds:.1f}",
            "evaluations": f"{discovery.evaluations:,}",
            "edgewise": edgewise.__version__,
        },
    }


def _meaning(discovery: Reported) -> str:
    if discovery.accuracy is not None:
        return TELLS_CLASSES
    return MEANINGS[discovery.verdict.kind]


def _list_names(names: Sequence[str]) -> str:
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


# The formula.


def _typeset(discovery: Reported, prefix: str) -> dict[str, Any]:
    """The formula as pictures, or where mathtext can't draw it as text."""
    winner = discovery.winner
    made = formula_html(winner.tree, discovery.input_names, discovery.output_name, prefix)
    picture, meanings = made if made is not None else (None, {})
    return {
        "picture": None if picture is None else mark_safe(picture),
        "meanings": meanings,
        "text": f"{discovery.output_name} = {winner}",
    }


def _texts(formula: Formula) -> list[dict[str, str | None]]:
    """The formula to copy, with all its digits, or why a notation hasn't it."""
    notations: dict[str, Callable[[], Any]] = {
        "SymPy": lambda: formula.expression,
        "Python": formula.python,
        "LaTeX": lambda: formula.latex(digits=None),
        "C": formula.c,
        "Excel": formula.excel,
    }
    found: list[dict[str, str | None]] = []
    for kind, write in notations.items():
        try:
            found.append({"kind": kind, "text": str(write()), "obstacle": None})
        except ValueError as error:  # functions or lengths that a notation hasn't
            found.append({"kind": kind, "text": None, "obstacle": str(error)})
    return found


def _cells(discovery: Reported) -> str:
    """Which cell of the spreadsheet holds which input."""
    used = sorted(discovery.winner.tree.inputs)
    return _list_names([f"{column_letters(k)}1 is {discovery.input_names[k]}" for k in used])


def _list_renamed(discovery: Reported) -> list[tuple[str, str]]:
    """Names in the formulas and the columns that they stand for, where they differ."""
    return list(printing.name_mapping(discovery.input_names).items())


# Numbers.


def _facts(discovery: Reported) -> dict[str, str]:
    winner = discovery.winner
    facts = {}
    if discovery.accuracy is not None:
        facts["accuracy on rows not fitted"] = f"{discovery.accuracy:.1%}"
    facts["R², cross-validated"] = format_r2(winner.r2)
    facts["RMSE, cross-validated"] = format_number(winner.rmse)
    facts["R² of the best numeric model"] = format_r2(discovery.baseline)
    if discovery.verdict.stability is not None:
        facts["same form in resamples"] = f"{discovery.verdict.stability:.0%}"
    facts["nodes of the formula"] = str(winner.complexity)
    return facts


def format_r2(value: float) -> str:
    """Near 1, what is missing says more."""
    missing = 1 - value
    if value == 1:
        return "1"
    if not math.isfinite(value) or abs(value) >= 1e4:
        return format_number(value)
    if 0 < missing < 1e-4:
        return f"1 − {format_number(missing, 2)}"
    return f"{value:.4f}".replace("-", "−")


# Pictures and tables.


def _fit_charts(discovery: Reported, rows: Any) -> list[dict[str, Any]]:
    """Observed, predicted and what is between them."""
    if rows is None or not len(rows.observed):
        return []
    if discovery.accuracy is not None:
        drawn = [("The two classes", charts.draw_classes(rows))]
    else:
        drawn = [
            ("Observed against predicted", charts.draw_observed(rows, discovery.output_name)),
            ("Residuals against predicted", charts.draw_residuals(rows)),
            ("How large residuals are", charts.draw_histogram(rows)),
        ]
    return [{"title": title, "picture": mark_safe(chart.html(title))} for title, chart in drawn]


def _front(discovery: Reported) -> dict[str, Any]:
    """The front as a chart, where there is something to compare, and as a table."""
    winner = _index(discovery.front, discovery.winner)
    drawn = [k for k, f in enumerate(discovery.front) if math.isfinite(f.rmse)]
    chart = None
    if len(drawn) > 1:
        place = drawn.index(winner) if winner in drawn else -1
        chart = charts.draw_front([discovery.front[k] for k in drawn], place)
    label = "Length against error of each formula of the front"
    rows = [_row(f) | {"number": k + 1, "wins": k == winner} for k, f in enumerate(discovery.front)]
    return {
        "picture": None if chart is None else mark_safe(chart.html(label)),
        "rows": rows,
        "zero": any(f.rmse == 0 for f in discovery.front),
    }


def _index(front: Sequence[Formula], winner: Formula) -> int:
    """Which of the front won; -1 if it isn't in there."""
    same = [k for k, f in enumerate(front) if f is winner]
    same += [k for k, f in enumerate(front) if f.tree == winner.tree]
    return same[0] if same else -1


def _row(formula: Formula) -> dict[str, Any]:
    return {
        "formula": printing.to_text(formula.tree, formula.names),
        "complexity": formula.complexity,
        "bits": f"{formula.bits:.0f}",
        "rmse": format_number(formula.rmse),
        "r2": format_r2(formula.r2),
        "source": formula.source,
    }


def _curves(discovery: Reported) -> dict[str, Any]:
    """How the winner depends on each input that it uses."""
    used = sorted(discovery.winner.tree.inputs) if len(discovery.x) else []
    shown = []
    for index in used[:CURVES_SHOWN]:
        name = discovery.input_names[index]
        curve = trace_curve(discovery.winner, discovery.x, index)
        picture = None
        if len(set(curve.at)) > 1 and not all(map(math.isnan, curve.mean)):
            chart = charts.draw_curve(curve, name, discovery.output_name)
            picture = mark_safe(chart.html(f"{discovery.output_name} against {name}"))
        shown.append({"name": name, "picture": picture, "undefined": f"{curve.undefined:.0%}"})
    unused = [name for k, name in enumerate(discovery.input_names) if k not in used]
    return {"shown": shown, "more": max(0, len(used) - CURVES_SHOWN), "unused": _list_names(unused)}


def _network(discovery: Reported, prefix: str) -> dict[str, Any] | None:
    """The drawing of the formula as a network, or why there is none."""
    if not len(discovery.x):
        return None
    import torch

    rows = discovery.x[pick_evenly(len(discovery.x), NETWORK_ROWS)]
    names, meanings = _choose_names(discovery.input_names, "x")
    output, more = _choose_names([discovery.output_name], "y")
    try:
        figure = plot(
            discovery.model, torch.from_numpy(rows), input_names=names, output_names=output
        )
    except ValueError as error:  # such as for x^y, which no network of sums is
        return {"picture": None, "obstacle": str(error), "meanings": {}}
    label = "The formula as a network"
    picture = embed_figure(figure, label, f"{prefix}-network", dpi=NETWORK_DPI, themed=False)
    used = discovery.winner.tree.inputs
    said = {subscript("x", k): name for k, name in meanings.items() if k in used}
    said |= {subscript("y", k): name for k, name in more.items()}
    return {"picture": mark_safe(picture), "obstacle": None, "meanings": said}


def _choose_names(names: Sequence[str], letter: str) -> tuple[list[str], dict[int, str]]:
    """Names that a drawing can hold, and those that it can't, by their places."""
    shown, meanings = [], {}
    for k, name in enumerate(names):
        label = "" if is_math(name) else choose_label(name, "")
        shown.append(label or subscript(letter, k))
        if not label:
            meanings[k] = name
    return shown, meanings
