"""What is shown while a search runs: the time, and the best formula so far, in one line."""

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
    """A line on a terminal or below a cell of a notebook that is written over and over.

    It goes to stderr, and is empty where that is a file or a pipe.

    Args:
        title: what it begins with.
        total: seconds of the whole.
        shown: False for no line at all.
        stream: instead of stderr.
    """

    def __init__(
        self, title: str, total: float, shown: bool = True, stream: TextIO | None = None
    ) -> None:
        self.title, self.total = title, total
        self.stream = sys.stderr if stream is None else stream
        self.shown = shown and (self.stream.isatty() or "ipykernel" in sys.modules)
        self.last = -math.inf

    def __enter__(self) -> Progress:
        self.tell(0.0, lambda: "")
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

    def tell(self, elapsed: float, best: Callable[[], str]) -> None:
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
        """All columns but the last, in which some terminals begin a new line."""
        return max(shutil.get_terminal_size().columns - 1, 20)


def fit_line(title: str, elapsed: float, total: float, best: str, width: int) -> str:
    """A line that is no wider than that.

    Example:
        >>> fit_line("discover T", 15, 60, "T ≈ 6.28*sqrt(l/g), error 0.9 %", 69)
        'discover T ██▌······· 15 of 60 s  T ≈ 6.28*sqrt(l/g), error 0.9 %'
        >>> fit_line("discover T", 60, 60, "T ≈ 6.28*sqrt(l/g), error 0.9 %", 48)
        'discover T ██████████ 60 of 60 s  T ≈ 6.28*sqrt…'
    """
    eighths = round(8 * BAR * min(elapsed / total, 1.0))
    whole, part = divmod(eighths, 8)
    bar = BLOCKS[8] * whole + (BLOCKS[part] if whole < BAR else "")
    line = f"{title} {bar:{BLOCKS[0]}<{BAR}} {elapsed:.0f} of {total:.0f} s  {best}".rstrip()
    return line if len(line) <= width else f"{line[: width - 1]}…"


def describe_error(fvu: float) -> str:
    """The error relative to the spread of what is explained.

    Example:
        >>> describe_error(8.1e-5), describe_error(0.0)
        ('error 0.9 %', 'no error')
    """
    share = 100 * math.sqrt(max(fvu, 0.0))
    return f"error {share:.2g} %" if share > 1e-9 else "no error"
