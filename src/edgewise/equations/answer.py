"""`Solution`: fields and their derivatives at any point, the estimated error, and the network."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from edgewise._files import write_text
from edgewise.charts.card import write_cards
from edgewise.charts.numbers import with_error
from edgewise.equations.card import make_card
from edgewise.equations.clock import Step
from edgewise.equations.fields import Index, read_derivative
from edgewise.equations.parts import Part, check_within, evaluate_parts, in_plain_torch
from edgewise.equations.problem import EquationProblem
from edgewise.equations.solution_charts import find_ranges
from edgewise.equations.solution_page import write_page
from edgewise.nn.reading import read_real

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class DataFit:
    """How well a solution fits measured values.

    Attributes:
        count: the number of values.
        misfit: the root mean square of measured minus computed values.
    """

    count: int
    misfit: float


@dataclass(frozen=True, eq=False)
class Solution:
    """The result of :func:`edgewise.solve`; call it with coordinates: ``s(x, t)``.

    Fields are attributes, and their derivatives are attributes of the fields: ``s.u(x, t)``,
    ``s.u.dxx(x, t)``.

    Attributes:
        problem: the equation with its domain and conditions.
        error: the estimated relative error (L²) of the worst field. It is measured against a
            solution with more curves, at new points, and isn't derived from the residual.
            Where conditions contradict each other, points count by their distance from that place.
        tolerance: the requested error; with data, the error that their noise justifies.
        residual: the root mean square of the residuals at new points.
        conditions: for each condition, whether it holds "by construction" or "nearly".
        unknowns: the constants and curves that were found from data.
        standard_errors: standard errors of these constants; curves have their own.
        data: how well the solution fits the data; None without data.
        history: all solutions that were computed on the way.
        reached: the time that the solution reaches, usually the end; None without a time.
        interrupted: True if Ctrl-C ended the solution early.
        seconds: the CPU seconds.
        pieces: the windows of time, as products of curves or networks.

    Example:
        >>> import edgewise as ew
        >>> start = ew.equations.initial(1.0)
        >>> s = ew.solve(lambda u, t: u.dt + u, {"t": (0, 1)}, [start], progress=False)
        >>> s.fields, round(float(s(1.0)), 5), round(float(s.u.dt(1.0)), 5)
        (('u',), 0.36788, -0.36788)
    """

    problem: EquationProblem
    pieces: Sequence[Part]
    error: float
    tolerance: float
    residual: float
    conditions: Mapping[str, str]
    history: Sequence[Step]
    seconds: float
    unknowns: Mapping[str, Any] = field(default_factory=dict)
    standard_errors: Mapping[str, float] = field(default_factory=dict)
    data: DataFit | None = None
    reached: float | None = None
    interrupted: bool = False

    def __call__(self, *points: Any, **named: Any) -> Any:
        """The fields at points: a tensor, or one for each field if there are several."""
        found = tuple(self._view(name)(*points, **named) for name in self.fields)
        return found[0] if len(found) == 1 else found

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(f for f in self.problem.equation.fields if f not in self.problem.curves)

    @property
    def coordinates(self) -> tuple[str, ...]:
        """The names of the coordinates, in the order of calls."""
        return self.problem.names

    def __getattr__(self, name: str) -> FieldView:
        if not name.startswith("_") and name in self.fields:
            return self._view(name)
        raise AttributeError(f"this solution has no {name}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.fields]

    def _view(self, name: str) -> FieldView:
        return FieldView(self, name, (0,) * len(self.coordinates))

    @property
    def windows(self) -> list[tuple[float, float]]:
        """Start and end of each window of time; empty for equations without time."""
        axis = self.problem.time
        return [] if axis is None else [piece.ends[axis] for piece in self.pieces]

    @property
    @in_plain_torch()
    def models(self) -> list[nn.Module]:
        """Networks from coordinates to fields, one for each window of time."""
        return [piece.to_network(self.fields) for piece in self.pieces]

    @property
    def model(self) -> nn.Module:
        """The network from coordinates to fields.

        Raises:
            ValueError: if there are several windows: use ``models``.
        """
        if len(self.pieces) != 1:
            raise ValueError(
                f"expected a solution of one piece, got {len(self.pieces)} windows of time: use "
                "s.models, whose windows are s.windows"
            )
        return self.models[0]

    @in_plain_torch()
    def card(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """The solution at a glance, as a picture of 1,200 by 630 pixels for a chat or a slide.

        Args:
            path: a file to write it to.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return make_card(self).save(path)

    @in_plain_torch()
    def html(self) -> str:
        """A self-contained HTML page: maps and slices, residuals, and the computation.

        Raises:
            ImportError: jinja2 is not installed.
        """
        return write_page(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write :meth:`html` to a file, atomically; use ``ew.save(s.model, path)`` for networks."""
        write_text(path, self.html())

    def _repr_html_(self) -> str:
        return write_cards([make_card(self)])

    def __repr__(self) -> str:
        of = f"{', '.join(self.fields)}({', '.join(self.coordinates)})"
        parts = [f"error {self.error:.2g}, tolerance {self.tolerance:.2g}"]
        if len(self.pieces) > 1:
            parts.append(f"{len(self.pieces)} windows")
        if self.interrupted:
            parts.append("interrupted")
        parts += [
            f"{name} = {with_error(value, self.standard_errors[name])}"
            for name, value in self.unknowns.items()
            if name in self.standard_errors
        ]
        return f"<Solution {of}: {'; '.join(parts)}; {self.seconds:.3g} s>"


@dataclass(frozen=True, eq=False)
class FieldView:
    """A field of a solution, or one of its derivatives; called with coordinates."""

    solution: Solution
    name: str
    index: Index

    def __getattr__(self, name: str) -> FieldView:
        if not name.startswith("d"):
            raise AttributeError(f"a field has no {name}: its derivatives are dx, dxx and so on")
        more = read_derivative(name, self.solution.coordinates)
        index = tuple(a + b for a, b in zip(self.index, more, strict=True))
        return FieldView(self.solution, self.name, index)

    @in_plain_torch()
    def __call__(self, *points: Any, **named: Any) -> Tensor:
        """Values at points of any shapes that broadcast; NaN outside the domain's shape.

        Raises:
            ValueError: if coordinates are missing, or points lie outside their intervals.
        """
        names = self.solution.coordinates
        given = {**dict(zip(names, points, strict=False)), **named}
        if len(points) > len(names) or set(given) != set(names):
            raise ValueError(
                f"a solution expected points {', '.join(names)}, got {len(points)} numbers and "
                f"{', '.join(named) or 'no names'}"
            )
        tensors = [read_real(f"a solution's {n}", given[n]).double().cpu() for n in names]
        every = torch.broadcast_tensors(*tensors)
        flat = torch.stack([each.reshape(-1) for each in every], 1)
        problem = self.solution.problem
        for name, own, ends in zip(names, flat.unbind(1), find_ranges(self.solution), strict=True):
            check_within(f"a solution expected {name}", own, ends)
        made = evaluate_parts(self.solution.pieces, problem.time, self.name, flat, self.index)
        made[~problem.contains(flat, 1e-9)] = torch.nan
        return made.reshape(every[0].shape)
