"""The outputs of a model, each a sum of effects: their units, and what titles say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Columns
from edgewise.charts.numbers import format_change, format_factor, format_number
from edgewise.charts.scales import LOG, STRAIGHT, Ruler

MOST_NAMED = 6
"""The most targets or classes that a title names."""


@dataclass(frozen=True)
class Units:
    """How effects are presented.

    Attributes:
        word: the word for an effect.
        sentence: an explanation for readers; {} stands for the name of the class.
        neutral: the value of an effect that changes nothing.
        show: maps the scale of the sum, on which effects add up, to the displayed values.
        read: the inverse of ``show``.
        scale: the scale of an axis on which equal effects have equal lengths.
        write: formats an effect with its sign, or a factor with a cross, to a number of digits.
        exclusive: whether outputs are classes of which each row has one.
    """

    word: str
    sentence: str
    neutral: float
    show: Callable[[Any], Any]
    read: Callable[[Any], Any]
    scale: Ruler = STRAIGHT
    write: Callable[..., str] = format_change
    exclusive: bool = False

    @property
    def is_log_odds(self) -> bool:
        """Whether effects are those of a class."""
        return self.word == "log odds"

    @property
    def is_logistic(self) -> bool:
        """Whether a sum of effects is the log odds of its output, whatever the others are."""
        return self.is_log_odds and not self.exclusive

    def write_sum(self, value: float) -> str:
        """A prediction: where effects multiply it has as many digits as these."""
        return format_number(value, 3 if self.neutral else 4)

    def explain(self, name: str, several: bool) -> str:
        """The sentence for the only output, or for several together."""
        word = "a class" if self.exclusive else "a target"
        return self.sentence.format(word if several else name)


UNITS = {
    "identity": Units(
        "effect",
        "Effects add up: a prediction is that of an average row plus the effects of the values.",
        0.0,
        np.asarray,
        np.asarray,
    ),
    "log": Units(
        "factor",
        "Effects multiply: a prediction is that of an average row times the factors of the values. "
        "A factor of 1 changes nothing.",
        1.0,
        np.exp,
        np.log,
        LOG,
        format_factor,
    ),
    "logistic": Units(
        "log odds",
        "Positive values raise the probability of {}: +0.69 doubles its odds, −0.69 halves them.",
        0.0,
        np.asarray,
        np.asarray,
    ),
    "softmax": Units(
        "log odds",
        "Positive values raise the probability of {}: +0.69 doubles its odds against the other "
        "classes' geometric mean, −0.69 halves them.",
        0.0,
        np.asarray,
        np.asarray,
        exclusive=True,
    ),
}
"""The units of effects by the name of the link."""


@dataclass(frozen=True, eq=False)
class Output:
    """One sum of effects: of a target, or of a class.

    Attributes:
        name: the name of the target or class.
        model, place: the model and the index of its output.
        number: the model's position in the summary.
        shift, scale, bounds: a prediction is shift + scale · mean, clipped to the bounds.
        other: the other one of two classes.
    """

    name: str
    model: Additive
    place: int = 0
    number: int = 0
    shift: float = 0.0
    scale: float = 1.0
    bounds: tuple[float, float] = (-np.inf, np.inf)
    other: str | None = None

    @property
    def units(self) -> Units:
        """The units of its effects."""
        return UNITS[self.model.link.name]

    @property
    def size(self) -> float:
        """The factor on the model's effects: the scale, or 1 if effects are logarithms."""
        return self.scale if self.model.link.name == "identity" else 1.0

    @property
    def base(self) -> float:
        """The prediction, or for classes the log odds, of a row whose effects are all 0."""
        start = self.model.coef[:1]
        if self.model.link.name == "identity":
            return self.shift + self.scale * float(start[0, self.place])
        if self.model.link.name == "log":
            return self.scale * float(self.model.link.mean(start)[0, self.place])
        return float(start[0, self.place])

    def predict(self, columns: Columns) -> Array:
        """The predictions, or the shares of the class, at the rows of a table, (rows,)."""
        mean = self.model.link.mean(self.model.effects(columns))[:, self.place]
        return np.clip(self.shift + self.scale * mean, *self.bounds)


@dataclass(frozen=True)
class Target:
    """What a title says that a model predicts.

    Attributes:
        words: such as "readmitted"; "" if the names of the outputs say it.
        has_classes: whether the outputs are classes of it.
    """

    words: str = ""
    has_classes: bool = False

    def write(self, outputs: str) -> str:
        """It, and if outputs are classes their names.

        Example:
            >>> from edgewise.additive.outputs import Target
            >>> [Target().write("yield"), Target("readmitted", True).write("yes")]
            ['yield', 'readmitted: yes']
        """
        if not self.words:
            return outputs
        return f"{self.words}: {outputs}" if self.has_classes else self.words

    def title(self, outputs: Iterable[str], others: Mapping[str, str]) -> str:
        """What is predicted, for a page of the model; at most six outputs are named.

        Args:
            others: for two classes, the one that isn't an output, by the name of the one that is.

        Example:
            >>> from edgewise.additive.outputs import Target
            >>> Target("readmitted", True).title(["yes"], {"yes": "no"})
            'What predicts readmitted: yes rather than no'
        """
        every = [*outputs]
        told = self.write(join_names(every, ", "))
        rest = "".join(f" rather than {others[name]}" for name in every if name in others)
        return f"What predicts {told}{rest}"


def join_names(names: Sequence[str], word: str) -> str:
    """The first six names of targets or classes, with a word between them."""
    return word.join(names[:MOST_NAMED]) + (f"{word}…" if len(names) > MOST_NAMED else "")


def name_targets(y: Any, count: int) -> list[str]:
    """The names of targets: of their columns, if these differ; else y, or y0, y1 and so on."""
    names = [str(name) for name in getattr(y, "columns", ())]
    if count == 1 and not names:
        return [str(y.name)] if getattr(y, "name", None) is not None else ["y"]
    return names if len(set(names)) == count else [f"y{k}" for k in range(count)]


def find_output(given: Any, outputs: Sequence[str]) -> str:
    """The name of a target or class; None is the first.

    Raises:
        KeyError: if there is none of this name.
    """
    if given is None:
        return outputs[0]
    if str(given) in outputs:
        return str(given)
    raise KeyError(f"expected one of {', '.join(outputs[:12])}, got {given!r}")
