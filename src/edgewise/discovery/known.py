"""`Known`: what a user knows of an output before the search: a form, formulas, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from edgewise.formula.expression import Expression, Input

if TYPE_CHECKING:
    from edgewise.discovery.limits import Checked
    from edgewise.discovery.unknown_functions import FittedForm


@dataclass(frozen=True, eq=False)
class Known:
    """Prior knowledge of one output's formula.

    Attributes:
        template: its form, in which unknown functions are fitted as curves.
        start: formulas that the search starts from.
        limits: conditions that it has to obey.
    """

    template: FittedForm | None = None
    start: tuple[Expression, ...] = ()
    limits: Checked | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.template is None and not self.start and self.limits is None

    def of_columns(self, kept: Sequence[int]) -> Known:
        """The same knowledge for only some columns: start formulas that use others are dropped."""
        places = {i: Input(n) for n, i in enumerate(kept)}
        start = [t.substitute(places) for t in self.start if t.inputs <= set(kept)]
        return replace(self, start=tuple(start))


def check_alone(name: str, **others: Any) -> None:
    """Raise ValueError if a keyword is given together with one that excludes it.

    Args:
        name: the keyword that is given.
        others: keywords that it excludes, with their values; None where not given.
    """
    given = [other for other, value in others.items() if value is not None]
    if given:
        raise ValueError(
            f"discover expected {name} without {given[0]}, got both: leave one of them out"
        )
