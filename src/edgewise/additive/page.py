"""Explanations as one HTML page that needs no other file and no network.

Charts are lines and boxes in per cent of their frames, and their text is the page's text, so they
are sharp and legible at any width, on paper and in the dark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import edgewise
from edgewise._pages import make_environment, mark_safe, read_script, sign_script
from edgewise.additive.edit import Edit
from edgewise.additive.effects import Effect
from edgewise.additive.outputs import Target, join_names
from edgewise.additive.pictures import (
    Overlay,
    chart_importances,
    chart_overlay,
    choose_levels,
    find_common_ends,
    make_overlay,
    write_importance,
)
from edgewise.additive.readings import (
    COVERAGE,
    FEW_ROWS,
    OBSERVED,
    describe_course,
    find_log_odds,
    list_facts,
    list_readings,
)
from edgewise.additive.training_summary import Key
from edgewise.additive.waterfall import Waterfall
from edgewise.additive.what_if import ExplainedRows
from edgewise.charts.chart import Chart
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import RowChart
from edgewise.charts.style import begin_large

MOST_CARDS, MOST_CARDS_OF_MANY = 120, 24
"""Effects that are drawn of each output, and if there are more than three outputs."""
LISTED = 16
"""The number of importances that are shown at once; the others unfold."""
LEVELS_AT_ONCE = 16
MOST_LEVELS = 500
LISTED_ROWS, OPEN = 20, 2
"""Rows of a page of which none are named, and those whose waterfalls are unfolded at first."""
STEPS = 10
EMPTY: dict[str, Any] = {
    "scores": {},
    "facts": {},
    "outputs": (),
    "unused": (),
    "log": (),
    "falls": (),
    "what_if": None,
    "difference": "",
    "beside": "",
    "notes": (),
}
"""What a page has that doesn't say otherwise."""


@dataclass(frozen=True, eq=False, repr=False)
class Explained:
    """The data of an :class:`.Explanation`, which says what each field is."""

    effects: Mapping[str, Sequence[Effect]]
    bases: Mapping[str, float]
    unused: Sequence[str]
    coverage: float
    rows: float
    edits: Sequence[Edit]
    others: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    target: Target = field(default_factory=Target)
    beside: str = ""


def write_page(explained: Explained, scores: Mapping[str, str]) -> str:
    """The page of a model, in UTF-8.

    Raises:
        ImportError: jinja2 is not installed.
    """
    effects = explained.effects
    bases = find_log_odds(effects, explained.bases)
    known = explained.known
    leads = {name: list_facts(name, e, bases[name], known) for name, e in effects.items()}
    told = {name: [e for e in every if e.importance or e.edited] for name, every in effects.items()}
    used = {name for every in told.values() for effect in every for name in effect.names}
    nothing = {name for every in effects.values() for effect in every for name in effect.names}
    only = next(iter(leads.values())) if len(effects) == 1 else {}
    given = {kind: "not a column" if name == kind else name for name, kind in known.items()}
    outputs = []
    for k, (name, every) in enumerate(told.items()):
        odds = bases[name] if every and every[0].units.is_logistic else None
        overlays = [make_overlay(effect) for effect in every]
        outputs.append(describe_output(k, name, overlays, len(effects), odds, leads[name]))
    return render(
        title=explained.target.title(effects, explained.others),
        outputs=outputs,
        scores=scores,
        notes=explained.notes,
        beside=explained.beside,
        facts={"rows of the fit": format_number(explained.rows, 7), **only} | given,
        unused=[*sorted(nothing - used), *explained.unused],
        coverage=write_coverage(explained.coverage),
        log=[_describe_edit(edit.describe()) for edit in explained.edits],
    )


def write_coverage(coverage: float) -> str:
    """A coverage in per cent."""
    return f"{coverage:.0%}".replace("%", " %")


def write_rows(
    explained: ExplainedRows,
    falls: Sequence[tuple[int, str, Waterfall]],
    which: str,
    what_if: Mapping[str, Any] | None,
    source: str,
) -> str:
    """The page of some rows, in UTF-8.

    Args:
        falls: the position of each row, what it is called, and its waterfall.
        which: which rows they are, in words.
        what_if: what :func:`.describe_what_if` says of the rows that a reader can change.
        source: the model in JavaScript, which predicts them; "" without one.

    Raises:
        ImportError: jinja2 is not installed.
    """
    others = explained.others
    names = [*map(str, others.values()), *map(str, explained.outputs)]
    told = explained.target.write(join_names(names, " or " if explained.has_classes else ", "))
    several = len(names) > 1 and not others
    return render(
        source,
        sentence=falls[0][2].units.explain(names[-1], several) if falls else "",
        title=f"Why these predictions of {told}",
        which=which,
        orders=_list_orders(names, others),
        coverage=write_coverage(COVERAGE),
        what_if=what_if,
        falls=[_describe_fall(k, *fall) for k, fall in enumerate(falls)],
    )


def _list_orders(names: Sequence[str], others: Mapping[str, str]) -> dict[str, str]:
    """By what rows can be ordered; by their predictions, if each has one."""
    if others:
        other, name = names
        return {"highest": f"most likely {name} first", "lowest": f"most likely {other} first"}
    if len(names) > 1:
        return {}
    return {"highest": "highest prediction first", "lowest": "lowest prediction first"}


def _describe_fall(place: int, row: int, title: str, fall: Waterfall) -> dict[str, Any]:
    """The card of a row; only those of the first few are unfolded."""
    return {
        "place": place,
        "row": row,
        "title": title,
        "prediction": fall.prediction,
        "headline": fall.headline,
        "spread": fall.spread,
        "rate": fall.rate,
        "reason": fall.reason,
        "faded": bool(fall.unclear.any()),
        "neutral": int(fall.units.neutral),
        "classes": fall.units.is_log_odds,
        "open": place < OPEN,
        "steps": _list_items(fall.chart(STEPS)),
    }


def render(source: str = "", **content: Any) -> str:
    """The page; ``source`` is a script of the model's, for what-if."""
    environment = make_environment("edgewise.additive", "An explanation's page", "tables")
    scripts = [read_script(environment, "explanation.js")]
    if source:
        scripts += [sign_script(source), read_script(environment, "what_if.js")]
    return environment.get_template("explanation.html.j2").render(
        **(EMPTY | content),
        few=FEW_ROWS,
        observed_and_expected=OBSERVED,
        scripts=scripts,
        version=edgewise.__version__,
    )


def _list_items(chart: RowChart) -> list[Any]:
    return [mark_safe(item) for item in chart.html()]


def describe_output(
    k: int,
    name: str,
    overlays: Sequence[Overlay],
    outputs: int,
    odds: float | None,
    facts: Mapping[str, str],
    shown: Set[frozenset[str]] = frozenset(),
) -> dict[str, Any]:
    """The part of a page about one target or class.

    Args:
        outputs: how many there are; of many each has fewer cards.
        shown: names of effects that aren't folded, be they clear or not.
    """
    sentence = ""
    if overlays:
        sentence = overlays[0][0].effect.units.explain(name, outputs > 1)
    prefix, most = f"o{k}", MOST_CARDS if outputs <= 3 else MOST_CARDS_OF_MANY
    listed = _list_items(chart_importances(overlays, len(overlays), prefix, most))
    drawn, hold = list(enumerate(overlays[:most])), find_common_ends(overlays[:most])
    told = [
        (
            any(layer.effect.is_clear for layer in overlay)
            or frozenset(overlay[0].effect.names) in shown,
            _describe_card(f"{prefix}-{k}", name, overlay, odds, hold),
        )
        for k, overlay in drawn
    ]
    per_card = max(map(len, overlays), default=1)
    return {
        "id": prefix,
        "name": name,
        "units": overlays[0][0].effect.units if overlays else None,
        "sentence": sentence,
        "odds": odds is not None,
        "facts": facts,
        "shown": listed[: LISTED * per_card],
        "folded": listed[LISTED * per_card :],
        "cards": [card for clear, card in told if clear],
        "unclear": [card for clear, card in told if not clear],
        "left_out": len(overlays) - len(drawn),
        "same": len(overlays) > 1,
        "surfaces": any(len(overlay[0].effect.key) > 1 for overlay in overlays),
    }


def _describe_card(
    name: str, output: str, overlay: Overlay, odds: float | None, hold: Sequence[float]
) -> dict[str, Any]:
    """A card with its chart on a scale of its own, and on the one of all charts.

    Args:
        odds: the log odds of the output in an average row; None if it is no class, or of many.
    """
    effect, key = overlay[0].effect, overlay[0].effect.key
    chart, same = (chart_overlay(overlay, MOST_LEVELS, ends) for ends in ((), hold))
    courses = [(layer.model, describe_course(layer.effect)) for layer in overlay]
    if odds is not None and effect.is_clear and effect.bands:
        courses = [("", f"the probability of {output} {describe_course(effect, odds)}")]
    if len(courses) == 2 and courses[0][1] == courses[1][1]:
        courses = [("both models", courses[0][1])]
    told = " ".join(begin_large(f"{model}: {text}" if model else text) for model, text in courses)
    label = f"{effect.name}: {told}"
    readings = list_readings(overlay, odds)
    if readings and isinstance(chart, Chart):
        across = chart.fitted().x
        places = [[round(100 * float(across.fraction(r.place)), 1), r.text] for r in readings]
    return {
        "id": name,
        "name": effect.name,
        "importance": f"{max(layer.effect.importance for layer in overlay):.6g}",
        "place": _find_place(key),
        "text": write_importance(effect) if len(overlay) == 1 and not overlay[0].model else "",
        "edited": effect.edited and not overlay[0].model,
        "word": effect.units.word,
        "course": told,
        "readings": json.dumps(places) if readings else "",
        "charts": [_write_chart(one, label) for one in (chart, same)],
    }


def _find_place(key: Key) -> int:
    """The order of cards by columns; that of interactions of any columns is the last."""
    if not key:
        return 10**12
    return key[0] * 100_000 + (key[1] + 1 if len(key) > 1 else 0)


def _write_chart(chart: Chart | RowChart, label: str) -> dict[str, Any]:
    """Its HTML, or its levels, of which those between unfold."""
    if isinstance(chart, Chart):
        return {"html": mark_safe(chart.html(label)), "levels": None}
    levels = [mark_safe("".join(bars)) for bars in _group_levels(chart)]
    shown, gap = choose_levels(len(levels), LEVELS_AT_ONCE)
    after = len(levels) - len(shown) + gap
    found = {"before": levels[:gap], "between": levels[gap:after], "after": levels[after:]}
    return {"html": "", "levels": found | {"hidden": chart.gap[1] if chart.gap else 0}}


def _group_levels(chart: RowChart) -> list[list[str]]:
    """The bars of each level: one, or one for each of two models, which stand together."""
    found: list[list[str]] = []
    before = None
    for row, item in zip(chart.rows, chart.html(), strict=True):
        if row.detail and before is not None and before.name == row.name:
            found[-1].append(item)
        else:
            found.append([item])
        before = row
    return found


def _describe_edit(edit: Mapping[str, Any]) -> dict[str, str]:
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
