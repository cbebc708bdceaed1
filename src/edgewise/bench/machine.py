"""Where, when and with what a benchmark ran."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from pathlib import Path

import torch

import edgewise as ew
from edgewise.engines import native


def describe(command: str, cores: int) -> dict[str, str]:
    """Machine, versions, engine, commit, date and command, each as text."""
    missing = native.unavailable()
    return {
        "machine": f"{_processor()}, {cores} cores, {torch.backends.cpu.get_cpu_capability()}",
        "system": f"{platform.system()} {platform.release()}",
        "versions": f"edgewise {ew.__version__}, torch {torch.__version__}, "
        f"Python {platform.python_version()}",
        "engine": f"reference: {missing}" if missing else f"native, {native.isa()}",
        "load": _load(),
        "commit": _commit(),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "command": command,
    }


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return " ".join(line.split(":", 1)[1].split())
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _load() -> str:
    """What else the machine was doing."""
    try:
        load = os.getloadavg()[0]
    except (OSError, AttributeError):
        return "unknown"
    return f"{load:.1f} processes in the minute before"


def _commit() -> str:
    """The commit of these sources, if git tracks them: an installed copy may lie in another's."""
    here = Path(__file__).resolve()

    def git(*args: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(here.parent), *args], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    try:
        git("ls-files", "--error-unmatch", str(here.parent.parent / "__init__.py"))
        changed = git("status", "--porcelain", "--untracked-files=no")
        return git("rev-parse", "--short=12", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown (not a git checkout)"
