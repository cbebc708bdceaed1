"""A table larger than memory is for: made in pieces, fitted from Parquet, with its peak memory."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from edgewise.sklearn import KANRegressor

ROWS_OF_A_GROUP = 250_000
LEVELS = 300
HELD = 100_000


def make_rows(count: int, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows of ten columns and what is expected of their target, whose noise has deviation 1."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(random.uniform(size=(count, 6)), columns=list("abcdef"))
    frame["tail"] = random.standard_t(2, count)
    frame["gap"] = np.where(random.uniform(size=count) < 0.1, np.nan, random.normal(size=count))
    frame["kind"] = random.choice(list("uvwxy"), count)
    level = np.minimum(random.geometric(0.02, count), LEVELS) - 1
    frame["level"] = np.char.add("level ", level.astype(str)).astype(object)
    truth = 10 * np.sin(np.pi * frame["a"] * frame["b"]) + 20 * (frame["c"] - 0.5) ** 2
    truth += 10 * frame["d"] + 5 * frame["e"] + 2 * np.tanh(frame["tail"])
    truth += np.sin(2 * frame["gap"]).fillna(1.5) + 2 * np.sin(level)
    truth += 3 * (frame["kind"] == "u") * frame["f"]
    return frame, truth.to_numpy()


def write_table(path: Path, rows: int) -> None:
    """So many rows with their target y, one group after the other."""
    import pyarrow
    from pyarrow import parquet

    writer = None
    for k, start in enumerate(range(0, rows, ROWS_OF_A_GROUP)):
        frame, truth = make_rows(min(ROWS_OF_A_GROUP, rows - start), 1000 + k)
        noise = np.random.default_rng([1000, k]).normal(size=len(truth))
        table = pyarrow.Table.from_pandas(frame.assign(y=truth + noise), preserve_index=False)
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def measure_fit(path: Path) -> dict[str, Any]:
    """What a fit takes, and the error of its predictions of new rows.

    ``error`` is the root mean square of prediction less truth, where the noise is 1.
    """
    before = _peak_mib()
    start, cpu = time.perf_counter(), time.process_time()
    model = KANRegressor(random_state=0).fit(path, "y")
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    frame, truth = make_rows(HELD, 999)
    peak = _peak_mib()
    error = float(np.sqrt(np.mean((model.predict(frame) - truth) ** 2)))
    pairs = sum(len(term.columns) == 2 for term in model.models_[0].terms)
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "mib_before": before,
        "mib_peak": peak,
        "file_mib": round(path.stat().st_size / 2**20),
        "error": round(error, 4),
        "coefficients": len(model.models_[0].coef),
        "pairs": pairs,
    }


def _peak_mib() -> int:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
