"""The study of formulas in trained networks: what is drawn, and what counts as right."""

import numpy as np
import pytest
import torch

from benchmarks.trained_formulas import ROWS, TASKS, Task, describe, draw, findings, measure


@pytest.mark.parametrize("name", TASKS)
def test_rows_are_those_of_a_formula_with_drawn_numbers(name):
    task = TASKS[name]
    x, y, x_new, y_new = draw(task, 3)
    assert x.shape == x_new.shape == (ROWS, task.widths[0])
    assert y.shape == (ROWS, 1)
    assert y.isfinite().all()
    assert y_new.std() > 0.05
    assert task.ends[0] <= float(x.amin()) < float(x.amax()) <= task.ends[1]
    assert not torch.equal(x, x_new)
    assert not torch.equal(y, draw(task, 4)[1])


def test_numbers_are_within_their_range():
    x, y, *_ = draw(Task("a*x0 + b", {"a": (2, 3), "b": (-1, -0.5)}, (-1, 1), (1, 1)), 5)
    slope, offset = np.polyfit(x[:, 0].numpy(), y[:, 0].numpy(), 1)
    assert 2 <= slope <= 3
    assert -1 <= offset <= -0.5


def test_a_run_says_whether_the_formula_holds_on_other_rows():
    row = measure("wave and step", "default", 0, 2.0)
    assert (row["right"], row["verdict"]) == (1, "exact")
    assert float(row["fvu"]) < 1e-12 < float(row["network_fvu"])
    wrong = {**row, "right": "0", "basis": "default", "task": "wave and step"}
    rows = [{**wrong, "right": "1"}, wrong]
    assert "1 of 2" in describe(rows)
    assert "1 of 2 with default; 1 of 2 exact claims are wrong" in findings(rows)[0]
