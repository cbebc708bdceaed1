"""Models that leave Python: ONNX, tables with a proven bound, source code, and certificates."""

from edgewise.export.onnx_file import feed_onnx, to_onnx
from edgewise.export.program import to_program

__all__ = ["feed_onnx", "to_onnx", "to_program"]


def __dir__() -> list[str]:
    return __all__
