"""The other programs' own code beside ours, by KAN-benchmarking's protocol.

Theirs: mean squared error against exp(sin πx₀ + x₁²), inputs uniform on [-1, 1], forward and
backward timed apart. Here in turns and as medians, and gradients are set to None before each.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bench import checkouts, rows
from edgewise.bench.check import check_model, relative_error
from edgewise.bench.checkouts import Peer
from edgewise.bench.contention import crowded, watch
from edgewise.bench.memory import Peak, measure_peak
from edgewise.bench.speed import use_threads
from edgewise.bench.timing import Timing, compiled, reason
from edgewise.models import KAN

WARM_UP = 3


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


@dataclass(frozen=True)
class Program:
    """One line of KAN-benchmarking's table."""

    name: str
    eager: Halves
    parameters: int
    trainable: int
    peak: Peak


@dataclass(frozen=True)
class Comparison:
    """Another program and ours at a shape and batch."""

    peer: Peer
    shape: str
    batch: int
    threads: int
    theirs: Program
    ours: Program
    compiled: Halves | None
    compile_failure: str
    difference: str
    """Outputs of ours with their weights against theirs (RMS, relative), or why not compared."""
    others: float | None = None
    """Cores that other processes used meanwhile."""

    @property
    def crowded(self) -> bool:
        """Whether other processes needed the cores: the times mean nothing then."""
        return crowded(self.threads, self.others)

    @property
    def times_faster(self) -> float:
        """Their forward+backward over ours, both eager."""
        return self.theirs.eager.total / self.ours.eager.total

    @property
    def times_faster_compiled(self) -> float | None:
        """The same for theirs under torch.compile."""
        return self.compiled.total / self.ours.eager.total if self.compiled else None

    @property
    def target(self) -> float | None:
        return self.peer.targets.get(self.batch) if self.shape == "784-64-10" else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one, or if others needed the cores."""
        if self.crowded:
            return None
        if self.target is not None:
            return self.times_faster >= self.target
        if self.peer.limit_ms is not None:
            return self.ours.eager.total * 1e3 <= self.peer.limit_ms
        return None


@dataclass
class Plan:
    """The peers that were found, and why the others are left out."""

    found: list[tuple[Peer, Path, str, int]] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def plan(folder: Path, shapes: Sequence[str] | None, batches: Sequence[int] | None) -> Plan:
    """Find the peers below ``folder`` and build each once.

    Raises:
        FileNotFoundError: if there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"expected a folder of checkouts, got {folder}")
    result = Plan()
    for peer in checkouts.PEERS.values():
        cases = [
            (shape, batch)
            for shape, batch in peer.cases
            if (shapes is None or shape in shapes) and (batches is None or batch in batches)
        ]
        if not cases:
            result.skipped[peer.key] = "none of its shapes and batches was asked for"
            continue
        try:
            path = checkouts.find(peer, folder)
            checkouts.build_theirs(peer, path, [2, 3, 1])
        except Exception as error:  # foreign code: whatever it raises is the reason
            result.skipped[peer.key] = reason(error)
            continue
        result.found += [(peer, path, shape, batch) for shape, batch in cases]
    return result


def check(plan: Plan, threads: int) -> None:
    """Compare the twins of ours with the reference engine.

    Raises:
        ConformanceError: if one differs.
    """
    with use_threads(threads):
        for peer, _, shape, batch in plan.found:
            check_model(build_ours(peer, rows.widths_of(shape)), batch)


def build_ours(peer: Peer, widths: Sequence[int]) -> KAN:
    """The twin of ours, with the weights of seed 0."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return peer.ours(widths)


def measure(
    plan: Plan, threads: int, repeats: int, *, compile: bool = True
) -> Iterator[Comparison]:
    """Time every peer that was found at its shapes and batches."""
    with use_threads(threads):
        for peer, path, shape, batch in plan.found:
            yield _compare(peer, path, shape, batch, threads, repeats, compile)


def _compare(
    peer: Peer, path: Path, shape: str, batch: int, threads: int, repeats: int, compile: bool
) -> Comparison:
    widths = rows.widths_of(shape)
    theirs, ours = checkouts.build_theirs(peer, path, widths), build_ours(peer, widths)
    generator = torch.Generator().manual_seed(1)
    x = 2 * torch.rand(batch, widths[0], generator=generator) - 1
    label = torch.exp(torch.sin(torch.pi * x[:, :1]) + x[:, 1:2] ** 2)
    calls: dict[str, tuple[Callable[[Tensor], Tensor], nn.Module]] = {
        "theirs": (theirs, theirs),
        "ours": (ours, ours),
    }
    failure = "not asked for"
    if compile:
        try:
            call = compiled(theirs, threads)
            _once(call, theirs, x, label, time.perf_counter)
            calls["compiled"] = (call, theirs)
            failure = ""
        except Exception as error:  # recorded as the result
            failure = reason(error)
    others = watch()
    timings = interleaved_halves(calls, x, label, repeats)
    used = others()
    spec: dict[str, Any] = {"widths": widths, "batch": batch, "threads": threads}

    def program(name: str, key: str, model: nn.Module, **place: str) -> Program:
        sizes = rows.count(model), rows.count(model, trainable=True)
        return Program(name, timings[key], *sizes, measure_peak({**spec, **place}))

    return Comparison(
        peer,
        shape,
        batch,
        threads,
        program(peer.key, "theirs", theirs, theirs=peer.key, file=str(path)),
        program(f"edgewise, as {peer.key}", "ours", ours, ours=peer.key),
        timings.get("compiled"),
        failure,
        _difference(theirs, ours, x),
        used,
    )


def interleaved_halves(
    calls: dict[str, tuple[Callable[[Tensor], Tensor], nn.Module]],
    x: Tensor,
    label: Tensor,
    repeats: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Halves]:
    """Time forward and backward of several networks in turns, once they are warm."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for k in range(-WARM_UP, repeats):
        for name, (call, owner) in calls.items():
            halves = _once(call, owner, x, label, clock)
            if k >= 0:
                found[name].append(halves)
    return {
        name: Halves(Timing(tuple(f for f, _ in pairs)), Timing(tuple(b for _, b in pairs)))
        for name, pairs in found.items()
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
def _difference(theirs: nn.Module, ours: KAN, x: Tensor) -> str:
    """Do the two compute the same? Ours with their weights, against theirs."""
    twin = copy.deepcopy(ours)
    try:
        twin.load_state_dict(theirs.state_dict())
    except (ValueError, RuntimeError) as error:
        return f"not compared: {reason(error)}"
    return f"{relative_error(twin(x), theirs(x).double()):.1e}"
