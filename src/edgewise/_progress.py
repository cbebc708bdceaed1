"""A progress line: the time, and the best so far."""

from __future__ import annotations

import math
import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

PAUSE = 0.2
"""Seconds between two lines."""
BAR = 10
BLOCKS = "·▏▎▍▌▋▊▉█"


class Progress:
    """A line on a terminal or below a notebook's cell that is rewritten as the work goes on.

    It is written to stderr, and only if that is a terminal or a notebook.

    Args:
        title: the beginning of the line.
        total: the seconds that the work may take.
        shown: whether there is a line at all.
        stream: the stream to write to instead of stderr.
    """

    def __init__(
        self, title: str, total: float, shown: bool = True, stream: TextIO | None = None
    ) -> None:
        self.title, self.total = title, total
        self.stream = sys.stderr if stream is None else stream
        self.shown = shown and (self.stream.isatty() or "ipykernel" in sys.modules)
        self.last = -math.inf

    def __enter__(self) -> Progress:
        self.show(0.0, lambda: "")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.shown:
            self.stream.write(f"\r{' ' * self._width()}\r")
            self.stream.flush()

    def show(self, elapsed: float, best: Callable[[], str]) -> None:
        """Show the time and the best so far, unless a line was shown a moment ago."""
        now = time.monotonic()
        if not self.shown or now - self.last < PAUSE:
            return
        self.last = now
        width = self._width()
        line = fit_line(self.title, elapsed, self.total, best(), width)
        self.stream.write(f"\r{line:<{width}}")
        self.stream.flush()

    @staticmethod
    def _width() -> int:
        """The terminal's width without its last column, after which some begin a new line."""
        return max(shutil.get_terminal_size().columns - 1, 20)


def fit_line(title: str, elapsed: float, total: float, best: str, width: int) -> str:
    """The progress line, cut to a width: the formula is cut before its error, which comes last.

    Example:
        >>> fit_line("discover T", 15, 60, "T ≈ 6.28*sqrt(l/g), error 0.9 %", 69)
        'discover T ██▌······· 15 of 60 s  T ≈ 6.28*sqrt(l/g), error 0.9 %'
        >>> fit_line("discover T", 60, 60, "T ≈ 6.28*sqrt(l/g), error 0.9 %", 56)
        'discover T ██████████ 60 of 60 s  T ≈ 6.28…, error 0.9 %'
    """
    eighths = round(8 * BAR * min(elapsed / total, 1.0))
    whole, part = divmod(eighths, 8)
    bar = BLOCKS[8] * whole + (BLOCKS[part] if whole < BAR else "")
    line = f"{title} {bar:{BLOCKS[0]}<{BAR}} {elapsed:.0f} of {total:.0f} s  {best}".rstrip()
    if len(line) <= width:
        return line
    head, comma, error = line.rpartition(", ")
    kept = width - 1 - len(comma + error)
    if comma and kept > len(line) - len(best):
        return f"{head[:kept]}…{comma}{error}"
    return f"{line[: width - 1]}…"


def describe_error(fvu: float) -> str:
    """The relative error √FVU as text.

    Example:
        >>> describe_error(8.1e-5), describe_error(0.0)
        ('error 0.9 %', 'no error')
    """
    share = 100 * math.sqrt(max(fvu, 0.0))
    return f"error {share:.2g} %" if share > 1e-9 else "no error"
