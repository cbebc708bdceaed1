"""Tables and targets of any library as arrays and frames; needs no library beside torch."""

from __future__ import annotations

from typing import Any

import torch

from edgewise.nn.arguments import check_plain
from edgewise.nn.reading import unmask


def take_values(name: str, given: Any) -> Any:
    """A tensor as an array, detached, a lazy frame collected, a stream of Arrow (as a relation of
    DuckDB is) as a table, and a masked array without its mask; anything else unchanged.

    Raises:
        ValueError: for a tensor that is sparse, quantized or without values.
    """
    if is_lazy(given):
        return given.collect()
    # Frames of pandas, polars and Arrow are streams, too.
    is_frame = any(hasattr(given, name) for name in ("iloc", "to_pandas"))
    if hasattr(given, "__arrow_c_stream__") and not is_frame:
        import pyarrow

        return pyarrow.table(given)
    if not isinstance(given, torch.Tensor):
        return unmask(given)
    check_plain(name, given)
    values = given.detach().cpu()
    return (values.double() if values.dtype == torch.bfloat16 else values).numpy()


def is_lazy(table: Any) -> bool:
    """Whether it is a lazy frame of polars, whose columns are unknown until it is collected."""
    return (
        hasattr(table, "collect_schema") and hasattr(table, "lazy") and not hasattr(table, "shape")
    )
