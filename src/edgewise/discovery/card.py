"""The card of a discovery: what was found, how sure it is and how well it fits, at a glance.

The same card stands at the top of the report and in a notebook.
"""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edgewise._pages import make_environment, mark_safe
from edgewise.charts.numbers import format_number
from edgewise.discovery import report_charts as charts
from edgewise.discovery.report_data import Reported, compare_rows
from edgewise.discovery.typeset import formula_html

if TYPE_CHECKING:
    from jinja2 import Environment

NAMES_SHOWN = 12
LONG = 60
"""Letters beyond which a formula has the whole width for itself."""


@dataclass(frozen=True)
class Head:
    """What a kind of result is called.

    Attributes:
        label: on the stamp, such as "Law".
        style: a class of the style sheet.
        headline: with the name of the output.
        meaning: what a reader may conclude, in one or two sentences.
    """

    label: str
    style: str
    headline: str
    meaning: str


def head_of(discovery: Reported) -> Head:
    """How a result is announced."""
    y, kind = discovery.output_name, discovery.verdict.kind
    if not discovery.winner.tree.inputs:
        meaning = (
            f"No formula that was tried predicts {y} better than its mean does. The inputs may "
            "still matter: these rows don't show how."
        )
        return Head("No formula found", "nothing", f"No formula found for {y}", meaning)
    if discovery.classes is not None:
        lower, upper = discovery.classes
        meaning = (
            f"Values above {_border(discovery)} mean {upper}. It is the shortest formula among the "
            "most accurate. Many formulas draw the same boundary, so none of them is claimed as a "
            "law."
        )
        return Head("Classifier", "approximation", f"{y}: {upper} or {lower}", meaning)
    if kind == "exact":
        meaning = "It reproduces all rows to rounding, and is shorter than what it explains."
        return Head("Exact", kind, f"An exact formula for {y}", meaning)
    if kind == "law":
        meaning = "Its errors look like noise, and no other formula explains the rows as well."
        return Head("Law", kind, f"A law for {y}", meaning)
    meaning = "It may serve for predictions. The rows don't show that it is the true formula."
    return Head("Approximation, not a law", kind, f"An approximation of {y}", meaning)


def _border(discovery: Reported) -> str:
    """The value of a formula that divides two classes: the middle between those of y."""
    low, high = (float(each) for each in (discovery.y.min(), discovery.y.max()))
    return format_number(low / 2 + high / 2)


def stamp(discovery: Reported) -> str:
    """The label of a result, with the probability of its formula where there is one."""
    label, probability = head_of(discovery).label, discovery.verdict.probability
    if discovery.verdict.kind != "law" or probability is None:
        return label
    return f"{label}, {format_probability(probability)}"


def format_probability(value: float) -> str:
    """In per cent; never 0 or 100 unless it is exactly so.

    Example:
        >>> [format_probability(value) for value in (0.973, 0.9999, 1.0, 0.002)]
        ['97 %', 'over 99 %', '100 %', 'under 1 %']
    """
    if 0 < value < 0.01:
        return "under 1 %"
    if 0.99 < value < 1:
        return "over 99 %"
    return f"{100 * value:.0f} %"


def list_names(names: Sequence[str]) -> str:
    """At most twelve names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def describe_card(discovery: Reported, prefix: str) -> dict[str, Any]:
    """What the card says, as text and pictures.

    Args:
        prefix: of the ids of its pictures, different for every discovery of a page.
    """
    head = head_of(discovery)
    nothing = head.style == "nothing"
    rows = compare_rows(discovery) if len(discovery.y) else None
    return {
        "stamp": stamp(discovery),
        "style": head.style,
        "headline": head.headline,
        "inputs": list_names(discovery.input_names),
        "reason": discovery.reason.strip().rstrip("."),
        "meaning": head.meaning,
        "formula": None if nothing else _typeset(discovery, prefix),
        "chart": None if nothing or rows is None else _chart(discovery, rows),
        "facts": _facts(discovery, nothing),
    }


def write_card(discoveries: Sequence[Reported]) -> str:
    """The cards as a piece of HTML with its own style, for notebooks.

    Raises:
        ImportError: matplotlib or jinja2 is not installed.
    """
    cards = [describe_card(d, f"e{_name_of(d)}-{k}") for k, d in enumerate(discoveries)]
    return page_environment().get_template("card.html.j2").render(cards=cards)


@functools.cache
def page_environment() -> Environment:
    """What reads the templates of this package."""
    return make_environment("edgewise.discovery", "Discovery.html", "symbolic")


def _name_of(discovery: Reported) -> str:
    """A short name for ids that differ from formula to formula of a notebook."""
    text = f"{discovery.output_name} = {discovery.winner} {discovery.input_names}"
    return f"{zlib.crc32(text.encode()):08x}"


def _typeset(discovery: Reported, prefix: str) -> dict[str, Any]:
    """The formula as pictures, or where mathtext can't draw it as text."""
    winner = discovery.winner
    made = formula_html(winner.tree, discovery.input_names, discovery.output_name, prefix)
    picture, meanings = made if made is not None else (None, {})
    return {
        "picture": None if picture is None else mark_safe(picture),
        "meanings": meanings,
        "text": (text := f"{discovery.output_name} = {winner}"),
        "wide": len(text) > LONG,
    }


def _chart(discovery: Reported, rows: Any) -> dict[str, Any] | None:
    """Observed against predicted, or how the formula's values divide two classes."""
    if not len(rows.observed):
        return None
    if discovery.accuracy is not None:
        title, chart = "The two classes", charts.draw_classes(rows, discovery.classes)
    else:
        title = "Observed against predicted"
        chart = charts.draw_observed(rows, discovery.output_name)
    return {"title": title, "picture": mark_safe(chart.html(title))}


def _facts(discovery: Reported, nothing: bool) -> dict[str, str]:
    """The few numbers that say how good the result is."""
    winner = discovery.winner
    facts = {}
    if discovery.accuracy is not None:
        facts["accuracy on unseen rows"] = f"{discovery.accuracy:.1%}"
    elif not nothing:
        facts["R² on unseen rows"] = format_r2(winner.r2)
        facts["RMSE on unseen rows"] = format_number(winner.rmse)
    facts["R² of the best model without a formula"] = format_r2(discovery.baseline)
    facts["rows"] = f"{len(discovery.y):,}"
    if discovery.noise is not None and discovery.noise.kind != "constant":
        facts["errors of y"] = str(discovery.noise)
    if discovery.lack_of_fit is not None:
        facts["lack of fit, against repeated rows"] = str(discovery.lack_of_fit)
    if len(discovery.outliers):
        facts["rows far off, which hardly count"] = f"{len(discovery.outliers):,}"
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
