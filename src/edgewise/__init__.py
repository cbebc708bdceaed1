"""edgewise: Kolmogorov-Arnold networks, fast enough to use and open enough to read."""

import copyreg
import sys
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any

import lazy_loader

from edgewise import _forks as _forks

_load, _, _names = lazy_loader.attach_stub(__name__, __file__)

__version__ = "0.1.0"

_UNLISTED = {
    "discovery",
    "equations",
    "explain",
    "explorer",
    "functional",
    "interop",
    "laws",
    "models",
}
_UNLISTED |= {"ode", "plotting", "saving", "sklearn"}
"""Rooms that completion doesn't show: the verbs that people begin with stand at the top."""
__all__ = [name for name in _names if name not in _UNLISTED]

_BY_ROOM = {
    "bases": "Gegenbauer Hermite Jacobi Legendre ReLUKAN Sine Wavelet",
    "continual": "Anchored Frozen Memory Moments",
    "discovery": "Discoveries Discovery",
    "explain": "Attribution Structure extract interactions",
    "explorer": "EditedKAN Explorer apply_edits",
    "nn": "explain_engines",
    "ode": "OdeDiscovery",
    "plotting": "plot_basis plot_edge",
    "presets": (
        "ChebyKAN EfficientKAN FasterKAN FasterKANvolver FourierKAN ImageKAN KALNet KANAttention "
        "RBFKAN"
    ),
    "saving": "save_foreign to_foreign",
    "surgery": (
        "EdgeCurve EdgeFix Versions auto_swap edge_curve expand_depth expand_width fix_edge "
        "free_edge freeze from_formula unfreeze unmix"
    ),
    "training": "History Sparsity",
}
"""The names that once stood at the top, by the rooms that have them now."""
_MOVED = {name: room for room, names in _BY_ROOM.items() for name in names.split()}


def _reduce_module(module: ModuleType) -> Any:
    return import_module, (module.__name__,)


# lazy_loader gives packages a class that pickle doesn't know, so functions that say `ew.` wouldn't
# reach the workers of joblib, Dask and Ray.
_Package = type(sys.modules[__name__])
if _Package is not ModuleType:
    copyreg.pickle(_Package, _reduce_module)


def __getattr__(name: str) -> Any:
    if room := _MOVED.get(name):
        warnings.warn(
            f"edgewise.{name} is edgewise.{room}.{name} now", DeprecationWarning, stacklevel=2
        )
        return getattr(import_module(f"edgewise.{room}"), name)
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("scipy", "sklearn", "pandas"):
            extra = "symbolic" if name.startswith(("discover", "fit_")) else "tables"
            raise ModuleNotFoundError(
                f"edgewise.{name} needs {library}, which isn't installed: "
                f'pip install "edgewise[{extra}]"',
                name=error.name,
            ) from error
        raise
    except AttributeError as error:
        known = import_module("edgewise.models.foreign_names").CLASSES.get(name)
        if known is None:
            raise
        program, ours = known
        text = f"edgewise has no {name}; instead of {program}'s write {ours}"
        raise AttributeError(text) from error


def __dir__() -> list[str]:
    return __all__
