"""Edits of a fitted model: make an effect flat, monotone or bounded, or replace it.

An edit returns a new model with another function as the effect of one column or pair; nothing is
refitted or changed in place. An edited effect has no standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sklearn.isotonic import isotonic_regression
from torch import Tensor

from edgewise._checks import check_choice, read_list, read_number
from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array
from edgewise.additive.curves import make_bare
from edgewise.additive.monotone import hold_shape
from edgewise.additive.outputs import Output
from edgewise.additive.schema import find_column
from edgewise.additive.training_summary import Key, Spread, Summary, group_terms
from edgewise.additive.whole_effects import (
    Spline,
    Terms,
    clip_spline,
    find_terms,
    list_levels,
    list_terms,
    read_at,
    read_missing,
    read_spline,
    read_values,
)
from edgewise.charts.scales import Scale
from edgewise.data.rows import weighted_variance
from edgewise.nn.reading import read_array

MOST_TOLD = 12
"""The most numbers of an edit that the log's table lists."""


@dataclass(frozen=True)
class Edit:
    """One entry of the log.

    Attributes:
        feature: the name of the column, or of both columns of a pair.
        action: "flatten", "monotonise", "clip" or "replace".
        options: the options of the action, in the units of explanations.
        output: the name of the target or class; None for all of them.
        before, after: the loss on given rows, or None.
        rows: the number of these rows.
        by, on: who made the edit, and when; None if unknown.
        note: a description in words if the options are points of a curve, as the explorer writes
            it.
    """

    feature: tuple[str, ...]
    action: str
    options: Mapping[str, Any] = field(default_factory=dict)
    output: str | None = None
    before: float | None = None
    after: float | None = None
    rows: int = 0
    by: str | None = None
    on: str | None = None
    note: str | None = None

    def describe(self) -> dict[str, Any]:
        """The entry as the row of a table."""
        told = ", ".join(f"{name}={_shorten(value)}" for name, value in self.options.items())
        what = f"{self.action} {' × '.join(self.feature)}" + (f" ({told})" if told else "")
        what = what if self.note is None else self.note
        return {
            "edit": what,
            "output": self.output,
            "loss before": self.before,
            "loss after": self.after,
            "rows": self.rows,
            "by": self.by,
            "on": self.on,
        }


def _shorten(value: Any) -> str:
    """Replace many points of a curve by their number."""
    if isinstance(value, list) and len(value) > MOST_TOLD:
        return f"{len(value)} numbers"
    return str(value)


def make_edit(
    feature: Any,
    action: str,
    options: Mapping[str, Any],
    output: Any,
    outputs: Sequence[Output],
    names: Sequence[str],
) -> Edit:
    """Check the arguments of an edit and make its log entry.

    Raises:
        ValueError: if there is no such column, pair, action, target or class.
    """
    several = feature if isinstance(feature, (tuple, list)) else (feature,)
    columns = tuple(names[find_column("edit", one, names)] for one in several)
    if not 1 <= len(set(columns)) == len(columns) <= 2:
        raise ValueError(f"edit expected a column or a pair of them, got {feature!r}")
    known = [one.name for one in outputs]
    if output is not None and str(output) not in known:
        raise ValueError(f"output expected one of {', '.join(known[:12])}, got {output!r}")
    plain = {name: _make_plain(value) for name, value in options.items()}
    return Edit(columns, action, plain, None if output is None else str(output))


def _make_plain(value: Any) -> Any:
    """Arrays as lists and numbers of Python, so that later changes of them don't change the log."""
    if isinstance(value, Mapping):
        return {n if n is None else str(n): _make_plain(one) for n, one in value.items()}
    if isinstance(value, Tensor):
        value = read_array("edit", value)
    return np.asarray(value).tolist() if not isinstance(value, (str, type(None))) else value


def apply_edits(
    outputs: Sequence[Output], summary: Summary, names: Sequence[str], edits: Sequence[Edit]
) -> tuple[list[Additive], Summary]:
    """The models, in the order of the summary's, after all edits, and the updated summary.

    Raises:
        ValueError: if an action isn't possible for its column, its options are wrong, or it would
            break a constraint of the model.
    """
    models = {output.number: output.model for output in outputs}
    for edit in edits:
        key = tuple(names.index(name) for name in edit.feature)
        if key[::-1] in summary.cells:
            key = key[::-1]
        for output in outputs:
            if edit.output in (None, output.name):
                now = replace(output, model=models[output.number])
                models[output.number] = _edit_output(now, summary, key, edit)
                now = replace(output, model=models[output.number])
                summary = _measure_again(summary, now, key)
    return [models[number] for number in sorted(models)], summary


def _edit_output(output: Output, summary: Summary, key: Key, edit: Edit) -> Additive:
    kind = "pair" if len(key) == 2 else "curve" if key[0] in summary.numbers else "levels"
    check_choice(" × ".join(edit.feature), "an action", edit.action, ACTIONS[kind])
    terms = ACTIONS[kind][edit.action](output, summary, key, dict(edit.options))
    for term, coef in terms:
        weights = term.weights(coef[:, None])
        held = hold_shape(term, weights, output.model.signs, output.model.bends)
        if np.abs(held - weights).max() > 1e-9 * max(1.0, np.abs(weights).max()):
            raise ValueError(
                f"{edit.feature[0]!r} is held to a shape by monotonic_cst or convexity_cst, which "
                f"{edit.action} would break: expected an effect of that shape"
            )
    return _replace_terms(output.model, key, output.place, terms)


def _flatten(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    _take(options)
    return []


def _clip_curve(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    low, high = _read_limits(output, options)
    return list_terms(clip_spline(read_spline(output, summary.numbers[key[0]], key), low, high))


def _clip_levels(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    found, (low, high) = read_values(output, key), _read_limits(output, options)
    values, unknown = np.clip(found.values, low, high), float(np.clip(found.unknown, low, high))
    return list_levels(key, replace(found, values=values, unknown=unknown))


def _monotonise(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    """The nearest ordered coefficients, weighted by their rows (isotonic regression)."""
    sign = _take(options, "sign").get("sign")
    if sign not in (None, 1, -1):
        raise ValueError(f"sign expected 1 (rising), -1 (falling) or None, got {sign!r}")
    found = read_spline(output, summary.numbers[key[0]], key)
    weight = found.amounts + 1e-9 * found.amounts.sum()
    ordered = [
        isotonic_regression(found.coef, sample_weight=weight, increasing=one > 0)
        for one in ((1, -1) if sign is None else (sign,))
    ]
    nearest = min(ordered, key=lambda coef: float(weight @ np.square(coef - found.coef)))
    return list_terms(replace(found, coef=nearest))


def _replace_curve(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    """Linear interpolation between points; constant before the first and after the last."""
    given = _take(options, "at", "values", "missing")
    at, values = (
        np.array(
            [
                read_number("replace", name, one)
                for one in read_list("replace", name, given.get(name, ()))
            ]
        )
        for name in ("at", "values")
    )
    if at.ndim != 1 or at.shape != values.shape or len(at) < 2 or not np.all(np.diff(at) > 0):
        raise ValueError(
            "replace expected at=[…] rising and as many values=[…], two or more, got "
            f"at={at.tolist()}, values={values.tolist()}"
        )
    own = _read_own(output, values)
    curve = make_bare(key[0], Scale(), np.r_[at[0], at, at[-1]], 1, reach=0.0)
    if "missing" in given:
        missing = _read_one(output, "missing", given["missing"])
    else:
        missing = read_missing(output, key)
    return list_terms(Spline(curve, own, missing, np.zeros(len(own))))


def _replace_levels(output: Output, summary: Summary, key: Key, options: dict[str, Any]) -> Terms:
    """Replace the values of some levels; the others stay."""
    given = _take(options, "values").get("values")
    if not isinstance(given, Mapping) or not given:
        raise ValueError(f"replace expected values={{level: effect, …}}, got {given!r}")
    known = set(summary.labels[key[0]].names)
    for name in given:
        if name not in known:
            some = ", ".join(str(each) for each in summary.labels[key[0]].names[:12])
            raise ValueError(f"replace expected levels among {some}, got {name!r}")
    effects = [read_number("replace", f"values of {name!r}", v) for name, v in given.items()]
    own = _read_own(output, np.array(effects))
    found = read_values(output, key)
    values = dict(zip(found.names, found.values, strict=True))
    values |= dict(zip(given, own, strict=True))
    return list_levels(
        key, replace(found, names=tuple(values), values=np.array(list(values.values())))
    )


Action = Callable[[Output, Summary, Key, dict[str, Any]], Terms]
ACTIONS: dict[str, dict[str, Action]] = {
    "curve": {
        "flatten": _flatten,
        "monotonise": _monotonise,
        "clip": _clip_curve,
        "replace": _replace_curve,
    },
    "levels": {"flatten": _flatten, "clip": _clip_levels, "replace": _replace_levels},
    "pair": {"flatten": _flatten},
}
"""The actions for each kind of effect."""


# Options, in the units of explanations.


def _take(options: dict[str, Any], *known: str) -> dict[str, Any]:
    for name in options:
        if name not in known:
            expected = ", ".join(known) or "no options"
            raise ValueError(f"expected {expected}, got {name!r}")
    return options


def _read_own(output: Output, told: Array) -> Array:
    """Effects in the units of explanations, on the scale of the sum of effects."""
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.asarray(output.units.read(told) / output.size)
    if not np.isfinite(own).all():
        kind = "factors above 0" if output.units.neutral else "finite numbers"
        raise ValueError(f"expected {kind}, got {told.tolist()}")
    return own


def _read_one(output: Output, name: str, told: Any) -> float:
    return float(_read_own(output, np.array([read_number("edit", name, told)]))[0])


def _read_limits(output: Output, options: dict[str, Any]) -> tuple[float, float]:
    given = _take(options, "low", "high")
    low, high = (
        _read_one(output, name, given[name]) if given.get(name) is not None else end
        for name, end in (("low", -np.inf), ("high", np.inf))
    )
    if not low < high or not (np.isfinite(low) or np.isfinite(high)):
        raise ValueError(f"clip expected low= below high=, or one of them, got {given}")
    return low, high


# Inserting an edited effect into the model.


def _replace_terms(model: Additive, key: Key, place: int, new: Terms) -> Additive:
    """The model with other terms for one output of a column or pair.

    Terms without weights for any output are dropped, and the edited effect is removed from the
    covariance.
    """
    places, coef = model.places(), model.coef.copy()
    dropped = np.zeros(len(coef), dtype=bool)
    mine = group_terms(model).get(key, [])
    for k in mine:
        coef[places[k], place] = 0.0
        dropped[places[k]] = True
    kept = [k for k in range(len(places)) if k not in mine or coef[places[k]].any()]
    stays = np.zeros(len(coef), dtype=bool)
    for part in (slice(0, 1), *(places[k] for k in kept)):
        stays[part] = True
    rows = np.zeros((sum(len(weights) for _, weights in new), coef.shape[1]))
    rows[:, place] = np.concatenate([weights for _, weights in new]) if new else 0.0
    solutions = []
    for j, one in enumerate(model.solutions):
        own = one.take(stays, ~dropped if j == place else stays)
        solutions.append(replace(own, coef=np.concatenate([own.coef, np.zeros(len(rows))])))
    terms = (*(model.terms[k] for k in kept), *(term for term, _ in new))
    coef = np.concatenate([coef[stays], rows])
    return replace(model, terms=terms, coef=coef, solutions=tuple(solutions))


def _measure_again(summary: Summary, output: Output, key: Key) -> Summary:
    """Update the summary: the deviation of an edited effect over its column's kept values."""
    spreads = dict(summary.spreads[output.number])
    outputs = output.model.coef.shape[1]
    old = spreads.pop(key, Spread(np.zeros(outputs), np.zeros(outputs)))
    if key in group_terms(output.model):
        value, error = old.value.copy(), old.error.copy()
        value[output.place], error[output.place] = _spread(summary, output, key), 0.0
        spreads[key] = Spread(value, error, known=False)
    every = list(summary.spreads)
    every[output.number] = spreads
    return replace(summary, spreads=tuple(every))


def _spread(summary: Summary, output: Output, key: Key) -> float:
    told = find_terms(output, key)
    if not told:
        return 0.0
    if key[0] in summary.numbers:
        seen = summary.numbers[key[0]]
        at, amounts = np.r_[seen.points, np.nan], np.r_[seen.weights, seen.missing]
    else:
        labels = summary.labels[key[0]]
        at, amounts = np.array(labels.names, dtype=object), labels.counts
    return weighted_variance(read_at(told, key, at), amounts) ** 0.5
