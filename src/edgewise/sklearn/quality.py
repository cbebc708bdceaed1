"""`Score` and `Quality`: how well models predict rows that weren't fitted, as data and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scipy.stats import sem, t

from edgewise._arrays import Array
from edgewise.charts.numbers import format_number, with_error

NUMBERS = {"neg_root_mean_squared_error": "RMSE", "r2": "R²"}
CLASSES = {"neg_log_loss": "log loss", "accuracy": "accuracy"}
TWO_CLASSES = {"neg_log_loss": "log loss", "accuracy": "accuracy", "roc_auc": "AUC"}
LABELS = {"accuracy": "rows with every label right", "roc_auc": "mean AUC of the labels"}
"""Measures by the names of scikit-learn's scorers; the last one stands first on pages. Accuracy
says little where one of two classes is rare; the AUC of a guess is 0.5, whatever the shares are."""


@dataclass(frozen=True)
class Score:
    """How well a model predicts, by each measure: a mean and its standard error, and every fold.

    Attributes:
        facts: more about it, in words.
    """

    model: str
    folds: dict[str, Array]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, tuple[float, float]]:
        """The mean over the folds, and its standard error."""
        return {name: (float(v.mean()), float(sem(v))) for name, v in self.folds.items()}

    def write(self, measure: str) -> str:
        """One of them, as 0.450 ± 0.031; three digits of what hardly differs between folds."""
        mean, error = self.values[measure]
        if measure == "accuracy":
            return f"{mean:.3f} ± {error:.3f}"
        return with_error(mean, error) if error > 1e-4 * abs(mean) else format_number(mean)


class Quality(NamedTuple):
    """Scores for an explanation; which columns are suspect, and the comparison, in sentences."""

    scores: dict[str, str]
    notes: list[str]
    beside: str = ""


def tell_difference(scores: Sequence[Score]) -> str:
    """Whether ours, the first, predicts better than others, by differences in the same folds.

    The last one is the constant, which is left out.
    """
    ours, *others, _ = scores
    lead = [*ours.folds][-1]
    found: dict[str, list[str]] = {}
    for each in others:
        gap = ours.folds[lead] - each.folds[lead]
        reach = float(t.ppf(0.975, len(gap) - 1)) * float(sem(gap))
        word = "predicts better than" if gap.mean() > reach else "differs only by chance from"
        word = "predicts worse than" if gap.mean() < -reach else word
        name = f"a {each.model}" if each.model.endswith("model") else each.model
        found.setdefault(word, []).append(name)
    told = " and ".join(f"{word} {' and '.join(names)}" for word, names in found.items())
    return f"The model {told}." if told else ""


def list_facts(scores: Sequence[Score]) -> dict[str, str]:
    """The measure that says most, of all models; and another one of ours and of a constant."""
    if not scores:
        return {}
    ours, *others, constant = scores
    *more, lead = ours.values
    second = more[-1] if more else lead
    facts = {f"{lead} on unseen rows": ours.write(lead)}
    facts |= {f"{lead}, {score.model}": score.write(lead) for score in others}
    if lead == "C-index":
        facts |= {f"{lead} of a guess": "0.5"}
    if not more or lead == "D²":  # which is relative to the constant
        return facts | ours.facts
    if lead in ("R²", "AUC", LABELS["roc_auc"], "C-index"):
        return facts | {
            f"{second}, in units of the target" if lead == "R²" else second: ours.write(second),
            f"{second} of predicting {constant.model}": constant.write(second),
        }
    return facts | {
        f"{lead} of predicting {constant.model}": constant.write(lead),
        second: ours.write(second),
        f"{second} of the classes' shares": constant.write(second),
    }
