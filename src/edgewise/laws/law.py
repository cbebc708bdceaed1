"""`Law`: a named law with its formula, and its parameters with meaning, unit and bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._arrays import Array
from edgewise._checks import read_number
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line
from edgewise.charts.style import figure_class
from edgewise.formula.printing.latex import LatexWriter, names_in_latex
from edgewise.laws.curve import Curve
from edgewise.nn.reading import read_array

if TYPE_CHECKING:
    from matplotlib.figure import Figure


_PARAMETER = re.compile(
    r"(?P<name>\w+)\s*\[(?P<unit>[^\]]+)\]\s*"
    r"(?:(?P<sign>[<>])\s*(?P<bound>\S+)|in\s+(?P<low>\S+?)\.\.(?P<high>\S+))?\s*"
    r"(?:from\s+(?P<starts>[-+.\de\s]+?))?\s*(?P<waves>waves)?\s*:\s*(?P<meaning>.+)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a law.

    Attributes:
        name: its usual name in the field.
        meaning: its meaning in words.
        unit: in terms of the inputs and of y, such as "1/t" or "y/x"; "1" for none.
        lower, upper: its bounds.
        starts: start values, in multiples of the unit's size in the data (for the unit of an input,
            its largest value); () for default ones.
        waves: whether it is an angular frequency; fits then try all that the rows can resolve.

    Example:
        >>> import edgewise as ew
        >>> capacity = ew.laws.get("gompertz").parameters[0]
        >>> capacity.name, capacity.meaning, capacity.unit
        ('K', 'capacity', 'N')
    """

    name: str
    meaning: str
    unit: str = "1"
    lower: float = -math.inf
    upper: float = math.inf
    starts: tuple[float, ...] = ()
    waves: bool = False

    @property
    def range(self) -> str:
        """Its bounds as text; "" without bounds."""
        low, high = self.lower > -math.inf, self.upper < math.inf
        if low and high:
            return f"{self.lower:g} to {self.upper:g}"
        return f"> {self.lower:g}" if low else f"< {self.upper:g}" if high else ""


@dataclass(frozen=True)
class Law:
    """A law of science with a name, y = f(x; parameters).

    Attributes:
        name: its identifier, such as "michaelis_menten".
        title: its name for people.
        field: the field of science.
        formula: the standard form, such as "v = Vmax*S/(Km + S)".
        inputs: the names of the inputs, with their meanings.
        parameters: the parameters to fit.
        example: typical ranges of the inputs and values of the parameters.
        also: other names.
        source: a reference for the form.
        same_as: another law with the same formula in other letters.
        grows_from: a law with fewer parameters whose fit gives the start values of this one.
        order: parameters to sort in ascending order, because exchanging them changes nothing.
        alike: groups of parameters, one group for each of the terms that can be exchanged; a fit
            sorts the groups by their first parameter.
        by_logs: whether f is a product of powers whose exponents are parameters, so that log f is
            linear in log x.

    Example:
        >>> import edgewise as ew
        >>> law = ew.laws.get("michaelis_menten")
        >>> law
        Michaelis–Menten: v = Vmax*S/(Km + S)
        >>> law([0.1, 1.0], Vmax=2.0, Km=0.1).round(3).tolist()
        [1.0, 1.818]
    """

    name: str
    title: str
    field: str
    formula: str
    inputs: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    example: Mapping[str, Any]
    also: tuple[str, ...] = ()
    source: str = ""
    same_as: str = ""
    grows_from: str = ""
    order: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    by_logs: bool = False

    @property
    def output(self) -> str:
        """The left-hand side of the formula."""
        return self.formula.partition("=")[0].strip()

    @property
    def text(self) -> str:
        """The right-hand side of the formula."""
        return self.formula.partition("=")[2].strip()

    @cached_property
    def curve(self) -> Curve:
        """The formula with its derivatives."""
        return Curve.read(self.text, list(self.inputs), [p.name for p in self.parameters])

    @property
    def lower(self) -> Array:
        return np.array([p.lower for p in self.parameters])

    @property
    def upper(self) -> Array:
        return np.array([p.upper for p in self.parameters])

    def __call__(self, x: Any, *more: Any, **parameters: float) -> Array:
        """The law's values at x, or at several inputs in order.

        Raises:
            ValueError: if inputs or parameters are missing, or unknown.
        """
        theta = self._theta(parameters)
        columns = [read_array(f"{self.name} x", c) for c in (x, *more)]
        if len(columns) == 1 and len(self.inputs) > 1 and columns[0].ndim == 2:
            columns = list(columns[0].T)
        if len(columns) != len(self.inputs):
            raise ValueError(
                f"{self.name} expected {len(self.inputs)} inputs ({', '.join(self.inputs)}), got "
                f"{len(columns)}"
            )
        shape = np.broadcast_shapes(*(c.shape for c in columns))
        rows = np.stack([np.broadcast_to(c, shape).reshape(-1) for c in columns], 1)
        return np.array(self.curve.values(rows, theta)).reshape(shape)

    def _theta(self, parameters: Mapping[str, float]) -> Array:
        names = [p.name for p in self.parameters]
        missing = [n for n in names if n not in parameters]
        unknown = [n for n in parameters if n not in names]
        if missing or unknown:
            raise ValueError(
                f"{self.name} expected the parameters {', '.join(names)}, got "
                f"{', '.join(parameters) or 'none'}: "
                + (f"give {missing[0]}" if missing else f"{unknown[0]} isn't one of them")
            )
        return np.array([read_number(self.name, n, parameters[n]) for n in names])

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Ranges of the inputs in the example."""
        return {name: self.example[name] for name in self.inputs}

    @property
    def numbers(self) -> dict[str, float]:
        """The parameters of the example."""
        return {p.name: self.example[p.name] for p in self.parameters}

    def settle(self, theta: Array) -> Array:
        """The parameters with exchangeable ones in ascending order; the function is the same."""
        places = {p.name: k for k, p in enumerate(self.parameters)}
        groups = [[places[n] for n in group] for group in self.alike]
        made = theta.copy()
        for old, new in zip(groups, sorted(groups, key=lambda g: theta[g[0]]), strict=True):
            made[old] = theta[new]
        return made

    def plot(self, **parameters: float) -> Figure:
        """Draw the law over its first input's typical range, other inputs at their middle.

        Args:
            parameters: values that replace those of the example.

        Raises:
            ImportError: matplotlib is not installed.
        """
        figure = figure_class("Law.plot")(figsize=(5, 3.5), layout="constrained")
        first, *others = self.inputs
        low, high = self.ranges[first]
        x = np.linspace(low, high, 300)
        middle = [np.full_like(x, sum(self.ranges[name]) / 2) for name in others]
        line = Line(x, self(x, *middle, **{**self.numbers, **parameters}))
        meaning = self.inputs[first]
        label = Axis(f"{first} ({meaning})" if meaning else first)
        Chart([line], label, Axis(self.output), self.title).draw(figure.subplots())
        return figure

    def __repr__(self) -> str:
        return f"{self.title}: {self.formula}"

    def latex(self) -> str:
        """The formula in LaTeX."""
        names = names_in_latex([self.output, *self.curve.inputs, *self.curve.parameters])
        return f"{names[0]} = {LatexWriter(names[1:], None).write(self.curve.tree).text}"

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><td><code>{p.name}</code></td><td>{escape(p.meaning)}</td>"
            f"<td>{escape(p.unit)}</td><td>{escape(p.range)}</td></tr>"
            for p in self.parameters
        )
        inputs = "; ".join(f"<code>{n}</code>: {escape(m)}" for n, m in self.inputs.items())
        also = f"<p>Also: {escape(', '.join(self.also))}</p>" if self.also else ""
        return (
            f"<h4>{escape(self.title)}</h4><p><code>{escape(self.formula)}</code></p>"
            f"<p>{inputs}</p>{also}<table><tr><th>parameter</th><th>meaning</th><th>unit</th>"
            f"<th>range</th></tr>{rows}</table><p><small>{escape(self.source)}</small></p>"
        )


def make_law(
    name: str,
    title: str,
    formula: str,
    inputs: str,
    parameters: str,
    example: str,
    *,
    field: str = "",
    also: str = "",
    source: str = "",
    same_as: str = "",
    grows_from: str = "",
    order: str = "",
    alike: str = "",
    by_logs: bool = False,
) -> Law:
    """Make a law from the compact notation of the library's tables.

    Args:
        inputs: such as "S: concentration; I: inhibitor".
        parameters: such as "Km [S] > 0: concentration at half the rate; n [1] in 0..9 from .5 1 2:
            order". After the name come the unit, the bounds, and start values in multiples of the
            unit.
        example: such as "S = 0.02..1.1; Km = 0.06".
        also: such as "Monod, Langmuir".
        order: such as "k1 k2".
        alike: such as "k1 A1, k2 A2".

    Raises:
        ValueError: if an entry can't be read.
    """
    pairs = (part.partition(":") for part in inputs.split(";"))
    numbers = (part.partition("=") for part in example.split(";") if part.strip())
    return Law(
        name=name,
        title=title,
        field=field,
        formula=" ".join(formula.split()),
        inputs={n.strip(): " ".join(m.split()) for n, _, m in pairs},
        parameters=tuple(_read_parameter(part) for part in parameters.split(";")),
        example={n.strip(): _read_example(v.strip()) for n, _, v in numbers},
        also=tuple(a.strip() for a in also.split(",") if a.strip()),
        source=" ".join(source.split()),
        same_as=same_as,
        grows_from=grows_from,
        order=tuple(order.split()),
        alike=tuple(tuple(group.split()) for group in alike.split(",") if group.strip()),
        by_logs=by_logs,
    )


def _read_example(text: str) -> float | tuple[float, float]:
    low, dots, high = text.partition("..")
    return (float(low), float(high)) if dots else float(text)


def _read_parameter(text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"expected a parameter such as 'Km [S] > 0: meaning', got {text!r}")
    low, high = -math.inf, math.inf
    if found["sign"]:
        low = float(found["bound"]) if found["sign"] == ">" else low
        high = float(found["bound"]) if found["sign"] == "<" else high
    elif found["low"]:
        low, high = float(found["low"]), float(found["high"])
    starts = tuple(float(v) for v in (found["starts"] or "").split())
    meaning = " ".join(found["meaning"].split())
    return Parameter(
        found["name"], meaning, found["unit"].strip(), low, high, starts, bool(found["waves"])
    )
