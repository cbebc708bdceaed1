"""Prior knowledge of one output: a form, formulas to begin with, limits; which may be combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from edgewise.formula.expression import Expression, Input

if TYPE_CHECKING:
    from edgewise.discovery.limits import Checked
    from edgewise.discovery.unknown_functions import Fitted


@dataclass(frozen=True, eq=False)
class Known:
    """What one knows of a formula before the search.

    Attributes:
        template: the form that it has, its unknown functions fitted as curves.
        start: formulas to begin with.
        limits: what a formula has to obey.
    """

    template: Fitted | None = None
    start: tuple[Expression, ...] = ()
    limits: Checked | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.template is None and not self.start and self.limits is None

    def of_columns(self, kept: Sequence[int]) -> Known:
        """The same of only some columns: formulas to begin with that use no others."""
        places = {i: Input(n) for n, i in enumerate(kept)}
        start = [t.substitute(places) for t in self.start if t.inputs <= set(kept)]
        return replace(self, start=tuple(start))


def check_alone(name: str, **others: Any) -> None:
    """Raise ValueError if something is given that doesn't go together with this.

    Args:
        name: of the keyword that is given.
        others: keywords and what they were given; None where nothing was.
    """
    given = [other for other, value in others.items() if value is not None]
    if given:
        raise ValueError(
            f"discover expected {name} without {given[0]}, got both: leave one of them out"
        )
