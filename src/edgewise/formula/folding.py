"""A formula made anew: in normal form, or with its parts that have no input folded into numbers."""

from __future__ import annotations

import numpy as np

from edgewise.formula.expression import Expression, Number
from edgewise.formula.program import Program


def normal_form(tree: Expression) -> Expression:
    """The tree made anew, bottom up: numbers folded, equal terms and powers collected."""
    return tree.rebuild([normal_form(part) for part in tree.parts]) if tree.parts else tree


def fold_constants(tree: Expression) -> Expression:
    """The formula with its parts without inputs as numbers."""

    def fold(node: Expression) -> Expression | None:
        if node.inputs or isinstance(node, Number):
            return None
        return Number(float(Program(node).values(np.zeros((1, 1)))[0]))

    return tree.replace(fold)
