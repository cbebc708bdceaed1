"""Compare two models of one table: their effects in the same charts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from edgewise._checks import read_mapping
from edgewise._files import write_text
from edgewise.additive import page
from edgewise.additive.edit import Edit
from edgewise.additive.outputs import Target
from edgewise.additive.page import Explained
from edgewise.additive.pictures import Layer, Overlay
from edgewise.charts.numbers import format_number
from edgewise.charts.style import BLUE, ORANGE

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_NAMED = 6
"""Up to this number, effects that differ are named; more are counted."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """The effects of two models on the same targets or classes.

    Attributes:
        models: the explanations of the models by their names.
    """

    models: Mapping[str, Explained]

    def frame(self) -> DataFrame:
        """A row for each effect: its importance in each of the models, 0 where it has none."""
        import pandas as pd

        rows = []
        for output in next(iter(self.models.values())).effects:
            for overlay in self._pair_effects(output):
                sizes = {layer.model: layer.effect.importance for layer in overlay}
                mine = {name: sizes.get(name, 0.0) for name in self.models}
                rows.append({"output": output, "effect": overlay[0].effect.name, **mine})
        return pd.DataFrame(rows, columns=["output", "effect", *self.models])

    def html(self, scores: Mapping[str, str] | None = None) -> str:
        """A self-contained page with both models' curves in the same charts.

        Args:
            scores: what is known of the models' quality, such as ``{"R² of before": "0.45"}``.

        Raises:
            ImportError: jinja2 is not installed.
        """
        first, other = self.models.values()
        same = first.rows == other.rows
        facts = {"rows of both fits": format_number(first.rows, 7)} if same else {}
        for name, one in self.models.items():
            every = [effect for effects in one.effects.values() for effect in effects]
            clear = sum(effect.is_clear for effect in every)
            if not same:
                facts[f"rows of the fit, {name}"] = format_number(one.rows, 7)
            facts[f"clear effects, {name}"] = f"{clear} of {len(every)}"
        target = first.target if first.target == other.target else Target()
        overlays = self._list_overlays()
        shown = {frozenset(edit.feature) for edit in self._find_edits()[1]}
        return page.render(
            title=f"{target.title(overlays, first.others)}: {' and '.join(self.models)}",
            outputs=[
                page.describe_output(k, name, every, len(overlays), None, {}, shown)
                for k, (name, every) in enumerate(overlays.items())
            ],
            scores=self._list_scores() | read_mapping("html", "scores", scores),
            facts=facts,
            coverage=page.write_coverage(first.coverage),
            difference=self.describe_difference(),
        )

    def save(self, path: str | os.PathLike[str], scores: Mapping[str, str] | None = None) -> None:
        """Write :meth:`html` to a file, all of it or nothing."""
        write_text(Path(path), self.html(scores))

    def describe_difference(self) -> str:
        """A sentence on which effects differ, and whether by edits or by another fit."""
        outputs = next(iter(self.models.values())).effects
        overlays = [overlay for output in outputs for overlay in self._pair_effects(output)]
        effects = {
            frozenset(overlay[0].effect.names): overlay[0].effect.name for overlay in overlays
        }
        apart = {frozenset(overlay[0].effect.names) for overlay in overlays if _differs(overlay)}
        if not apart:
            return "Both models have the same effects."
        *others, last = (name for key, name in effects.items() if key in apart)
        some = f"effects of {', '.join(others)} and {last}" if others else f"effect of {last}"
        which = f"the {some}"
        if len(apart) > MOST_NAMED:
            count = len(effects)
            which = (
                f"all {count} effects"
                if len(apart) == count
                else f"{len(apart)} of {count} effects"
            )
        edited, edits = self._find_edits()
        if {frozenset(edit.feature) for edit in edits} >= apart:
            return (
                f"The models differ in {which}, edited in “{edited}”. Nothing was "
                "fitted again: no other effect makes up for the edit."
            )
        return f"The models differ in {which}. They were fitted separately."

    def _find_edits(self) -> tuple[str, Sequence[Edit]]:
        """The model with the other's edits and further ones, and the latter; else no edits."""
        (_, one), (name, other) = sorted(self.models.items(), key=lambda m: len(m[1].edits))
        known = len(one.edits)
        same = tuple(other.edits[:known]) == tuple(one.edits)
        return name, other.edits[known:] if same else ()

    def _list_scores(self) -> dict[str, str]:
        """The score of each model that isn't edited, and the loss before and after edits."""
        found = {
            f"{measure}, {name}": value
            for name, one in self.models.items()
            if not one.edits
            for measure, value in list(one.scores.items())[:1]
        }
        edited, edits = self._find_edits()
        if edits and edits[0].before is not None and edits[-1].after is not None:
            for name in self.models:
                loss = edits[-1].after if name == edited else edits[0].before
                found[f"loss on {edits[-1].rows} rows, {name}"] = format_number(loss, 4)
        return found

    def __repr__(self) -> str:
        return f"<Comparison of {' and '.join(self.models)}>"

    def _repr_html_(self) -> str:
        return str(self.frame().to_html(index=False, float_format="%.4g"))

    def _list_overlays(self) -> dict[str, list[Overlay]]:
        """An overlay for each column or pair of each output that has an effect in either model."""
        outputs = next(iter(self.models.values())).effects
        return {
            output: [
                part
                for overlay in self._pair_effects(output)
                if any(layer.effect.importance or layer.effect.edited for layer in overlay)
                for part in _split(overlay)
            ]
            for output in outputs
        }

    def _pair_effects(self, output: str) -> list[list[Layer]]:
        """The models' effects of each column or pair, what matters most in any of them first."""
        found: dict[tuple[str, ...], list[Layer]] = {}
        for colour, (name, one) in zip((BLUE, ORANGE), self.models.items(), strict=True):
            for effect in one.effects[output]:
                layer = Layer(effect, name, colour)
                found.setdefault((effect.kind, *sorted(effect.names)), []).append(layer)
        return sorted(found.values(), key=lambda c: -max(layer.effect.importance for layer in c))


def _differs(overlay: list[Layer]) -> bool:
    """Whether the models have other values of an effect, or one hasn't it."""
    parts = [[band.value for band in layer.effect.bands] for layer in overlay]
    return len(overlay) == 1 or not all(map(np.array_equal, *parts))


def _split(overlay: list[Layer]) -> Sequence[Overlay]:
    """A heat map shows one model: so surfaces have an overlay for each."""
    return [[layer] for layer in overlay] if len(overlay[0].effect.key) > 1 else [overlay]


def compare_models(first: Explained, second: Explained, names: Sequence[str]) -> Comparison:
    """Compare two models under these names.

    Raises:
        ValueError: if the names aren't two different ones, or the models differ in their targets,
            classes or units of effects.
    """
    names = [str(name) for name in names]
    if len(names) != 2 or len({*names, "", "output", "effect"}) != 5:
        raise ValueError(
            f"compare expected two different names other than 'output' and 'effect', got {names}"
        )
    outputs = [[*one.effects] for one in (first, second)]
    if outputs[0] != outputs[1]:
        raise ValueError(
            f"compare expected two models of {', '.join(outputs[0])}, got one of "
            f"{', '.join(outputs[1])}: name the targets alike in both fits"
        )
    words = [
        {effect.units.word for every in one.effects.values() for effect in every}
        for one in (first, second)
    ]
    if all(words) and words[0] != words[1]:
        raise ValueError(
            f"compare expected effects of one kind, got {', '.join(sorted(words[0]))} and "
            f"{', '.join(sorted(words[1]))}: fit both with the same loss"
        )
    return Comparison(dict(zip(names, (first, second), strict=True)))
