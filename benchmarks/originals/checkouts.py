"""The original programs: where their files are in a folder of checkouts, and how they are built."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from torch import nn

import edgewise as ew
from benchmarks.networks import drawn_by
from edgewise.models import KAN


@dataclass(frozen=True)
class Original:
    """Another program's network and its twin of ours.

    Attributes:
        key: the program's name.
        file: path of its module inside a checkout, whatever the checkout's folder is called.
        package: the package that ``file`` is part of, if it imports itself by that name.
        theirs: makes its network from the loaded module and the widths.
        ours: makes ours, with the same configuration.
        cases: (widths, batch) at which it is timed.
        absent: a file whose presence says that this is another program's copy.
    """

    key: str
    file: str
    theirs: Callable[[Any, Sequence[int]], nn.Module]
    ours: Callable[[Sequence[int]], KAN]
    package: str | None = None
    cases: tuple[tuple[str, int], ...] = (
        ("784-64-10", 64),
        ("784-64-10", 1024),
        ("1000-1000-1", 100),
    )
    absent: str | None = None


def _cheby(module: Any, widths: Sequence[int]) -> nn.Module:
    return nn.Sequential(*(module.ChebyKANLayer(a, b, 9) for a, b in pairwise(widths)))


def _rbf(module: Any, widths: Sequence[int]) -> nn.Module:
    if getattr(module, "RBFKAN", None) is None:
        raise ImportError(
            "expected a class RBFKAN, one function per edge; this checkout holds a later program, "
            "an RBF network over whole input vectors: check out an earlier commit, such as 1358e3d"
        )
    built: nn.Module = module.RBFKAN(list(widths), num_grids=8)
    return built


def _pykan(module: Any, widths: Sequence[int]) -> nn.Module:
    built: nn.Module = module.MultKAN(
        width=list(widths), grid=5, k=3, seed=0, auto_save=False, device="cpu"
    )
    return built.speed()  # type: ignore[operator]


ORIGINALS = {
    original.key: original
    for original in (
        Original(
            "fast-kan",
            "fastkan/fastkan.py",
            lambda module, widths: module.FastKAN(list(widths)),
            ew.FastKAN,
            absent="fasterkan/fasterkan.py",
        ),
        Original(
            "efficient-kan",
            "src/efficient_kan/kan.py",
            lambda module, widths: module.KAN(list(widths)),
            ew.presets.EfficientKAN,
        ),
        Original(
            "faster-kan",
            "fasterkan/fasterkan.py",
            lambda module, widths: module.FasterKAN(list(widths)),
            # The published forward pass ignores its inv_denominator of 0.5: that is a 1.
            lambda widths: ew.presets.FasterKAN(widths, inv_denominator=1.0),
            package="fasterkan",
        ),
        Original("RBF-KAN", "RBF_KAN.py", _rbf, ew.presets.RBFKAN),
        Original(
            "ChebyKAN",
            "ChebyKANLayer.py",
            _cheby,
            lambda widths: ew.presets.ChebyKAN(widths, degree=9),
        ),
        Original(
            "pykan",
            "kan/MultKAN.py",
            _pykan,
            lambda widths: KAN(widths, basis=ew.BSpline(5, 3), norm=None, coef_scale=True),
            package="kan",
            cases=(("2-5-1", 1000),),
        ),
    )
}


def find(original: Original, folder: Path) -> Path:
    """The original's module below ``folder``, in the outermost checkout that has it.

    Raises:
        FileNotFoundError: if there is none.
    """
    depth = len(Path(original.file).parts)
    for path in sorted(folder.rglob(original.file), key=lambda p: (len(p.parts), p)):
        root = path.parents[depth - 1]
        if original.absent is None or not (root / original.absent).exists():
            return path
    raise FileNotFoundError(
        f"expected {original.file} below {folder}: clone {original.key} into it"
    )


def build_theirs(key: str, path: Path, widths: Sequence[int]) -> nn.Module:
    """The original's network; the global generator, which some reseed, is left alone.

    Raises:
        Exception: whatever its code raises, ImportError if it lacks a package.
    """
    original = ORIGINALS[key]
    with drawn_by(0), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs to mend
        return original.theirs(load(original, path), widths)


def build_ours(key: str, widths: Sequence[int]) -> KAN:
    """The twin of ours, with the weights of seed 0."""
    with drawn_by(0):
        return ORIGINALS[key].ours(widths)


def load(original: Original, path: Path) -> ModuleType:
    """The module at ``path``, without putting its folder on ``sys.path``."""
    if original.package is None:
        return _execute(f"edgewise_original_{path.stem}", path)
    # These import their own parts by the package's name, so it must be known by that name.
    name = f"{original.package}.{path.stem}"
    if name not in sys.modules:
        _execute(original.package, path.with_name("__init__.py"), [str(path.parent)])
    return importlib.import_module(name)


def _execute(name: str, path: Path, submodules: list[str] | None = None) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=submodules)
    if spec is None or spec.loader is None:
        raise ImportError(f"expected a Python file, got {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
