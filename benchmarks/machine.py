"""Where, when and with what a row of the results was measured."""

from __future__ import annotations

import datetime
import platform
import subprocess
from functools import cache
from pathlib import Path

import torch

import edgewise as ew

PROVENANCE = ("commit", "edgewise", "torch", "machine", "date")
"""The columns with which every CSV ends."""
CORES = torch.get_num_threads()
"""What torch uses unless told otherwise, asked before anything tells it."""


def describe_run(cores: int = CORES) -> dict[str, str]:
    """The values of :data:`PROVENANCE`, now; ``cores`` is how many the measurement may use."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "commit": _commit(),
        "edgewise": ew.__version__,
        "torch": torch.__version__,
        "machine": f"{_processor()}, {cores} cores, {torch.backends.cpu.get_cpu_capability()}",
        "date": now.strftime("%Y-%m-%d %H:%M"),
    }


@cache
def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return " ".join(line.split(":", 1)[1].split())
    except OSError:
        pass
    return platform.processor() or platform.machine()


@cache
def _commit() -> str:
    """The commit of the package that is measured, if git tracks the files that were imported."""
    source = Path(ew.__file__).resolve()

    def git(*args: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(source.parent), *args], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    try:
        git("ls-files", "--error-unmatch", str(source))
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/src", ":/csrc")
        return git("rev-parse", "--short=12", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown (not a git checkout)"
