"""What a training step keeps for its backward pass, and the memory it needs at its peak.

The peak is measured in a process of its own, ``python -m edgewise.bench.memory SPEC``.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bench import checkouts, rows
from edgewise.models import MLP


def saved_bytes(model: nn.Module, x: Tensor) -> int:
    """Bytes of the storages that the graph of ``model(x)`` keeps, parameters and buffers excluded.

    The input counts if it is kept; a storage that several tensors share counts once.
    """
    own = {t.untyped_storage().data_ptr() for t in (*model.parameters(), *model.buffers())}
    kept: dict[int, Tensor] = {}  # held, so that no address is used twice

    def pack(tensor: Tensor) -> Tensor:
        kept[tensor.untyped_storage().data_ptr()] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        model(x)
    return sum(t.untyped_storage().nbytes() for at, t in kept.items() if at not in own)


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


NO_PEAK = Peak()


def measure_peak(spec: dict[str, Any]) -> Peak:
    """The peak of a forward pass and a backward pass, in a new process.

    ``spec`` holds "widths", "batch", "threads", and "row" (a row's key), "parameters" (an MLP of
    that size), "theirs" and "file" (another program's network) or "ours" (its twin).
    """
    # Big blocks must go back to the system when freed: what the allocator keeps from one step
    # would hide in the baseline of the next.
    environment = {
        **os.environ,
        "MALLOC_MMAP_THRESHOLD_": "65536",
        "MALLOC_TRIM_THRESHOLD_": "65536",
        "MALLOC_ARENA_MAX": "1",
    }
    command = [sys.executable, "-m", "edgewise.bench.memory", json.dumps(spec)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return Peak(reason=f"not measured: {lines[-1]}")
    return Peak(*json.loads(done.stdout.splitlines()[-1]))


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


def _model(spec: dict[str, Any]) -> nn.Module:
    widths = spec["widths"]
    if "theirs" in spec:
        return checkouts.build_theirs(checkouts.PEERS[spec["theirs"]], Path(spec["file"]), widths)
    if "ours" in spec:
        return checkouts.PEERS[spec["ours"]].ours(widths)
    if "row" in spec:
        return rows.build(rows.ROWS[spec["row"]], widths)
    return MLP.matching(spec["parameters"], widths[0], widths[-1])


def main(text: str, write: Callable[[str], object] = print) -> None:
    """Measure what ``text`` specifies, and write it as JSON."""
    spec = json.loads(text)
    torch.set_num_threads(spec["threads"])
    x, dy = rows.inputs(spec["widths"], spec["batch"])
    try:
        peak = _peak_of(_model(spec), x, dy)
    except (OSError, AttributeError) as error:
        reason = f"not measured: expected Linux's /proc/self and glibc, got {error}"
        write(json.dumps([None, None, reason]))
        return
    write(json.dumps([*peak, ""]))


if __name__ == "__main__":
    main(sys.argv[1])
