"""Models that leave Python: ONNX, tables with a proven bound, source code, and certificates."""

from edgewise.certify.certificates import Certificate, Difference, certify
from edgewise.onnx.file import feed_onnx, to_onnx
from edgewise.onnx.program import to_program
from edgewise.piecewise.polynomial_tables import tabulate
from edgewise.piecewise.program import Program as Tables
from edgewise.piecewise.program import TableReport
from edgewise.piecewise.writing import to_c, to_javascript, to_python, to_sql

__all__ = [
    "Certificate",
    "Difference",
    "TableReport",
    "Tables",
    "certify",
    "feed_onnx",
    "tabulate",
    "to_c",
    "to_javascript",
    "to_onnx",
    "to_program",
    "to_python",
    "to_sql",
]


def __dir__() -> list[str]:
    return __all__
