"""Compiling the Triton engine's kernels for cards that aren't here, and reading what they take.

A driver that compiles and launches nothing stands in for the card's, so that what is lowered is
what the engine's own calls ask for: types, tile sizes, divisibility of pointers and strides.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import triton
from triton.backends.compiler import GPUTarget
from triton.runtime import driver

TARGETS = {
    "sm_80": GPUTarget("cuda", 80, 32),
    "sm_90": GPUTarget("cuda", 90, 32),
    "gfx942": GPUTarget("hip", "gfx942", 64),
}
"""A100, H100 and MI300."""
_TOOLS = Path(triton.__file__).parent / "backends" / "nvidia" / "bin"


class Lowered(NamedTuple):
    """One compiled kernel: what a thread and a program of it take.

    Attributes:
        kernel: its name.
        registers: of a thread.
        spills: bytes that a thread keeps in memory; registers of AMD's count as four.
        shared: bytes of a program's shared memory.
        warps: of a program.
        loop: instructions of the shortest loop around a matrix product in the code, which may be
            that of the base weights; 0 where it can't be read.
        special: those of them that take an exponential, a root or a reciprocal.
    """

    kernel: str
    registers: int
    spills: int
    shared: int
    warps: int
    loop: int
    special: int


@contextmanager
def lower_for(target: str) -> Iterator[list[Lowered]]:
    """Inside the block kernels that are launched are compiled for the target and do nothing else.

    Their outputs stay uninitialised. The list, filled as they are launched, has each kernel once.
    """
    recorder = _Recorder(TARGETS[target])
    driver.set_active(recorder)
    try:
        yield recorder.found
    finally:
        driver._active = None  # the next launch asks again what there is


class _Recorder:
    """What Triton asks a driver for when a kernel is launched."""

    def __init__(self, target: GPUTarget) -> None:
        self.target = target
        self.found: list[Lowered] = []
        self.utils = self

    def get_current_target(self) -> GPUTarget:
        return self.target

    def get_current_device(self) -> tuple[Any, ...]:
        return self.target.backend, self.target.arch, id(self)  # kernels are cached by it

    def get_current_stream(self, device: Any) -> int:
        return 0

    def get_device_properties(self, device: Any) -> dict[str, int]:
        return {"max_shared_mem": 2**20}

    def load_binary(self, name: str, binary: Any, *rest: Any) -> tuple[Any, ...]:
        self.found.append(self._read(name, binary))
        return object(), object(), 0, 0, 1024

    def launcher_cls(self, source: Any, metadata: Any) -> Any:
        self._metadata = metadata
        return lambda *args: None

    def _read(self, name: str, binary: bytes) -> Lowered:
        read = _read_amd if self.target.backend == "hip" else _read_nvidia
        with tempfile.NamedTemporaryFile(suffix=".o") as file:
            file.write(binary)
            file.flush()
            taken = read(Path(file.name))
        return Lowered(
            name, *taken[:2], self._metadata.shared, self._metadata.num_warps, *taken[2:]
        )


def _read_nvidia(file: Path) -> tuple[int, int, int, int]:
    usage = _run("cuobjdump", "-res-usage", file)
    registers, stack, local = (
        int(re.findall(rf"{word}:(\d+)", usage)[-1]) for word in ("REG", "STACK", "LOCAL")
    )
    return registers, stack + local, *_read_loop(_run("nvdisasm", "-c", file))


def _read_loop(code: str) -> tuple[int, int]:
    """How many instructions the shortest loop around a matrix product has, and special ones."""
    lines = [line.strip() for line in code.splitlines()]
    labels = {line[:-1]: at for at, line in enumerate(lines) if re.fullmatch(r"\.L_x_\d+:", line)}
    found = []
    for at, line in enumerate(lines):
        back = re.search(r"BRA.*`\((\.L_x_\d+)\)", line)
        if not back or labels.get(back[1], at) >= at:
            continue
        body = [text for text in lines[labels[back[1]] : at + 1] if text.startswith("/*")]
        if any(re.search(r"\b(HMMA|HGMMA|FFMA)\b", text) for text in body):
            found.append((len(body), sum("MUFU" in text for text in body)))
    return min(found, default=(0, 0))


def _read_amd(file: Path) -> tuple[int, int, int, int]:
    """From the notes of the code object, in which names precede msgpack's small integers."""
    notes = file.read_bytes()

    def number(name: str) -> int:
        at = notes.index(name.encode()) + len(name)
        kind = notes[at]
        if kind < 0x80:
            return kind
        return int.from_bytes(notes[at + 1 : at + 1 + 2 ** (kind - 0xCC)], "big")

    return number(".vgpr_count"), 4 * number(".vgpr_spill_count"), 0, 0


def _run(tool: str, *arguments: Any) -> str:
    return subprocess.run(
        [_TOOLS / tool, *arguments], capture_output=True, text=True, check=True
    ).stdout
