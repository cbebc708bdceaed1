"""Verdicts of `edgewise check --device cuda`, kept in the user's cache folder.

The correctness of kernels depends on the compiler for each card. So the automatic choice uses them
only if this card has passed the check with the same driver, torch and triton.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import platformdirs
import torch

from edgewise._files import replace_file

COMMAND = "edgewise check --device cuda"


@dataclass(frozen=True)
class Setting:
    """The card and the versions for which a verdict is valid."""

    card: str
    driver: str
    torch: str
    triton: str
    edgewise: str


@dataclass(frozen=True)
class Verdict:
    """The result of a check with its date; `failures` is empty if it passed."""

    setting: Setting
    date: str
    cases: int
    failures: tuple[str, ...]


def folder() -> Path:
    """The folder of the verdicts."""
    return platformdirs.user_cache_path("edgewise", appauthor=False) / "verdicts"


def setting_of(index: int) -> Setting:
    """The setting of the card with this index."""
    return Setting(
        torch.cuda.get_device_name(index),
        _driver(),
        torch.__version__,
        metadata.version("triton"),
        metadata.version("edgewise"),
    )


def _driver() -> str:
    """The version of the card's driver, if Linux reports it."""
    for file in ("/proc/driver/nvidia/version", "/sys/module/amdgpu/version"):
        if Path(file).exists():
            found = re.search(r"\d+\.[\d.]+", Path(file).read_text(encoding="utf-8"))
            return found[0] if found else "unknown"
    return "unknown"


def keep(verdict: Verdict) -> Path:
    """Write the verdict to the file that :func:`find` reads, replacing an earlier one."""
    file = _file_of(verdict.setting)
    file.parent.mkdir(parents=True, exist_ok=True)
    with replace_file(file) as part:
        part.write_text(json.dumps(asdict(verdict), indent=1), encoding="utf-8")
    find.cache_clear()
    return file


@lru_cache(maxsize=64)
def find(setting: Setting) -> Verdict | None:
    """The verdict for exactly this setting; None if there is no readable one."""
    try:
        content = json.loads(_file_of(setting).read_text(encoding="utf-8"))
        kept = Setting(**content["setting"])
        failures = tuple(str(line) for line in content["failures"])
        verdict = Verdict(kept, str(content["date"]), int(content["cases"]), failures)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return verdict if kept == setting else None


def reservation(setting: Setting) -> str | None:
    """The reason why kernels aren't chosen automatically in this setting, as a clause."""
    verdict = find(setting)
    if verdict is None:
        return f"the Triton kernels haven't been checked on this {setting.card}: run `{COMMAND}`"
    if verdict.failures:
        return (
            f"the Triton kernels failed the check on this {setting.card} of {verdict.date}, first "
            f"with {verdict.failures[0]}"
        )
    return None


def _file_of(setting: Setting) -> Path:
    words = (setting.card, setting.driver, setting.torch, setting.triton, setting.edgewise)
    return folder() / (re.sub(r"[^\w.+-]+", "_", "_".join(words)) + ".json")
