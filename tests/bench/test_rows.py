"""What the command line's filters mean, and that the networks are what they are called."""

import pytest
import torch

from edgewise.bench import rows


def test_rows_by_name_in_the_order_given():
    assert [row.key for row in rows.parse_rows("rswaf8, cubic5,rswaf8")] == ["rswaf8", "cubic5"]
    with pytest.raises(ValueError, match=r"expected rows among cubic5, .*; got 'cubic6'"):
        rows.parse_rows("cubic6")


def test_shapes():
    assert rows.parse_shapes("784-64-10,2-5-1") == ["784-64-10", "2-5-1"]
    assert rows.widths_of("784-64-10") == [784, 64, 10]
    for wrong in ("784", "3-0-1", "3--1", "a-b", ""):
        with pytest.raises(ValueError, match="expected shapes such as"):
            rows.parse_shapes(wrong)


def test_batches_and_threads():
    assert rows.parse_counts("64, 8", "batches") == [64, 8]
    assert rows.parse_threads("all,1", cores=4) == [4, 1]
    assert rows.parse_threads("all,1", cores=1) == [1]
    for wrong in ("0", "x", "-1", ""):
        with pytest.raises(ValueError, match="expected batches such as"):
            rows.parse_counts(wrong, "batches")


def test_the_small_shape_has_its_own_batch_unless_told_otherwise():
    assert rows.cells(["256-256-256", "2-5-1"], None) == [
        *(("256-256-256", batch) for batch in (64, 256, 1024, 8192)),
        ("2-5-1", 1000),
    ]
    assert rows.cells(["2-5-1"], [7]) == [("2-5-1", 7)]


@pytest.mark.parametrize("row", rows.ROWS.values(), ids=lambda row: row.key)
def test_every_row_builds_and_has_its_mlp(row):
    before = torch.get_rng_state()
    model = rows.build(row, [12, 9, 4])
    mlp = rows.matching_mlp(model, [12, 9, 4])
    assert torch.equal(before, torch.get_rng_state())
    assert (mlp.widths[0], mlp.widths[-1]) == (12, 4)
    # A hidden unit more or less is 17 parameters.
    assert abs(rows.count(mlp) - rows.count(model)) <= 17
    layer = model.layers[0]
    z = torch.linspace(-0.9, 0.9, 50)[:, None].expand(50, 12)
    active = (layer.basis.evaluate(z, layer.grid) != 0).sum(-1).max()
    assert active == row.active
