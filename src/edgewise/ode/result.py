"""The result of `discover_ode`: the equations of motion, their constants and verdicts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._arrays import Array
from edgewise._shown import shown_as_text
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line, Mark, scatter
from edgewise.charts.numbers import with_error
from edgewise.charts.style import GREY, PALETTE, figure_class
from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Expression, Input
from edgewise.formula.verdict import Judged, Verdict
from edgewise.nn.reading import read_array
from edgewise.ode.check import Agreement, TrajectoryCheck
from edgewise.ode.interpolation import Interpolant
from edgewise.ode.system import System, integrate, iterate

if TYPE_CHECKING:
    from matplotlib.figure import Figure


MOST_DRAWN = 6
"""Most trajectories in one figure, each in its own colour."""


@shown_as_text
@dataclass(frozen=True, eq=False)
class OdeDiscovery(Judged):
    """The result of :func:`edgewise.discover_ode`.

    Attributes:
        equations: the discovery of each state's right-hand side. Its winner is the formula that
            integrates best together with the others, with constants fitted to the trajectories.
        state_names, input_names: names of the states and inputs; for laws of second order,
            velocities follow positions.
        verdict: the verdict on all equations together: if it isn't "approximation", all of them
            are exact or laws, and together they agree with unseen data.
        checks: each trajectory, fitted or unseen, simulated from its first state.
        agreement: the agreement with windows of unseen data; None if there are too few data.
        noise: the standard deviation of each state's noise; 0 if none was detected.
        spread: the standard deviation of each state.
        seconds: the time that the search took.
        time: "continuous", or "steps" for a map.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.linspace(0, 3, 100)
        >>> library = ew.symbolic.LIBRARY.only("x")
        >>> found = ew.discover_ode(t, np.exp(-t)[:, None], library=library, progress=False)
        >>> found.simulate([0.0, 1.0], [2.0]).round(4).tolist()  # 2 / e
        [[2.0], [0.7358]]
    """

    equations: list[Discovery]
    state_names: list[str]
    input_names: list[str]
    verdict: Verdict
    checks: list[TrajectoryCheck]
    agreement: Agreement | None
    noise: Array
    seconds: float
    spread: Array = field(repr=False)
    time: str = "continuous"

    @property
    def trees(self) -> list[Expression]:
        """The right-hand sides as trees of inputs x_0, x_1, …: the states, then the controls."""
        return [d.winner.tree for d in self.equations]

    @property
    def system(self) -> System:
        """The system to integrate; for laws of second order it includes dx/dt = velocity."""
        count = len(self.state_names) - len(self.equations)
        moved = [Input(count + k) for k in range(count)]
        return System([*moved, *self.trees], len(self.input_names))

    @property
    def expressions(self) -> list[Any]:
        """The right-hand sides as sympy expressions."""
        return [d.winner.expression for d in self.equations]

    @property
    def trajectory_error(self) -> float:
        """The root mean square distance of simulations from the data, in standard deviations.

        Simulations start from the first state. Only unseen trajectories count, if there are any.
        """
        return math.sqrt(float(np.mean([c.error**2 for c in self._judged])))

    @property
    def horizon(self) -> float:
        """The shortest time until a simulation is half a standard deviation from its data."""
        return min(c.horizon for c in self._judged)

    @property
    def _judged(self) -> list[TrajectoryCheck]:
        """The unseen trajectories, or all if there are none."""
        return [c for c in self.checks if c.held_out] or self.checks

    def simulate(
        self,
        t: Any,
        initial: Any,
        inputs: Any | Callable[[Array], Any] | None = None,
        *,
        rtol: float = 1e-8,
    ) -> Array:
        """Integrate the equations with step size control, or iterate the map.

        Args:
            t: increasing times.
            initial: the state at the first time.
            inputs: controls at these times, which are interpolated, or a function of an array of
                times, (n,) → (n, controls).
            rtol: the error of a step, relative to the size of the state.

        Returns:
            The states. They are NaN after they diverge, leave the domain of the formulas, or need
            more than 20,000 additional steps (a stiff system).

        Shape:
            t: (steps,); initial: (dims,); inputs: (steps, controls) → (steps, dims)

        Raises:
            ValueError: if shapes don't fit, times don't increase or numbers aren't finite.
        """
        times, first = read_array("simulate", t), read_array("simulate", initial)
        if times.ndim != 1 or len(times) == 0 or not (np.diff(times) > 0).all():
            raise ValueError(
                f"simulate expected increasing times with shape (steps,), got shape {times.shape}: "
                "sort them and drop repeated ones"
            )
        if first.shape != (len(self.state_names),) or not np.isfinite(first).all():
            raise ValueError(
                f"simulate expected a finite initial state of shape ({len(self.state_names)},) for "
                f"{', '.join(self.state_names)}, got shape {first.shape}: give one number for each"
            )
        system = self.system
        if self.time == "steps":
            return iterate(system, times, first, self._controls(times, inputs))
        return integrate(
            system, times, first, self._controls(times, inputs), rtol, 1e-3 * rtol * self.spread
        )

    def _controls(self, t: Array, inputs: Any) -> Callable[[Array], Array]:
        count = len(self.input_names)
        if count == 0:
            if inputs is not None:
                raise ValueError(
                    "simulate expected no inputs, because discover_ode had none, got some: leave "
                    "them out"
                )
            return lambda at: np.empty((len(at), 0))
        if callable(inputs):
            return lambda at: np.asarray(inputs(at), dtype=np.float64).reshape(len(at), count)
        if inputs is None:
            raise ValueError(
                f"simulate expected inputs for {', '.join(self.input_names)}, got none: pass "
                "values at the times, or a function of times"
            )
        values = read_array("simulate", inputs)
        values = values[:, None] if values.ndim == 1 else values
        if values.shape != (len(t), count) or not np.isfinite(values).all():
            raise ValueError(
                f"simulate expected finite inputs with shape ({len(t)}, {count}), got shape "
                f"{values.shape}: sample them at the same times, or pass a function"
            )
        if len(t) < 2:
            return lambda at: np.repeat(values[:1], len(at), 0)
        return Interpolant(t, values)

    def constants_table(self) -> Any:
        """The fitted numbers as a pandas DataFrame: equation, value and standard error."""
        import pandas as pd

        rows = [
            {"equation": one.output_name, "value": n.value, "error": n.error}
            for one in self.equations
            for n in one.winner.tree.numbers()
            if n.exact is None
        ]
        return pd.DataFrame(rows, columns=["equation", "value", "error"])

    def figure(self) -> Figure:
        """Each state over time, and the phase plane of the first two: data and simulations."""
        dims = len(self.state_names)
        phase = dims > 1
        figure = figure_class("OdeDiscovery.figure")(
            figsize=(9 if phase else 6, 1 + 1.7 * dims), layout="constrained"
        )
        grid = figure.add_gridspec(dims, 2 if phase else 1)
        shown = sorted(self.checks, key=lambda c: not c.held_out)[:MOST_DRAWN]
        for d, name in enumerate(self.state_names):
            traces = [(c.data.t, c.data.states[:, d], c.simulated[:, d]) for c in shown]
            chart = _draw_state(name, "time" if d == dims - 1 else "", traces)
            chart.draw(figure.add_subplot(grid[d, 0]))
        if phase:
            pairs = [(*c.data.states[:, :2].T, *c.simulated[:, :2].T) for c in shown]
            x, y = (Axis(name) for name in self.state_names[:2])
            Chart(_trace(pairs), x, y, grid="both").draw(figure.add_subplot(grid[:, 1]))
        _put_legend(figure)
        return figure

    def __str__(self) -> str:
        lines = [f"{self.verdict.head}:"]
        for one in self.equations:
            lines.append(f"  {one.output_name} = {one.winner.brief()}")
            errors = list_errors(one.winner.tree)
            lines += [f"    fitted: {', '.join(errors)}"] if errors else []
        judged = self._judged
        kind = "unseen" if judged[0].held_out else "fitted"
        what = f"the {kind} trajectory, simulated from its first state"
        if len(judged) > 1:
            what = f"{len(judged)} {kind} trajectories, simulated from their first states"
        whole = min(judged, key=lambda check: check.horizon).duration
        unit = "steps" if self.time == "steps" else "time units"
        lines.append(
            f"{what}: error {self.trajectory_error:.1e} standard deviations, below 0.5 for "
            f"{self.horizon:.4g} of {whole:.4g} {unit}"
        )
        lines.append(f"{self.reason}; {self.seconds:.1f} s")
        return "\n".join(lines)


def list_errors(tree: Expression) -> list[str]:
    """The fitted numbers of a formula with their standard errors, as text."""
    numbers = [n for n in tree.numbers() if n.exact is None]
    return [with_error(n.value, n.error) for n in numbers if n.error is not None]


def _put_legend(figure: Figure) -> None:
    """Add a legend for dots and lines; colours distinguish trajectories."""
    from matplotlib.lines import Line2D

    dots = Line2D([], [], color=GREY, marker=".", linestyle="", label="data")
    line = Line2D([], [], color=GREY, linewidth=1, label="simulated from the first state")
    figure.legend(
        handles=[dots, line], loc="outside upper right", ncols=2, frameon=False, fontsize=9
    )


def _trace(curves: Sequence[Sequence[Array]]) -> list[Mark]:
    """Dots of data and lines of simulations: x and y of both, for each trajectory."""
    marks: list[Mark] = []
    for k, (x, y, simulated_x, simulated_y) in enumerate(curves):
        marks.append(scatter(x, y, 3.0, colour=PALETTE[k], alpha=0.4))
        marks.append(Line(simulated_x, simulated_y, 1.0, colour=PALETTE[k]))
    return marks


def _draw_state(name: str, across: str, traces: Sequence[tuple[Array, Array, Array]]) -> Chart:
    """A state over time: times, data and simulation of each trajectory, with room for the data."""
    rooms = [0.3 * (float(np.ptp(data)) or 1.0) for _, data, _ in traces]
    lows = [data.min() - room for (_, data, _), room in zip(traces, rooms, strict=True)]
    highs = [data.max() + room for (_, data, _), room in zip(traces, rooms, strict=True)]
    marks = _trace([(t, data, t, simulated) for t, data, simulated in traces])
    return Chart(marks, Axis(across), Axis(name, ends=(min(lows), max(highs))), grid="both")
