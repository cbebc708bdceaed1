"""Cards of estimators: what the strongest effects are, and why one row is predicted as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edgewise.additive.effects import Effect
from edgewise.additive.pictures import chart_effect
from edgewise.additive.readings import describe_course, write_probability
from edgewise.additive.waterfall import Waterfall
from edgewise.charts.card import Card, Drawn
from edgewise.charts.numbers import format_number

STRONGEST = 3
LEVELS, STEPS = 6, 6


def make_card(
    output: str,
    effects: Sequence[Effect],
    base: float,
    other: str | None,
    rows: float,
    scores: Mapping[str, str] | None = None,
) -> Card:
    """The card of a model: its strongest effects as charts and in words.

    Args:
        base: the prediction, or the log odds, of a row without effects.
        other: the class against which the output stands, of two.
        scores: what is known of the model's quality.
    """
    strongest = [effect for effect in effects if effect.is_clear][:STRONGEST]
    courses = [f"{effect.name} {describe_course(effect)}" for effect in strongest]
    odds = bool(effects) and effects[0].units.is_log_odds
    clear = sum(effect.is_clear for effect in effects)
    facts = dict(scores or {}) | {
        "rows of the fit": format_number(rows, 7),
        "effects are clear": f"{clear} of {len(effects)}",
        f"{'probability' if odds else 'prediction'} without any effect": (
            write_probability(base) if odds else format_number(base, 4)
        ),
    }
    word = effects[0].units.word if effects else "effect"
    return Card(
        stamp="Additive model",
        style="model" if strongest else "nothing",
        headline=f"What predicts {output}" + (f" rather than {other}" if other else ""),
        source=f"{word[:1].upper()}{word[1:]} of each column",
        meaning=f"{'; '.join(courses)}." if courses else "No column has a clear effect.",
        charts=[Drawn(effect.name, chart_effect(effect, LEVELS)) for effect in strongest],
        facts=facts,
    )


def make_row_card(row: int, fall: Waterfall) -> Card:
    """The card of a prediction: its largest effects one by one."""
    return Card(
        stamp=fall.headline,
        style="model",
        headline=f"Row {row}: {fall.output}",
        source=f"{fall.units.word[:1].upper()}{fall.units.word[1:]} of each column",
        meaning=fall.reason,
        charts=[Drawn("From the base to the prediction", fall.chart(STEPS))],
    )
