"""What is asked of a program and what it answers: cases, their data, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.expression import Expression

Array = NDArray[np.float64]
CLAIMS = ("exact", "law")


@dataclass(frozen=True, eq=False)
class Data:
    """Rows to fit and rows to judge by.

    Attributes:
        y_test: of fresh rows: of the formula itself where there is one, unless a table says else.
        truth: the formula, if there is one.
        others: formulas that are as right as the truth.
        points: draws fresh inputs: (rows, seed) → (rows, in); None if nobody can.
        beyond: the same from a box that is wider than the data; None if nobody can.
        deviation: the residual deviation of the truth on these rows, where it is a fit to them.
        numbers: that were fitted in it; None for those that it shows.
        options: that `edgewise.discover` is called with.
        noise: standard deviation of the noise on y (root mean square over the rows), over that of y
            without.
        middle: between the labels of two classes: what lies above is the second of them.

    Shape:
        x, x_test: (rows, in); y, y_test: (rows,)
    """

    x: Array
    y: Array
    x_test: Array
    y_test: Array
    truth: Expression | None = None
    points: Callable[[int, int], Array] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    noise: float = 0.0
    middle: float = 0.0
    beyond: Callable[[int, int], Array] | None = None
    others: Sequence[Expression] = ()
    deviation: float | None = None
    numbers: int | None = None


@dataclass(frozen=True, eq=False)
class Answer:
    """What a program says of some data.

    Attributes:
        values: at the fresh rows; (rows,)
        tree: the formula, if we can read it.
        front: other formulas that it found, from short to long.
        verdict: exact, law or approximation; "" for programs that don't judge themselves.
        seconds: by its own clock; of the processor for ours.
        about: other columns of the results, as text or numbers.
    """

    values: Array
    formula: str
    seconds: float
    verdict: str = ""
    tree: Expression | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    front: Sequence[Expression] = ()

    @property
    def claimed(self) -> bool:
        """Whether it says that this is the formula of the data."""
        return self.verdict in CLAIMS


Judge = Callable[[Data, Answer], "bool | None"]
Program = Callable[[Data, float, int], Answer]
"""Data, seconds and seed → answer."""


@dataclass(frozen=True, eq=False)
class Case:
    """One row of one question.

    Attributes:
        condition: what else tells it from other rows, such as "noise 0.01".
        data: makes its rows.
        judge: whether an answer is right; None where nobody knows.
    """

    question: str
    name: str
    seed: int
    data: Callable[[], Data]
    judge: Judge
    condition: str = ""
    truth: str = ""
    difficulty: int | None = None
