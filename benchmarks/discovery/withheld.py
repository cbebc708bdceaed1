"""Laws that the library doesn't know: inside :func:`withhold` it lacks the law of a table.

`discover` was built on the formulas of development, so it finds more of these than of others. A law
without its entry in the library is one that nobody built it for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import MappingProxyType
from unittest.mock import patch

from benchmarks.discovery.real_laws import LawTable
from edgewise.discovery.strategies import named
from edgewise.laws import assignment, library, naming, suggest
from edgewise.laws.law import Law

ROWS = 200


@contextmanager
def withhold(table: LawTable) -> Iterator[set[str]]:
    """Remove every law that can be the one of a table; yields their names."""
    left, gone = dict(library.LAWS), set[str]()
    x = table.points(ROWS, 2)
    while True:
        with _library_of(left):
            fit = naming.name_formula(table.tree, x, table.values(x), names=table.names)
            if fit is None or fit.law is None:
                yield gone
                return
        same = {name for name, law in left.items() if is_like(law, fit.law)}
        if not same:
            raise RuntimeError(f"expected a law of the library, got {fit.law.name!r}")
        gone |= same
        left = {name: law for name, law in left.items() if name not in same}


def is_like(law: Law, other: Law) -> bool:
    """Whether two entries are one law, or one grows from the other."""
    names = {other.name, other.same_as, other.grows_from} - {"", None}
    return bool(names & {law.name, law.same_as, law.grows_from})


@contextmanager
def _library_of(laws: Mapping[str, Law]) -> Iterator[None]:
    """Inside this the library holds these laws."""
    with ExitStack() as stack:
        for module in (library, assignment, naming, suggest, named):
            stack.enter_context(patch.object(module, "LAWS", MappingProxyType(laws)))
        framed = tuple(name for name in suggest.FRAMED if name in laws)
        stack.enter_context(patch.object(suggest, "FRAMED", framed))
        yield
