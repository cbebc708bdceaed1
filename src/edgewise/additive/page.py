"""Explanations as one HTML page that needs no other file and no network.

Charts are lines and boxes in per cent of their frames, and letters are the page's own: so they are
sharp and legible at any width, on paper and in the dark.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import edgewise
from edgewise._pages import make_environment, mark_safe, read_script, sign_script
from edgewise.additive.effects import Effect
from edgewise.additive.pictures import (
    chart_effect,
    chart_importances,
    choose_levels,
    write_importance,
)
from edgewise.additive.readings import describe_course, list_readings, write_probability
from edgewise.additive.waterfall import Waterfall
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import RowChart

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_CARDS, MOST_CARDS_OF_MANY = 120, 24
"""Effects that are drawn of each output, and if there are more than three outputs."""
LISTED = 16
"""The number of importances that are shown at once; the others unfold."""
LEVELS_AT_ONCE = 16
MOST_LEVELS = 500
MOST_ROWS = 20
STEPS = 10


def write_page(
    effects: Mapping[str, Sequence[Effect]],
    bases: Mapping[str, float],
    unused: Sequence[str],
    coverage: float,
    rows: float,
    log: Sequence[Mapping[str, Any]],
    others: Mapping[str, str],
    scores: Mapping[str, str],
) -> str:
    """The page of a model, in UTF-8.

    Args:
        others: the other class of each output, if there are two.
        scores: what is known of the model's quality.

    Raises:
        ImportError: jinja2 is not installed.
    """
    most = MOST_CARDS if len(effects) <= 3 else MOST_CARDS_OF_MANY
    outputs = [
        _describe_output(f"o{k}", name, every, bases[name], most)
        for k, (name, every) in enumerate(effects.items())
    ]
    names = ", ".join([*effects][:6]) + (", …" if len(effects) > 6 else "")
    return _render(
        title=f"What predicts {names}{_name_rest(effects, others)}",
        outputs=outputs,
        scores=scores,
        unused=list(unused),
        coverage=f"{coverage:.0%}".replace("%", " %"),
        rows=format_number(rows, 7),
        log=[_tell_edit(edit) for edit in log],
        what_if=None,
        source="",
        falls=[],
    )


def _name_rest(outputs: Mapping[str, Any], others: Mapping[str, str]) -> str:
    """The other one of two classes, for the title."""
    return "".join(f" rather than {others[name]}" for name in outputs if name in others)


def write_rows(
    falls: Sequence[tuple[int, Waterfall]],
    rows: int,
    what_if: Mapping[str, Any] | None = None,
    source: str = "",
) -> str:
    """The page of some rows, in UTF-8.

    Args:
        what_if: what :func:`.describe_what_if` says of the rows that a reader can change.
        source: the model in JavaScript, which predicts them.

    Raises:
        ImportError: jinja2 is not installed.
    """
    return _render(
        title="Why these predictions",
        outputs=[],
        unused=[],
        coverage="",
        rows=format_number(rows, 7),
        total=rows,
        log=[],
        what_if=what_if,
        source=source,
        falls=[
            {
                "row": row,
                "output": fall.output,
                "headline": fall.headline,
                "reason": fall.reason,
                "sentence": fall.units.sentence,
                "steps": _list_items(fall.chart(STEPS)),
            }
            for row, fall in falls
        ],
    )


def _render(source: str, **content: Any) -> str:
    """The page; ``source`` is a script of the model's, for what-if."""
    environment = _read_templates()
    scripts = [read_script(environment, "explanation.js")]
    if source:
        scripts += [sign_script(source), read_script(environment, "what_if.js")]
    return environment.get_template("explanation.html.j2").render(
        **content,
        scripts=scripts,
        version=edgewise.__version__,
    )


@functools.cache
def _read_templates() -> Environment:
    return make_environment("edgewise.additive", "An explanation's page", "tables")


def _list_items(chart: RowChart) -> list[Any]:
    return [mark_safe(item) for item in chart.html()]


def _describe_output(
    prefix: str, name: str, effects: Sequence[Effect], base: float, most: int
) -> dict[str, Any]:
    listed = _list_items(chart_importances(effects, len(effects), prefix, most))
    odds = base if effects and effects[0].units.is_log_odds else None
    drawn = list(enumerate(effects[:most]))
    cards = [_describe_effect(f"{prefix}-{k}", e, odds) for k, e in drawn if e.is_clear]
    unclear = [_describe_effect(f"{prefix}-{k}", e, odds) for k, e in drawn if not e.is_clear]
    return {
        "id": prefix,
        "name": name,
        "units": effects[0].units if effects else None,
        "base": format_number(base, 4) if odds is None else write_probability(base),
        "odds": odds is not None,
        "clear_effects": _count_clear(effects),
        "shown": listed[:LISTED],
        "folded": listed[LISTED:],
        "cards": cards,
        "unclear": unclear,
        "left_out": len(effects) - len(drawn),
    }


def _begin_large(text: str) -> str:
    """A sentence; names keep their letters."""
    return f"{text[:1].upper()}{text[1:]}."


def _count_clear(effects: Sequence[Effect]) -> str:
    """How many columns have a clear effect, and how many pairs where there are any."""
    told = []
    for size, word in ((1, "columns"), (2, "pairs")):
        some = [effect for effect in effects if len(effect.key) == size]
        if some or size == 1:
            told.append(f"{sum(effect.is_clear for effect in some)} of {len(some)} {word}")
    return " and ".join(told)


def _describe_effect(card: str, effect: Effect, odds: float | None) -> dict[str, Any]:
    chart = chart_effect(effect, MOST_LEVELS)
    common: dict[str, Any] = {
        "id": card,
        "name": effect.name,
        "importance": f"{effect.importance:.6g}",
        "place": effect.key[0] * 100_000 + (effect.key[1] + 1 if len(effect.key) == 2 else 0),
        "text": write_importance(effect),
        "edited": effect.edited,
        "word": effect.units.word,
        "course": _begin_large(describe_course(effect)),
        "readings": [],
    }
    if not isinstance(chart, RowChart):
        label = f"{effect.name}: {effect.units.word} {describe_course(effect)}"
        across = chart.fitted().x
        readings = [
            [round(100 * float(across.share(r.place)), 1), r.text]
            for r in list_readings(effect, odds)
        ]
        return common | {
            "chart": mark_safe(chart.html(label)),
            "levels": None,
            "readings": json.dumps(readings) if readings else "",
        }
    levels = _list_items(chart)
    shown, gap = choose_levels(len(levels), LEVELS_AT_ONCE)
    return common | {
        "levels": {
            "before": levels[:gap],
            "between": levels[gap : len(levels) - len(shown) + gap],
            "after": levels[len(levels) - len(shown) + gap :],
            "hidden": len(effect.rows()["at"]) - len(levels),
        }
    }


def _tell_edit(edit: Mapping[str, Any]) -> dict[str, str]:
    before, after = edit["loss before"], edit["loss after"]
    return {
        "edit": str(edit["edit"]),
        "output": "all" if edit["output"] is None else str(edit["output"]),
        "before": "—" if before is None else format_number(before, 5),
        "after": "—" if after is None else format_number(after, 5),
        "rows": format_number(edit["rows"], 7) if edit["rows"] else "—",
        "by": edit["by"] or "—",
        "on": (edit["on"] or "—")[:10],
    }
