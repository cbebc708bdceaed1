"""One model on one table: its loss on rows that were not fitted, and what its fit takes."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold

from benchmarks.tables.data import Table
from benchmarks.tables.models import MODELS, prepare


def try_to_measure(table: Table, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is measured of a table, or the error."""
    about = {"rows": len(table.y), "columns": table.x.shape[1], "classes": table.is_classes}
    try:
        return about | measure()
    except Exception as error:  # Whatever a program does, the other rows go on.
        return about | {"error": f"{type(error).__name__}: {error}"[:300]}


def measure(
    table: Table,
    model: str,
    folds: int,
    repeats: int,
    judged: int | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Any]:
    """Loss (root mean square, or minus the mean log share of the class) and seconds of a fit.

    Of models that tell intervals, or sets of classes, also the share of those that hold the target,
    where 90 % should.

    Args:
        judged: how many of the folds are judged; None for all.
    """
    splits: list[tuple[Any, Any]] = []
    kind = StratifiedKFold if table.is_classes else KFold
    for repeat in range(repeats):
        split = kind(folds, shuffle=True, random_state=repeat).split(table.x, table.y)
        splits += islice(split, judged)
    return judge_splits(table, model, splits, clock)


def judge_splits(
    table: Table, model: str, splits: Sequence[tuple[Any, Any]], clock: Callable[[], float]
) -> dict[str, Any]:
    """Means over fits of some rows that are judged at others."""
    x, losses, seconds = prepare(table.x), [], []
    covered: list[float] = []
    y = table.y.astype(str) if table.is_classes else table.y.astype(float)
    for fit, judge in splits:
        estimator = MODELS[model](table.is_classes)
        start = clock()
        estimator.fit(x.iloc[fit], y.iloc[fit])
        seconds.append(clock() - start)
        losses.append(_loss(estimator, x.iloc[judge], y.iloc[judge], table.is_classes))
        covered += _find_covered(estimator, x.iloc[judge], y.iloc[judge])
    return {
        "covered": float(np.mean(covered)) if covered else None,
        "loss": float(np.mean(losses)),
        "deviation": float(np.std(losses)),
        "seconds": float(np.median(seconds)),
    }


def _loss(estimator: Any, x: Any, y: Any, classes: bool) -> float:
    if not classes:
        return float(np.sqrt(np.mean((y.to_numpy() - estimator.predict(x)) ** 2)))
    shares = np.clip(estimator.predict_proba(x), 1e-15, 1.0)
    places = np.searchsorted(estimator.classes_, y.to_numpy().astype(str))
    shares = shares / shares.sum(1, keepdims=True)
    return float(-np.mean(np.log(shares[np.arange(len(y)), places])))


def _find_covered(estimator: Any, x: Any, y: Any) -> list[bool]:
    """Whether each target is where the model expects 90 % of them; nothing if it doesn't say."""
    if hasattr(estimator, "predict_interval"):
        low, high = estimator.predict_interval(x, 0.9).T
        return ((low <= y.to_numpy()) & (y.to_numpy() <= high)).tolist()
    if hasattr(estimator, "predict_set"):
        places = np.searchsorted(estimator.classes_, y.to_numpy().astype(str))
        return estimator.predict_set(x, 0.9)[np.arange(len(y)), places].tolist()
    return []


@contextmanager
def limit_processor(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after this number of CPU seconds."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
