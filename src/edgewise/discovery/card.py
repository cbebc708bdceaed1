"""The card of a discovery: the formula, its probability and how well it fits, at a glance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from edgewise.charts.card import Card, Drawn, FormulaOnCard
from edgewise.charts.numbers import format_number, with_error, write_unit
from edgewise.charts.style import begin_large
from edgewise.data.names import list_names
from edgewise.discovery import report_charts as charts
from edgewise.discovery.boundary import find_boundary
from edgewise.discovery.findings import Findings
from edgewise.discovery.formula import MOST_PRINTED
from edgewise.discovery.report_data import compare_rows
from edgewise.discovery.verdict import NONE_OF_FORM
from edgewise.formula.typeset import Statement, put_on_card
from edgewise.laws.residual_charts import add_unit, draw_observed


@dataclass(frozen=True)
class Head:
    """The words that announce a kind of result.

    Attributes:
        label: on the stamp, such as "Law".
        style: a key of :data:`edgewise.charts.card.TONES`.
        headline: a line that names the output.
        meaning: what a reader may conclude, in one or two sentences.
    """

    label: str
    style: str
    headline: str
    meaning: str


def head_of(discovery: Findings) -> Head:
    """The stamp, headline and meaning of a result."""
    y, kind = discovery.output_name, discovery.verdict.kind
    if not discovery.winner.tree.inputs:
        constant = "its mean does"
        if discovery.classes is not None:
            constant = f"always {_most_frequent(discovery)[0]}"
        meaning = (
            f"No formula that was tried predicts {y} clearly better than {constant}. The inputs "
            "may still matter: these rows show neither whether nor how."
        )
        if discovery.verdict.reason == NONE_OF_FORM:
            meaning = f"{NONE_OF_FORM.capitalize()}: search without one of both."
        return Head("No law", "nothing", f"No formula found for {y}", meaning)
    if is_numeric(discovery):
        meaning = (
            f"It predicts {y} and explains nothing: it is too long to be read. Short formulas, "
            "which predict less well or no better than by luck, are listed below."
        )
        return Head("Numeric model", "approximation", f"No short formula for {y}", meaning)
    if discovery.classes is not None:
        lower, upper = discovery.classes
        meaning = (
            f"All other rows are {lower}. It is the shortest formula among the most accurate. Many "
            "formulas draw the same boundary, so none of them is claimed as a law."
        )
        return Head("Classifier", "approximation", f"{y}: {upper} or {lower}", meaning)
    if kind == "exact":
        meaning = "It reproduces every row to rounding error, and is shorter than the data."
        return Head("Exact", kind, f"An exact formula for {y}", meaning)
    if kind == "law":
        meaning = begin_large(discovery.verdict.reason)
        return Head("Law", kind, f"A law for {y}", meaning)
    meaning = "It may serve for predictions. The rows don't show that it is the true formula."
    if discovery.units or discovery.output_unit:
        meaning += (
            " Only formulas of the right units were tried. If a constant with a unit is missing, "
            "pass it as a column, or search without units."
        )
    return Head("Approximation, not a law", kind, f"An approximation of {y}", meaning)


def is_numeric(discovery: Findings) -> bool:
    """Whether the winner is neither a law nor short enough to be read."""
    return discovery.winner.complexity > MOST_PRINTED and discovery.verdict.kind == "approximation"


def _border(discovery: Findings) -> float:
    """The threshold between two classes: the middle of their two values of y."""
    low, high = (float(each) for each in (discovery.y.min(), discovery.y.max()))
    return low / 2 + high / 2


def _most_frequent(discovery: Findings) -> tuple[Any, float]:
    """The more frequent one of two classes, and its share of the rows."""
    assert discovery.classes is not None
    upper = float(np.mean(discovery.y > _border(discovery)))
    return discovery.classes[upper > 0.5], max(upper, 1 - upper)


def stamp(discovery: Findings) -> str:
    """The label of a result, with the probability of its formula if it has one."""
    label, probability = head_of(discovery).label, discovery.verdict.probability
    if discovery.verdict.kind != "law" or probability is None:
        return label
    return f"{label}, {format_probability(probability)}"


def format_probability(value: float) -> str:
    """A probability in per cent; neither 0 % nor 100 %, which no finite data show.

    Example:
        >>> [format_probability(value) for value in (0.973, 0.9999, 1.0, 0.002)]
        ['97 %', 'over 99 %', 'over 99 %', 'under 1 %']
    """
    if value < 0.01:
        return "under 1 %"
    if value > 0.99:
        return "over 99 %"
    return f"{100 * value:.0f} %"


def make_card(discovery: Findings, prefix: str | None = None) -> Card:
    """The card of a discovery.

    Args:
        prefix: of the ids of its pictures, different for every discovery of a page.
    """
    head = head_of(discovery)
    nothing = head.style == "nothing"
    rows = compare_rows(discovery) if len(discovery.y) else None
    drawn = None if nothing or rows is None else _chart(discovery, rows)
    reason = discovery.verdict.reason.strip().rstrip(".")
    return Card(
        stamp=stamp(discovery),
        style=head.style,
        headline=head.headline,
        source=_name_source(discovery),
        meaning=" ".join([head.meaning, *_name_law(discovery)]),
        reason=reason if discovery.verdict.kind == "approximation" and not nothing else "",
        formula=None if nothing else _set_formula(discovery, prefix),
        charts=[] if drawn is None else [drawn],
        facts=_facts(discovery, nothing),
    )


def _name_source(discovery: Findings) -> str:
    """The inputs, and the numbers that each group has for itself."""
    told = f"from {list_names(discovery.columns)}"
    if not discovery.own_numbers:
        return told
    has = "has its own value" if len(discovery.own_numbers) == 1 else "have their own values"
    return f"{told}; {list_names(discovery.own_numbers)} {has} in each group"


def _name_law(discovery: Findings) -> list[str]:
    """A sentence with the name of the law that the formula is, and its fitted parameters.

    An approximation has only the name: its numbers are no constants that were measured.
    """
    law = discovery.winner.law
    if law is None or law.law is None:
        return []
    if law.is_refuted or discovery.verdict.kind == "approximation":
        return [f"It has the form of “{law.title}”."]
    errors = law.errors
    told = [f"{name} = {with_error(v, errors[name])}" for name, v in law.estimates.items()]
    formula = f"{discovery.output_name} = {law.text}"
    return [f"Known as “{law.title}”: {formula}{' with ' if told else ''}{', '.join(told)}."]


def state(discovery: Findings) -> Statement:
    """The winner as a sentence: what the output is, or where the upper of two classes is."""
    winner, names = discovery.winner, discovery.input_names
    if discovery.classes is None:
        return Statement(discovery.output_name, winner.tree, names)
    found = find_boundary(winner.tree, _border(discovery))
    return Statement(str(discovery.classes[1]), found.tree, names, found.sign, found.level)


def _set_formula(discovery: Findings, prefix: str | None) -> FormulaOnCard:
    """The formula as pictures, or as text where mathtext can't draw it."""
    units, long = _list_units(discovery), discovery.winner.complexity > MOST_PRINTED
    if not is_numeric(discovery):
        made = put_on_card(state(discovery), prefix, units)
        if made.html is not None or not long:
            return made
    return FormulaOnCard(f"{discovery.output_name} = {discovery.winner.brief()}", units=units)


def _list_units(discovery: Findings) -> str:
    """The units of the formula's names: "T in s; l in m, g in m/s^2"."""
    used = [discovery.input_names[k] for k in sorted(discovery.winner.tree.inputs)]
    known = {name: write_unit(unit) for name, unit in discovery.units.items()}
    inputs = [f"{name} in {known[name]}" for name in used if name in known]
    output = f"{discovery.output_name} in {write_unit(discovery.output_unit or '')}"
    told = [output] if discovery.output_unit else []
    return "; ".join(told + ([", ".join(inputs)] if inputs else []))


def _chart(discovery: Findings, rows: Any) -> Drawn | None:
    """Observed against predicted, or how the formula's values divide two classes."""
    if not len(rows.observed):
        return None
    if discovery.accuracy is not None:
        return Drawn("The two classes", charts.draw_classes(rows, discovery.classes))
    chart = draw_observed(rows, name_with_unit(discovery))
    return Drawn("Observed against predicted", chart)


def name_with_unit(discovery: Findings, column: int | None = None) -> str:
    """The name of an input, or of the output, with its unit in brackets where it has one."""
    if column is None:
        name, unit = discovery.output_name, discovery.output_unit
    else:
        name = discovery.input_names[column]
        unit = discovery.units.get(name)
    return add_unit(name, unit)


def _facts(discovery: Findings, nothing: bool) -> dict[str, str]:
    """The few numbers that say how good the result is."""
    winner, y = discovery.winner, discovery.output_name
    facts = {}
    if discovery.accuracy is not None and discovery.classes is not None:
        facts["accuracy on unseen rows"] = f"{100 * discovery.accuracy:.1f} %"
        most, share = _most_frequent(discovery)
        facts[f"accuracy of predicting always {most}"] = f"{100 * share:.1f} %"
    elif not nothing:
        unit = f" {write_unit(discovery.output_unit)}" if discovery.output_unit else ""
        facts["R² on unseen rows"] = format_r2(winner.r2)
        weighted = discovery.noise is not None and discovery.noise.kind != "constant"
        of_rows = ", weighted by 1/σ²" if weighted else ""
        facts["RMSE on unseen rows" + of_rows] = format_number(winner.rmse) + unit
    elif discovery.classes is None:
        facts["R² of the best formula tried"] = format_r2(max(f.r2 for f in discovery.front))
    if discovery.classes is None:
        plain = "the best model without a formula"
        other = plain if discovery.own_numbers is None else "predicting each group's mean"
        facts[f"R² of {other}"] = format_r2(discovery.baseline)
        if nothing:
            facts["R² of the mean, on unseen rows too"] = format_r2(winner.r2)
    facts["rows"] = f"{len(discovery.y):,}"
    if nothing:
        facts["inputs"] = f"{len(discovery.columns):,}"
    exact = discovery.verdict.kind == "exact"
    if discovery.noise is not None and discovery.noise.kind != "constant" and not exact:
        facts[f"measurement errors of {y}"] = str(discovery.noise)
        if discovery.noise.chi2 is not None:
            facts["reduced χ²"] = f"{discovery.noise.chi2.reduced:.3g}"
    if discovery.lack_of_fit is not None:
        facts["lack of fit, against repeated rows"] = str(discovery.lack_of_fit)
    if len(discovery.outliers):
        facts["rows far off, which hardly count"] = f"{len(discovery.outliers):,}"
    return facts


def format_r2(value: float) -> str:
    """R² as text: to two digits of what is missing to 1, and at least to three decimals.

    Example:
        >>> [format_r2(value) for value in (0.4904, 0.98765, 0.999913, 1 - 2e-9, 0.0)]
        ['0.490', '0.988', '0.999913', '1 − 2e−9', '0']
    """
    missing = 1 - value
    if value in (0, 1) or not math.isfinite(value) or abs(value) >= 1e3:
        return format_number(value)
    if 0 < missing < 1e-6:
        return f"1 − {format_number(missing, 2)}"
    places = max(3, 1 - math.floor(math.log10(abs(missing))))
    return f"{value:.{places}f}".replace("-", "−")
