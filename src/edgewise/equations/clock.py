"""The time that a solution may take, and the solutions that were tried on the way."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from edgewise._progress import Progress


@dataclass
class Clock:
    """The processor time that is spent and left; Ctrl-C ends it.

    Attributes:
        end, began: when the time is up, and when it began, as :func:`time.process_time` tells them.
        interrupt: what Ctrl-C raised, if it was pressed.
    """

    end: float
    interrupt: KeyboardInterrupt | None = None
    began: float = field(default_factory=lambda: time.process_time())
    line: Progress | None = None

    def spent(self) -> float:
        """The processor seconds since the start."""
        return time.process_time() - self.began

    def is_over(self) -> bool:
        return self.left() < 0

    def left(self) -> float:
        return -math.inf if self.interrupt else self.end - time.process_time()

    def show(self, reached: str) -> None:
        """Show the time, and what is reached, on the line."""
        if self.line is not None:
            self.line.show(self.spent(), lambda: reached)

    @contextmanager
    def until_interrupted(self) -> Iterator[None]:
        """Ctrl-C in this block ends the block and the time; a second one is raised."""
        try:
            yield
        except KeyboardInterrupt as interrupt:
            if self.interrupt not in (None, interrupt):
                raise
            self.interrupt = interrupt

    def raise_interrupt(self) -> NoReturn:
        """Raise what Ctrl-C raised, where there is nothing to return."""
        raise self.interrupt or KeyboardInterrupt


@dataclass(frozen=True)
class Step:
    """One solution that was tried.

    Attributes:
        counts: the number of curves of each coordinate.
        interval: the window of time, or None without windows.
        newton: the number of Gauss-Newton steps.
        residual: the root mean square residual at points that weren't fitted.
        seconds: processor seconds since the start.
        error: the estimated relative error of this solution; NaN if unknown.
        taken: whether this solution is part of the answer.
    """

    counts: tuple[int, ...]
    interval: tuple[float, float] | None
    newton: int
    residual: float
    seconds: float
    error: float = math.nan
    taken: bool = False
