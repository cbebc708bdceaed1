"""`all_or_nothing`: if a fit fails or is stopped, the estimator stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

E = TypeVar("E")
P = ParamSpec("P")
R = TypeVar("R")


def all_or_nothing(fit: Callable[Concatenate[E, P], R]) -> Callable[Concatenate[E, P], R]:
    """Put an estimator back to what it was where an error or Ctrl-C ends its fit.

    Without this, a fit that ends early leaves the new columns with the old effects, and the
    estimator predicts from both.
    """

    @wraps(fit)
    def whole(estimator: E, *args: P.args, **kwargs: P.kwargs) -> R:
        before = dict(vars(estimator))
        try:
            return fit(estimator, *args, **kwargs)
        except BaseException:
            vars(estimator).clear()
            vars(estimator).update(before)
            raise

    return whole
