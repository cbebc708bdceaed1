"""Rows that others published: quoted, not measured here, and never mixed with ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quoted:
    """Test accuracy as a source states it.

    Attributes:
        source: who states it.
        dataset: of ours.
        model: as the source calls it.
        parameters: as the source states them.
        accuracy: in percent.
    """

    source: str
    dataset: str
    model: str
    parameters: str
    accuracy: float


_WIDE = "[784, 64, 10], mean of 5 (ACCEPTANCE.md)"
_FAIR = "KANbeFair's results.csv, best of its runs with 50 to 150 k, chosen on test rows"
_THREAD = "the thread of May 2024, 15 epochs"
_MATCHED = "published at about 108 k parameters (ACCEPTANCE.md)"

QUOTED = (
    Quoted(_WIDE, "mnist", "FastKAN", "459 k", 97.25),
    Quoted(_WIDE, "mnist", "FasterKAN", "408 k", 97.28),
    Quoted(_WIDE, "mnist", "efficient-kan", "508 k", 97.37),
    Quoted(_WIDE, "mnist", "MLP", "51 k", 97.69),
    Quoted(_WIDE, "fashion_mnist", "FastKAN", "459 k", 89.42),
    Quoted(_WIDE, "fashion_mnist", "FasterKAN", "408 k", 89.26),
    Quoted(_WIDE, "fashion_mnist", "efficient-kan", "508 k", 88.92),
    Quoted(_WIDE, "fashion_mnist", "MLP", "51 k", 88.39),
    Quoted(_THREAD, "mnist", "FastKAN, 4 centres", "255,858", 97.99),
    Quoted(_THREAD, "mnist", "MLP", "254,410", 97.56),
    Quoted(_FAIR, "mnist", "KAN", "140 k", 96.16),
    Quoted(_FAIR, "mnist", "MLP", "102 k", 97.94),
    Quoted(_FAIR, "fashion_mnist", "KAN", "127 k", 87.83),
    Quoted(_FAIR, "fashion_mnist", "MLP", "102 k", 88.87),
    Quoted(_MATCHED, "fashion_mnist", "MLP", "108 k", 88.1),
    Quoted(_MATCHED, "fashion_mnist", "efficient-kan", "108 k", 86.9),
    Quoted(_MATCHED, "fashion_mnist", "FastKAN", "108 k", 86.2),
)
