"""The reasons for a prediction that a written program can give."""

from __future__ import annotations

from typing import Any

from edgewise._checks import check_integer
from edgewise.additive.reasons import Texts, title_targets, word_effects
from edgewise.piecewise.program import Program


def check_reasons(program: Program, owner: str, reasons: Any) -> None:
    """Raise ValueError unless ``reasons`` is a whole number, and 0 for tables."""
    check_integer(owner, "reasons", reasons)
    if reasons and program.is_network:
        raise ValueError(f"{owner} expected a fitted estimator for reasons={reasons}, got tables")


def list_reasons(program: Program) -> Texts:
    """The possible reasons for each target or class and each effect but the base."""
    answer, effects = program.answer, program.effects[1:]
    if answer.classes is not None:
        return word_effects(effects, answer.classes, True)
    return word_effects(effects, title_targets(answer.outputs), False)
