"""How often the tests of this folder try, and data that nobody hopes for.

``make fuzz`` tries more of it, see repeats.py.
"""

from __future__ import annotations

import resource
from contextlib import contextmanager
from pathlib import Path

import torch
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from repeats import TIMES

often = settings(
    max_examples=5 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    database=None,
    phases=[Phase.generate],  # to shrink a failure takes minutes: its message says enough
    suppress_health_check=list(HealthCheck),
)
KINDS = (
    "normal", "wide", "tiny", "constant column", "constant", "one row", "no rows", "two rows alike",
    "duplicates", "integers", "outlier", "huge", "1e30", "1e38", "subnormal", "nan", "inf",
    "column of nan",
)  # fmt: skip


def draw_rows(data, columns, dtype=torch.float32, kinds=KINDS, most=40):
    """A table of rows of one of the kinds, (rows, columns), and the kind."""
    kind = data.draw(st.sampled_from(kinds), label="kind")
    rows = {"one row": 1, "no rows": 0, "two rows alike": 2}.get(kind)
    rows = data.draw(st.integers(2, most), label="rows") if rows is None else rows
    generator = torch.Generator().manual_seed(data.draw(st.integers(0, 2**31), label="seed"))
    x = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
    scales = {"wide": 5, "tiny": 1e-6, "huge": 1e6, "1e30": 1e30, "1e38": 1e38, "subnormal": 1e-40}
    x = x * scales.get(kind, 1)
    column = data.draw(st.integers(0, columns - 1), label="column")
    if kind == "constant column":
        x[:, column] = data.draw(st.sampled_from([0.0, 1.0, -3.5, 1e5]))
    elif kind == "constant":
        x[:] = 0.7
    elif kind == "two rows alike":
        x[1] = x[0]
    elif kind == "duplicates":
        x = x[torch.randint(0, 2, (rows,), generator=generator)]
    elif kind == "integers":
        x = x.round()
    elif kind == "column of nan":
        x[:, column] = torch.nan
    elif kind in ("outlier", "nan", "inf"):
        x[rows // 2, column] = {"outlier": 1e4, "nan": torch.nan, "inf": torch.inf}[kind]
    return x.to(dtype), kind


@contextmanager
def limited_memory(more=2**30):
    """Let the process have so many bytes of addresses more than it has, on Linux.

    The files here have a few KB: what asks for a gigabyte believed what a damaged one declares.
    """
    pages = Path("/proc/self/statm")
    if not pages.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(pages.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def check_message(error):
    """That an error says something, and that it isn't that memory was asked for and not had."""
    assert str(error)
    assert "allocate" not in str(error)
