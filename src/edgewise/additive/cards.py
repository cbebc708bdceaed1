"""Cards of estimators: the strongest effects of a model, or the reasons for one prediction."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.additive import pictures
from edgewise.additive.page import Explained
from edgewise.additive.readings import describe_course, find_log_odds, list_facts
from edgewise.additive.waterfall import Waterfall
from edgewise.charts.card import Card, Drawn
from edgewise.charts.numbers import format_number

STRONGEST = 3
LEVELS, STEPS = 6, 6


def make_card(explained: Explained, output: str, scores: Mapping[str, str]) -> Card:
    """The card of a model: its strongest effects on an output as charts on one scale, and in words.

    Args:
        scores: scores of the model's quality by name.
    """
    effects = explained.effects[output]
    base = find_log_odds(explained.effects, explained.bases)[output]
    strongest = [effect for effect in effects if effect.is_clear][:STRONGEST]
    word = effects[0].units.word if effects else "effect"
    is_logistic = bool(effects) and effects[0].units.is_logistic
    odds = base if is_logistic else None
    one_scale = pictures.find_common_ends([pictures.make_overlay(e) for e in strongest])
    courses = [f"{effect.name}: {describe_course(effect, odds)}" for effect in strongest]
    source = f"{word.capitalize()} of each column"
    if is_logistic:
        source = f"The probability of {output} where all other columns are average; charts: {word}"
    facts = {**scores, "rows of the fit": format_number(explained.rows, 7)}
    return Card(
        stamp="Additive model",
        style="model" if strongest else "nothing",
        headline=explained.target.title([output], explained.others),
        source=source,
        meaning=f"{'; '.join(courses)}." if courses else "No column has a clear effect.",
        charts=[
            Drawn(e.name, pictures.chart_overlay(pictures.make_overlay(e), LEVELS, one_scale))
            for e in strongest
        ],
        facts=facts | list_facts(output, effects, base, explained.known),
    )


def make_row_card(title: str, fall: Waterfall) -> Card:
    """The card of a prediction: its largest effects one by one."""
    return Card(
        stamp=fall.headline,
        style="model",
        headline=title,
        source=f"{fall.units.word.capitalize()} of each column",
        meaning=f"{fall.spread} {fall.reason}".strip(),
        charts=[Drawn("From an average row to this one", fall.chart(STEPS))],
    )
