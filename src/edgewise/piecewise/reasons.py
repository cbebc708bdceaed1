"""The reasons for a prediction that a written program can give."""

from __future__ import annotations

from edgewise.additive.reasons import Texts, title_targets, word_effects
from edgewise.piecewise.program import Program


def list_reasons(program: Program) -> Texts:
    """The possible reasons for each target or class and each effect but the base."""
    answer, effects = program.answer, program.effects[1:]
    if answer.classes is not None:
        return word_effects(effects, answer.classes, True)
    return word_effects(effects, title_targets(answer.outputs), False)
