"""Reasons in words: which effects of a row's values were the strongest, and which way they went."""

from __future__ import annotations

from typing import Any

from edgewise.nn.arguments import check_integer
from edgewise.piecewise.program import Program

Texts = list[list[tuple[str, str]]]
"""Of each target or class, of each effect but the base: if it was negative, and if positive."""


def check_reasons(program: Program, owner: str, reasons: Any) -> None:
    """Raise ValueError unless it is a number of reasons, 0 where there are none."""
    check_integer(owner, "reasons", reasons)
    if reasons and program.is_network:
        raise ValueError(f"{owner} expected a fitted estimator for reasons={reasons}, got tables")


def list_reasons(program: Program) -> Texts:
    """What may be said: "age raises the prediction", or "age speaks for" a class."""
    answer, effects = program.answer, program.effects[1:]
    if answer.classes is not None:
        return [
            [(f"{e} speaks against {label}", f"{e} speaks for {label}") for e in effects]
            for label in answer.classes
        ]
    targets = [f"prediction {k}" for k in range(len(answer.links))]
    titles = ["the prediction"] if answer.single else targets
    return [[(f"{e} lowers {title}", f"{e} raises {title}") for e in effects] for title in titles]
