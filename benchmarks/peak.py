"""The memory that a training step needs at its peak, measured in a process of its own."""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from benchmarks.speed.networks import inputs

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Peak:
    """Peak resident bytes above the baseline; ``reason`` says why there are none.

    The baseline is a process with the parameters, their gradients and the inputs, and with steps
    on a few rows behind it.
    """

    forward: int | None = None
    backward: int | None = None
    reason: str = ""

    @property
    def step(self) -> int | None:
        if self.forward is None or self.backward is None:
            return None
        return max(self.forward, self.backward)


def measure_peak(
    build: Callable[[], nn.Module], widths: list[int], batch: int, threads: int
) -> Peak:
    """The peaks of a forward and of a backward pass, in a new process.

    Args:
        build: makes the network there, so it must be picklable: a ``partial`` of a function of a
            module.
        widths, batch: of the inputs and of the gradient that comes back.
        threads: of torch.
    """
    # Big blocks must go back to the system when freed: what the allocator keeps from one step
    # would hide in the baseline of the next.
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "MALLOC_MMAP_THRESHOLD_": "65536",
        "MALLOC_TRIM_THRESHOLD_": "65536",
        "MALLOC_ARENA_MAX": "1",
    }
    command = [sys.executable, "-m", "benchmarks.peak"]
    task = pickle.dumps((build, widths, batch, threads))
    done = subprocess.run(command, input=task, capture_output=True, env=environment)
    if done.returncode:
        lines = done.stderr.decode().strip().splitlines() or [f"exit status {done.returncode}"]
        return Peak(reason=f"not measured: {lines[-1]}")
    return Peak(*json.loads(done.stdout.decode().splitlines()[-1]))


def _status(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise OSError(f"expected {field} in /proc/self/status")


def _reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_of(model: nn.Module, x: Tensor, dy: Tensor) -> tuple[int, int]:
    for k in range(2):  # loads code and starts threads, and leaves gradients
        model.zero_grad()
        model(x[: 8 + k]).backward(dy[: 8 + k])
    ctypes.CDLL(None).malloc_trim(0)
    base = _status("VmRSS")
    model.zero_grad()
    _reset_peak()
    y = model(x)
    after_forward = _status("VmHWM")
    _reset_peak()
    y.backward(dy)
    after_backward = _status("VmHWM")
    return max(after_forward - base, 0), max(after_backward - base, 0)


def main(task: bytes, write: Callable[[str], object] = print) -> None:
    """Do what :func:`measure_peak` asks for, and write it as JSON."""
    build, widths, batch, threads = pickle.loads(task)
    torch.set_num_threads(threads)
    x, dy = inputs(widths, batch)
    try:
        peak = _peak_of(build(), x, dy)
    except (OSError, AttributeError) as error:
        reason = f"not measured: expected Linux's /proc/self and glibc, got {error}"
        write(json.dumps([None, None, reason]))
        return
    write(json.dumps([*peak, ""]))


if __name__ == "__main__":
    main(sys.stdin.buffer.read())
