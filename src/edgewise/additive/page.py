"""Explanations as one HTML page that needs no other file and no network.

Charts are lines and boxes in per cent of their frames, and letters are the page's own: so they are
sharp and legible at any width, on paper and in the dark.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

import edgewise
from edgewise._pages import make_environment, read_script
from edgewise.additive.columns import Array
from edgewise.additive.effects import MISSING, Effect
from edgewise.additive.ticks import (
    choose_curve_ticks,
    choose_effect_ticks,
    choose_levels,
    format_effect,
    format_number,
    list_cell_ticks,
    pad,
)
from edgewise.additive.waterfall import Waterfall

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_CARDS, MOST_CARDS_OF_MANY = 120, 24
"""Effects that are drawn of each output, and if there are more than three outputs."""
LISTED = 16
"""So many importances are shown at once; the others unfold."""
LEVELS_AT_ONCE = 16
MOST_LEVELS = 500
MOST_ROWS = 20
STEPS = 16
CELLS_WITH_WORDS = 150
HISTOGRAM = 16.0
"""Per cent of the height of a chart that its histogram has."""


def write_page(
    effects: Mapping[str, Sequence[Effect]],
    bases: Mapping[str, float],
    unused: Sequence[str],
    coverage: float,
    rows: float,
    log: Sequence[Mapping[str, Any]],
) -> str:
    """The page of a model, in UTF-8.

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
        title=f"What decides {names}",
        outputs=outputs,
        unused=list(unused),
        coverage=f"{coverage:.0%}".replace("%", " %"),
        rows=format_number(rows, 7),
        log=[_tell_edit(edit) for edit in log],
        falls=[],
    )


def write_rows(falls: Sequence[tuple[int, Waterfall]], rows: int) -> str:
    """The page of some rows, in UTF-8.

    Raises:
        ImportError: jinja2 is not installed.
    """
    return _render(
        title="How predictions come about",
        outputs=[],
        unused=[],
        coverage="",
        rows=format_number(rows, 7),
        log=[],
        falls=[_describe_fall(row, fall) for row, fall in falls],
    )


def _render(**content: Any) -> str:
    environment = _read_templates()
    script, digest = read_script(environment, "explanation.js")
    return environment.get_template("explanation.html.j2").render(
        **content,
        script=script,
        digest=digest,
        version=edgewise.__version__,
    )


@functools.cache
def _read_templates() -> Environment:
    return make_environment("edgewise.additive", "An explanation's page", "tables")


def _trust(text: str) -> Any:
    """What was made here, and needs no escaping."""
    import markupsafe

    return markupsafe.Markup(text)


def _describe_output(
    prefix: str, name: str, effects: Sequence[Effect], base: float, most: int
) -> dict[str, Any]:
    largest = max((effect.importance + effect.error for effect in effects), default=0.0) or 1.0
    listed = [
        {
            "name": effect.name,
            "card": f"{prefix}-{k}" if k < most else None,
            "width": 100 * effect.importance / largest,
            "left": 100 * max(effect.importance - effect.error, 0.0) / largest,
            "error": 100 * min(2 * effect.error, effect.importance + effect.error) / largest,
            "text": _tell_importance(effect),
            "edited": effect.edited,
        }
        for k, effect in enumerate(effects)
    ]
    cards = [
        _describe_effect(f"{prefix}-{k}", k, effect) for k, effect in enumerate(effects[:most])
    ]
    return {
        "id": prefix,
        "name": name,
        "units": effects[0].units if effects else None,
        "base": format_number(base, 5),
        "columns": sum(len(effect.key) == 1 for effect in effects),
        "pairs": sum(len(effect.key) == 2 for effect in effects),
        "shown": listed[:LISTED],
        "folded": listed[LISTED:],
        "cards": cards,
        "left_out": len(effects) - len(cards),
    }


def _tell_importance(effect: Effect) -> str:
    error = f" ± {format_number(effect.error, 2)}" if effect.error else ""
    return format_number(effect.importance) + error


def _describe_effect(card: str, place: int, effect: Effect) -> dict[str, Any]:
    common: dict[str, Any] = {
        "id": card,
        "name": effect.name,
        "names": effect.names,
        "kind": effect.kind,
        "importance": f"{effect.importance:.6g}",
        "place": effect.key[0] * 100_000 + (effect.key[1] + 1 if len(effect.key) == 2 else 0),
        "text": _tell_importance(effect),
        "edited": effect.edited,
        "word": effect.units.word,
    }
    return common | DESCRIBE[effect.kind](effect)


# One kind of effect each: places in per cent of the frame, and texts.


def _describe_curve(effect: Any) -> dict[str, Any]:
    seen, units = effect.seen, effect.units
    value, low, high = (units.read(part) for part in effect.band.parts)
    apart = [units.read(part) for part in effect.missing.parts]
    floor, top = pad(np.concatenate([low, high, *apart]), 0.0)
    floor -= (top - floor) * HISTOGRAM / (100 - HISTOGRAM)
    x = seen.scale.forward(effect.at)
    room = float(x[-1] - x[0]) or 1.0
    margin = 0.06 * room if seen.few else 0.02 * room
    left, right = float(x[0]) - margin, float(x[-1]) + margin
    right += 0.12 * room if len(apart[0]) else 0.0

    def across(u: Any) -> Array:
        return np.asarray(100 * (np.asarray(u) - left) / (right - left))

    def down(v: Any) -> Array:
        return np.asarray(100 * (top - np.asarray(v)) / (top - floor))

    ticks = choose_curve_ticks(effect)
    places = across(seen.scale.forward(np.array([t[0] for t in ticks])))
    band = [*zip(across(x), down(high), strict=True)]
    band += [*zip(across(x), down(low), strict=True)][::-1]
    effect_ticks = choose_effect_ticks(units, floor + (top - floor) * HISTOGRAM / 100, top)
    gone, at = None, 100.0
    if len(apart[0]):
        at = float(across(right - 0.05 * room))
        middle, lower, upper = (float(down(part[0])) for part in apart)
        text = f"{MISSING}: {format_effect(float(effect.missing.value[0]), units)}"
        gone = {"x": at, "y": middle, "top": upper, "height": lower - upper, "text": text}
    limit = at - 12 if len(apart[0]) else 100.0
    return {
        "line": _write_points(zip(across(x), down(value), strict=True)),
        "band": _write_points(band),
        "zero": float(down(0.0)),
        "bars": _list_bars(seen, across),
        "dots": list(zip(across(x), down(value), strict=True)) if effect.dots else [],
        "x_ticks": [(p, t[1]) for p, t in zip(places, ticks, strict=True) if p <= limit],
        "y_ticks": [(float(down(v)), text) for v, text in effect_ticks],
        "gone": gone,
    }


def _write_points(points: Any) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _list_bars(seen: Any, across: Callable[[Any], Array]) -> list[tuple[float, float, float]]:
    """Left end, width and height of each bar of the histogram."""
    if seen.few:
        x = across(seen.scale.forward(seen.points))
        width = min(6.0, 0.7 * float(np.diff(x).min())) if len(x) > 1 else 6.0
        lefts, widths = x - width / 2, np.full(len(x), width)
    else:
        edges = across(seen.scale.forward(seen.edges))
        lefts, widths = edges[:-1], 0.9 * np.diff(edges)
    heights = HISTOGRAM * seen.counts / seen.counts.max()
    return [(*bar,) for bar in zip(lefts, widths, heights, strict=True)]


def _describe_levels(effect: Any) -> dict[str, Any]:
    units = effect.units
    value, low, high = (units.read(part) for part in effect.band.parts)
    left, right = pad(np.concatenate([low, high]), 0.0, 0.02)
    most = float(effect.counts.max())

    def across(v: float) -> float:
        return 100 * (float(v) - left) / (right - left)

    levels = [
        {
            "name": MISSING if name is None else name,
            "start": across(min(value[k], 0.0)),
            "width": across(max(value[k], 0.0)) - across(min(value[k], 0.0)),
            "low": across(low[k]),
            "reach": across(high[k]) - across(low[k]),
            "text": format_effect(float(effect.band.value[k]), units),
            "rows": format_number(float(effect.counts[k])),
            "share": 100 * float(effect.counts[k]) / most,
        }
        for k, name in enumerate(effect.levels)
    ]
    shown, gap = choose_levels(len(levels), LEVELS_AT_ONCE)
    rest = [level for k, level in enumerate(levels) if k not in set(shown)][:MOST_LEVELS]
    return {
        "zero": across(0.0),
        "before": [levels[k] for k in shown[:gap]],
        "between": rest,
        "after": [levels[k] for k in shown[gap:]],
        "hidden": len(levels) - len(shown) - len(rest),
    }


def _describe_pair(effect: Any) -> dict[str, Any]:
    units = effect.units
    value = units.read(effect.band.value)
    top = float(np.abs(value).max()) or 1.0
    shape = value.shape
    words = shape[0] * shape[1] <= CELLS_WITH_WORDS
    sides = [list_cell_ticks(effect, k, 5) for k in (0, 1)]
    cells = [
        {
            "x": i,
            "y": shape[1] - 1 - j,
            "up": bool(value[i, j] >= 0),
            "depth": f"{abs(value[i, j]) / top * (1 if effect.cells.counts[i, j] else 0.3):.3f}",
            "text": f"{format_effect(float(effect.band.value[i, j]), units)}, "
            f"{format_number(float(effect.cells.counts[i, j]))} rows"
            if words
            else None,
        }
        for i in range(shape[0])
        for j in range(shape[1])
    ]
    return {
        "shape": shape,
        "cells": cells,
        "x_ticks": _place_cells(*sides[0], shape[0], False),
        "y_ticks": _place_cells(*sides[1], shape[1], True),
        "ends": [format_effect(float(units.show(v)), units) for v in (-top, top)],
    }


def _place_cells(
    places: Sequence[float], texts: Sequence[str], count: int, upwards: bool
) -> list[tuple[float, str]]:
    every = [(100 * (place + 0.5) / count, text) for place, text in zip(places, texts, strict=True)]
    return [(100 - place if upwards else place, text) for place, text in every]


DESCRIBE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "curve": _describe_curve,
    "levels": _describe_levels,
    "pair": _describe_pair,
}
"""By the kind of effect."""


def _tell_edit(edit: Mapping[str, Any]) -> dict[str, str]:
    before, after = edit["loss before"], edit["loss after"]
    return {
        "edit": str(edit["edit"]),
        "output": "all" if edit["output"] is None else str(edit["output"]),
        "before": "—" if before is None else format_number(before, 5),
        "after": "—" if after is None else format_number(after, 5),
        "rows": format_number(edit["rows"], 7) if edit["rows"] else "—",
    }


def _describe_fall(row: int, fall: Waterfall) -> dict[str, Any]:
    steps = fall.steps(STEPS)
    ends = np.array([place for step in steps for place in (step.start, step.end)])
    left, right = float(ends.min()), float(ends.max())
    room = (right - left) or 1.0

    def across(v: float) -> float:
        return 2 + 96 * (v - left) / room

    return {
        "row": row,
        "output": fall.output,
        "headline": fall.headline,
        "sentence": fall.units.sentence,
        "steps": [
            {
                "name": step.name,
                "value": step.value,
                "text": step.text,
                "whole": step.whole,
                "up": step.end >= step.start,
                "left": across(min(step.start, step.end)),
                "width": 96 * abs(step.end - step.start) / room,
            }
            for step in steps
        ],
    }
