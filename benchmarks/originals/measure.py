"""An original's own code beside ours, by KAN-benchmarking's protocol.

Theirs: mean squared error against exp(sin πx₀ + x₁²), inputs uniform on [-1, 1], forward and
backward timed apart. Here in turns and as medians, and gradients are set to None before each.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.contention import in_cores, watch
from benchmarks.networks import count
from benchmarks.originals.checkouts import ORIGINALS, build_ours, build_theirs, find
from benchmarks.peak import Peak, measure_peak
from benchmarks.speed.check import relative_error
from benchmarks.speed.networks import widths_of
from benchmarks.timing import Timing, reason, try_compile
from edgewise.models import KAN

WARM_UP = 3
CODES = ("original", "original, compiled", "edgewise")


@dataclass(frozen=True)
class Case:
    """An original's module, at some widths and batch."""

    program: str
    path: Path
    widths: str
    batch: int
    threads: int


def find_cases(
    folder: Path, widths: Sequence[str] | None, batches: Sequence[int] | None, threads: int
) -> tuple[list[Case], dict[str, str]]:
    """Find the originals below ``folder`` and build each once; why others are left out.

    Raises:
        FileNotFoundError: if there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"expected a folder of checkouts, got {folder}")
    cases: list[Case] = []
    skipped: dict[str, str] = {}
    for key, original in ORIGINALS.items():
        sizes = [
            (text, batch)
            for text, batch in original.cases
            if (widths is None or text in widths) and (batches is None or batch in batches)
        ]
        if not sizes:
            skipped[key] = "none of its widths and batches was asked for"
            continue
        try:
            path = find(original, folder)
            build_theirs(key, path, [2, 3, 1])
        except Exception as error:  # foreign code: whatever it raises is the reason
            skipped[key] = reason(error)
            continue
        cases += [Case(key, path, text, batch, threads) for text, batch in sizes]
    return cases, skipped


def measure(case: Case, repeats: int, compile: bool) -> Iterator[dict[str, Any]]:
    """A row for each of :data:`CODES`; torch has the case's threads already.

    ``times_faster`` is its time for forward and backward divided by ours, both eager but for the
    compiled one.
    """
    widths = widths_of(case.widths)
    theirs, ours = build_theirs(case.program, case.path, widths), build_ours(case.program, widths)
    generator = torch.Generator().manual_seed(1)
    x = 2 * torch.rand(case.batch, widths[0], generator=generator) - 1
    label = torch.exp(torch.sin(torch.pi * x[:, :1]) + x[:, 1:2] ** 2)
    calls: dict[str, tuple[Callable[[Tensor], Tensor], nn.Module]] = {
        "original": (theirs, theirs),
        "edgewise": (ours, ours),
    }
    failure = "not asked for"
    if compile:
        call, failure = try_compile(theirs, case.threads, x, label)
        if call is not None:
            calls["original, compiled"] = (call, theirs)
    others = watch()
    timings = time_halves(calls, x, label, repeats)
    used = others()
    builds = {
        "original": partial(build_theirs, case.program, case.path, widths),
        "edgewise": partial(build_ours, case.program, widths),
    }
    about: dict[str, dict[str, Any]] = {
        "original": {},
        "original, compiled": {"failure": failure},
        "edgewise": {"difference": compare(theirs, ours, x)},
    }
    for code, build in builds.items():
        peak = measure_peak(build, widths, case.batch, case.threads)
        about[code] |= _memory(peak) | _sizes(calls[code][1])
    for code in CODES:
        if code in timings:
            faster = timings[code].total / timings["edgewise"].total
            about[code] |= timings[code].figures() | {"times_faster": f"{faster:.3g}"}
        yield {
            "code": code,
            "repeats": repeats,
            "others_cores": in_cores(used),
            **about[code],
        }


def _memory(peak: Peak) -> dict[str, Any]:
    return {
        "forward_bytes": peak.forward,
        "backward_bytes": peak.backward,
        "failure": peak.reason,
    }


def _sizes(model: nn.Module) -> dict[str, int]:
    return {"parameters": count(model, trainable=False), "trainable": count(model)}


@dataclass(frozen=True)
class Halves:
    """Forward and backward, timed apart."""

    forward: Timing
    backward: Timing

    @property
    def total(self) -> float:
        """Median of their sums, in seconds."""
        pairs = zip(self.forward.seconds, self.backward.seconds, strict=True)
        return Timing(tuple(a + b for a, b in pairs)).median

    def figures(self) -> dict[str, str]:
        """Medians in milliseconds."""
        return {
            "forward_ms": f"{1e3 * self.forward.median:.4g}",
            "backward_ms": f"{1e3 * self.backward.median:.4g}",
        }


def time_halves(
    calls: dict[str, tuple[Callable[[Tensor], Tensor], nn.Module]],
    x: Tensor,
    label: Tensor,
    repeats: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Halves]:
    """Time forward and backward of several networks in turns, once they are warm."""
    halves: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for k in range(-WARM_UP, repeats):
        for name, (call, owner) in calls.items():
            seconds = _once(call, owner, x, label, clock)
            if k >= 0:
                halves[name].append(seconds)
    return {
        name: Halves(Timing(tuple(f for f, _ in pairs)), Timing(tuple(b for _, b in pairs)))
        for name, pairs in halves.items()
    }


def _once(
    call: Callable[[Tensor], Tensor],
    owner: nn.Module,
    x: Tensor,
    label: Tensor,
    clock: Callable[[], float],
) -> tuple[float, float]:
    owner.zero_grad()
    start = clock()
    y = call(x)
    middle = clock()
    loss = (y - label).square().mean()
    resume = clock()
    loss.backward()
    return middle - start, clock() - resume


@torch.no_grad()
def compare(theirs: nn.Module, ours: KAN, x: Tensor) -> str:
    """Outputs of ours with their weights against theirs (RMS, relative), or why not compared."""
    twin = copy.deepcopy(ours)
    try:
        twin.load_state_dict(theirs.state_dict())
    except (ValueError, RuntimeError) as error:
        return f"not compared: {reason(error)}"
    return f"{relative_error(twin(x), theirs(x).double()):.1e}"
