"""A discovery as one HTML page that needs no other file, no network and no JavaScript."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import edgewise
from edgewise._pages import make_environment, mark_safe
from edgewise.charts.embed import embed_figure
from edgewise.charts.numbers import format_number, format_percent, round_to_error
from edgewise.charts.style import choose_label, figure_class, is_math
from edgewise.data.names import list_names
from edgewise.data.rows import pick_evenly
from edgewise.discovery import report_charts as charts
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.discovery.card import (
    format_probability,
    format_r2,
    is_numeric,
    make_card,
    name_with_unit,
)
from edgewise.discovery.findings import Findings
from edgewise.discovery.formula import Formula
from edgewise.discovery.next_measurement import propose_measurements
from edgewise.discovery.report_data import compare_rows, trace_curve
from edgewise.explain.names import subscript
from edgewise.formula import printing
from edgewise.formula.printing.sources import column_letters
from edgewise.laws.residual_charts import describe_residuals
from edgewise.plotting.plot import plot

CURVES_SHOWN = 8
NUMBERS_SHOWN = 12
NETWORK_ROWS = 2000
NETWORK_DPI = 120.0
"""At this resolution the smallest letters of the drawing are as large as those of charts."""
ALTERNATIVES_SHOWN = 12
DIGITS = 4
"""Significant digits of numbers in tables; formulas to copy have all digits."""
SAME_ERROR = 1e-3
"""Errors that differ by at most this fraction are the same to a reader."""
ROUNDING = 1e-13
"""Errors below this fraction of the largest prediction are rounding errors."""


def page(
    discoveries: Sequence[Findings],
    classes: Sequence[Any] | None = None,
    groups: Mapping[str, Any] | None = None,
) -> str:
    """The whole page, in UTF-8.

    Args:
        classes: the classes that y holds; None for numbers.
        groups: tables and charts of groups (:func:`.grouped_result.describe_groups`).

    Raises:
        ImportError: matplotlib or jinja2 is not installed.
    """
    figure_class("Discovery.html")  # fail before the work
    environment = make_environment("edgewise.discovery", "Discovery.html", "symbolic")
    template = environment.get_template("report.html.j2")
    parts = [describe(d, f"d{k}") | {"groups": groups} for k, d in enumerate(discoveries)]
    outputs = list_names([d.output_name for d in discoveries])
    return template.render(
        title=f"{outputs} from {list_names(discoveries[0].columns)}",
        outputs=outputs,
        several=len(discoveries) > 1 or classes is not None,
        classes=None if classes is None else [str(c) for c in classes],
        parts=parts,
    )


def describe(discovery: Findings, prefix: str) -> dict[str, Any]:
    """The texts and pictures of one discovery, for the page's template.

    Args:
        prefix: of the ids of its pictures, different for every discovery of the page.
    """
    winner = discovery.winner
    rows = compare_rows(discovery) if len(discovery.y) else None
    nothing = not winner.tree.inputs
    long = is_numeric(discovery)
    return {
        "prefix": prefix,
        "output": discovery.output_name,
        "card": make_card(discovery, prefix),
        "nothing": nothing,
        "fit": {} if nothing else _fit(discovery, rows),
        "undefined": 0 if rows is None else rows.undefined,
        "front": _front(discovery),
        "probability": _probability(discovery),
        "alternatives": [_row(f) for f in discovery.alternatives[:ALTERNATIVES_SHOWN]],
        "more_alternatives": max(0, len(discovery.alternatives) - ALTERNATIVES_SHOWN),
        "next": [str(m) for m in propose_measurements(discovery)],
        "least": format_probability(LEAST_LAW),
        "claims": discovery.classes is None and not nothing and not long,
        "curves": _curves(discovery),
        "network": None if nothing or long else _network(discovery, prefix),
        "numbers": [] if nothing else _list_numbers(winner),
        "texts": [] if nothing else _texts(winner),
        "cells": "" if nothing else _cells(discovery),
        "renamed": list(printing.name_mapping(discovery.input_names).items()),
        "settings": {
            "rows": f"{len(discovery.y):,}",
            "inputs": str(len(discovery.columns)),
            "seconds": f"{discovery.seconds:.1f}",
            "evaluations": f"{discovery.evaluations:,}",
            "edgewise": edgewise.__version__,
        },
    }


def _probability(discovery: Findings) -> dict[str, Any] | None:
    value = discovery.verdict.probability
    return None if value is None else {"value": value, "text": format_probability(value)}


# The formula.


def _texts(formula: Formula) -> list[dict[str, str | None]]:
    """The formula in each notation with all digits, or why it can't be written in it."""
    notations: dict[str, Callable[[], Any]] = {
        "Python": formula.python,
        "SymPy": lambda: formula.expression,
        "LaTeX": lambda: formula.latex(digits=None),
        "C": formula.c,
        "Excel": formula.excel,
    }
    found: list[dict[str, str | None]] = []
    for kind, write in notations.items():
        try:
            found.append({"kind": kind, "text": str(write()), "obstacle": None})
        except ValueError as error:  # a function or a length that the notation doesn't allow
            found.append({"kind": kind, "text": None, "obstacle": str(error)})
    return found


def _cells(discovery: Findings) -> str:
    """Which cell of the spreadsheet holds which input."""
    used = sorted(discovery.winner.tree.inputs)
    return list_names([f"{column_letters(k)}1 is {discovery.input_names[k]}" for k in used])


def _list_numbers(formula: Formula) -> list[tuple[str, str, str]]:
    """Each fitted number with its standard error, absolute and relative."""
    fitted = formula.fitted_numbers
    if len(fitted) > NUMBERS_SHOWN:
        return []
    found = []
    for value, error in fitted:
        relative = f"{100 * error / abs(value):.2g} %" if value else "—"
        found.append((round_to_error(value, error), format_number(error, 2), relative))
    return found


# Pictures and tables.


def _fit(discovery: Findings, rows: Any) -> dict[str, Any]:
    """The "residuals", or "words" if they are only rounding; empty for two classes."""
    if rows is None or not len(rows.observed) or discovery.accuracy is not None:
        return {}
    largest = float(np.abs(rows.residuals).max())
    if largest == 0:
        return {"words": "All residuals are 0."}
    if largest < ROUNDING * float(np.abs(rows.observed).max()):
        return {"words": f"No residual is larger than {format_number(largest, 2)}: rounding."}
    chi2 = None if discovery.noise is None else discovery.noise.chi2
    exact = discovery.verdict.kind == "exact"
    residuals = describe_residuals(rows, None if exact else chi2, discovery.output_unit or "")
    return {"residuals": residuals}


def _front(discovery: Findings) -> dict[str, Any]:
    """The front as a table, and as a chart if it has several formulas."""
    winner = _index(discovery.front, discovery.winner)
    drawn = [k for k, f in enumerate(discovery.front) if math.isfinite(f.rmse)]
    chart = None
    if len(drawn) > 1:
        place = drawn.index(winner) if winner in drawn else -1
        chart = charts.draw_front([discovery.front[k] for k in drawn], place)
    label = "Length against error of each formula"
    rows = [_row(f) | {"number": k + 1, "wins": k == winner} for k, f in enumerate(discovery.front)]
    return {
        "picture": None if chart is None else mark_safe(chart.html(label)),
        "rows": rows,
        "why": _explain_choice(discovery),
        "plain": any(f.source.endswith(" model") and f.tree.inputs for f in discovery.front),
    }


def _explain_choice(discovery: Findings) -> str:
    """Why the winner was chosen although other formulas have smaller errors."""
    winner = discovery.winner
    if discovery.accuracy is not None:
        return (
            "They are distances from the two numbers that stand for the classes. ★ is the shortest "
            "of the formulas that give the right class most often."
        )
    better = [f for f in discovery.front if f.rmse < (1 - SAME_ERROR) * winner.rmse < math.inf]
    if not better or not winner.tree.inputs:
        return ""
    longer = [f for f in better if f.bits > winner.bits]
    shorter = [f for f in better if f.bits <= winner.bits]
    told = []
    if longer:
        less = _describe_gain(longer, winner)
        told.append(f"Errors of longer formulas are up to {less} smaller: chance explains that.")
    if shorter:
        best = min(shorter, key=lambda f: f.rmse)
        which = f"Number {_index(discovery.front, best) + 1} is shorter and its error"
        told.append(f"{which} {_describe_gain(shorter, winner)} smaller, but {_why_not(winner)}")
    return " ".join(told)


def _describe_gain(better: Sequence[Formula], winner: Formula) -> str:
    """How much smaller the smallest error of these formulas is than the winner's, in words."""
    return f"{100 * (1 - min(f.rmse for f in better) / winner.rmse):.2g} %"


def _why_not(winner: Formula) -> str:
    """Why a formula that is shorter and more accurate wasn't chosen."""
    if winner.source.endswith(" model"):
        return (
            "it is the best of thousands of formulas on the very rows that measure it, which is "
            "partly luck. ★ is a model without a formula; it was fitted anew without these rows."
        )
    return (
        "chance explains such a difference. ★ is likelier to be the true formula, because "
        "scientific laws more often have its form."
    )


def _index(front: Sequence[Formula], winner: Formula) -> int:
    """The winner's place in the front; -1 if it isn't there."""
    same = [k for k, f in enumerate(front) if f is winner]
    same += [k for k, f in enumerate(front) if f.tree == winner.tree]
    return same[0] if same else -1


def _row(formula: Formula) -> dict[str, Any]:
    return {
        "formula": formula.brief(DIGITS),
        "bits": f"{formula.bits:.0f}",
        "rmse": format_number(formula.rmse),
        "r2": format_r2(formula.r2),
    }


def _curves(discovery: Findings) -> dict[str, Any]:
    """How the winner depends on each input that it uses, on one scale."""
    columns = {k for k, name in enumerate(discovery.input_names) if name in discovery.columns}
    used = sorted(discovery.winner.tree.inputs & columns) if len(discovery.x) else []
    traced = {k: trace_curve(discovery.winner, discovery.x, k) for k in used[:CURVES_SHOWN]}
    ends = charts.find_common_ends(list(traced.values()))
    shown = []
    for index, curve in traced.items():
        name, why, picture = discovery.input_names[index], "", None
        if len(set(curve.at)) == 1:
            why = f"It is {format_number(curve.at[0], DIGITS)} in all rows, so there is no curve."
        elif all(map(math.isnan, curve.mean)):
            why = "There is no curve: the formula has no finite value."
        else:
            label, output = name_with_unit(discovery, index), name_with_unit(discovery)
            chart = charts.draw_curve(curve, label, output, ends=ends)
            picture = mark_safe(chart.html(f"{discovery.output_name} against {name}"))
        undefined = format_percent(curve.undefined)
        shown.append({"name": name, "picture": picture, "why": why, "undefined": undefined})
    unused = [discovery.input_names[k] for k in sorted(columns) if k not in used]
    return {
        "shown": shown,
        "one": len(discovery.winner.tree.inputs) == 1,
        "more": max(0, len(used) - CURVES_SHOWN),
        "unused": list_names(unused),
    }


def _network(discovery: Findings, prefix: str) -> dict[str, Any] | None:
    """The drawing of the formula as a network, or why there is none."""
    if not len(discovery.x):
        return None
    import torch

    rows = discovery.x[pick_evenly(len(discovery.x), NETWORK_ROWS)]
    names, meanings = _choose_names(discovery.input_names, "x")
    output, more = _choose_names([discovery.output_name], "y")
    try:
        figure = plot(
            discovery.winner.model, torch.from_numpy(rows), input_names=names, output_names=output
        )
    except ValueError as error:  # such as x^y, which no network of sums can represent
        return {"picture": None, "obstacle": str(error), "meanings": {}}
    label = "The formula as a network"
    picture = embed_figure(figure, label, f"{prefix}-network", dpi=NETWORK_DPI, themed=False)
    used = discovery.winner.tree.inputs
    said = {subscript("x", k): name for k, name in meanings.items() if k in used}
    said |= {subscript("y", k): name for k, name in more.items()}
    return {"picture": mark_safe(picture), "obstacle": None, "meanings": said}


def _choose_names(names: Sequence[str], letter: str) -> tuple[list[str], dict[int, str]]:
    """Names short enough for a drawing, and the long ones that they replace, by place."""
    shown, meanings = [], {}
    for k, name in enumerate(names):
        label = "" if is_math(name) else choose_label(name)
        shown.append(label or subscript(letter, k))
        if not label:
            meanings[k] = name
    return shown, meanings
