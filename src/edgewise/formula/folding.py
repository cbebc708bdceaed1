"""Bring a formula to normal form, or fold its parts without inputs into numbers."""

from __future__ import annotations

import numpy as np

from edgewise.formula.expression import Expression, Number
from edgewise.formula.program import Program


def normal_form(tree: Expression) -> Expression:
    """The tree in normal form: numbers folded, equal terms and powers collected."""
    return tree.rebuild([normal_form(part) for part in tree.parts]) if tree.parts else tree


def fold_constants(tree: Expression) -> Expression:
    """The formula with parts that have no inputs replaced by their values."""

    def fold(node: Expression) -> Expression | None:
        if node.inputs or isinstance(node, Number):
            return None
        return Number(float(Program(node).values(np.zeros((1, 1)))[0]))

    return tree.replace(fold)
