"""Arguments as users write them: a basis by its name, and names that other programs use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from edgewise.bases import Basis, BSpline, find, registry

P = ParamSpec("P")
R = TypeVar("R")


def resolve_basis(owner: str, basis: Basis | str | None) -> Basis:
    """The basis that is meant: itself, the one of that name with its default settings, or cubic
    B-splines for None.

    Raises:
        ValueError: for an unknown name, or what is neither a basis nor a name.

    Example:
        >>> resolve_basis("KANLinear", "chebyshev")
        Chebyshev(degree=4)
    """
    if basis is None:
        return BSpline()
    if isinstance(basis, str):
        if basis.lower() not in registry():
            raise ValueError(
                f"{owner} expected a basis among {', '.join(sorted(registry()))}, got {basis!r}: "
                "pass one of these names, or a Basis such as BSpline(grid=8) for other settings"
            )
        return find(basis.lower())()
    if not isinstance(basis, Basis):
        raise ValueError(
            f"{owner} expected a Basis such as BSpline() or the name of one, got {basis!r}: call "
            "the class, or pass its name"
        )
    return basis


def explain_names(
    owner: str, ours: Mapping[str, str]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function answer arguments of other programs with what they are called here.

    Args:
        owner: the function, as messages call it.
        ours: what to write instead, by the name that another program uses.

    Example:
        >>> @explain_names("area", {"w": "width="})
        ... def area(*, width=1.0, height=1.0):
        ...     return width * height
        >>> area(w=2.0)
        Traceback (most recent call last):
        TypeError: area expected its own argument names, got w=: write width= instead of w=
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if foreign := [name for name in kwargs if name in ours]:
                listed = ", ".join(f"{name}=" for name in foreign)
                remedies = "; ".join(f"write {ours[name]} instead of {name}=" for name in foreign)
                raise TypeError(
                    f"{owner} expected its own argument names, got {listed}: {remedies}"
                )
            return function(*args, **kwargs)

        return checked

    return decorate


_BSPLINE = "basis=BSpline(grid=…, degree=…)"
LAYER_NAMES: Mapping[str, str] = {
    "grid": _BSPLINE,
    "grid_size": _BSPLINE,
    "k": _BSPLINE,
    "spline_order": _BSPLINE,
    "grid_range": "basis=BSpline(lo=…, hi=…)",
    "num_grids": "basis=Gaussian(num=…)",
    "grid_min": "basis=Gaussian(lo=…)",
    "grid_max": "basis=Gaussian(hi=…)",
    "degree": "basis=Chebyshev(degree=…)",
    "base_fun": "base=",
    "base_activation": "base=",
    "seed": "generator=torch.Generator().manual_seed(…)",
    "use_bias": "bias=",
}
"""What the constructors of pykan, efficient-kan and others call our arguments."""
MODEL_NAMES: Mapping[str, str] = {
    **LAYER_NAMES,
    "width": "widths=",
    "layers_hidden": "widths=",
    "layers": "widths=",
    "ckpt_path": "ew.save(model, path)",
}
"""The same names, with those that only a whole model has."""
