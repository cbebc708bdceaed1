"""How batches are divided among processes, seen from each of them in turn."""

import pytest
import torch

from edgewise.training.data import TensorBatches
from edgewise.training.distributed import Ranks

X = torch.arange(14.0).reshape(7, 2)
Y = X.sum(1)
WEIGHT = torch.arange(1.0, 8.0)


def seen(rank, size, batch_size, skip=0):
    batches = TensorBatches(X, Y, batch_size, None, Ranks(rank, size), WEIGHT)
    return list(batches.epoch(skip))


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("batch_size", [None, 1, 3, 4, 7])
def test_every_row_goes_to_one_process(size, batch_size):
    each = [seen(rank, size, batch_size) for rank in range(size)]
    rows = batch_size or 7
    assert {len(batches) for batches in each} == {-(-7 // rows)}
    for k, parts in enumerate(zip(*each, strict=True)):
        wanted = slice(k * rows, (k + 1) * rows)
        for name, whole in (("x", X), ("y", Y), ("weight", WEIGHT)):
            found = torch.cat([getattr(p, name)[: p.size] for p in parts])
            assert torch.equal(found, whole[wanted]), name
        counts = [p.size for p in parts]
        assert {p.total for p in parts} == {sum(counts)} == {len(X[wanted])}
        assert max(counts) - min(counts) <= 1
        # A process without rows still computes something, which counts nothing.
        assert all(len(p.x) == len(p.y) == len(p.weight) == max(p.size, 1) for p in parts)


@pytest.mark.parametrize("skip", [0, 1, 2])
def test_batches_that_were_seen_are_skipped(skip):
    whole, rest = seen(0, 2, 3), seen(0, 2, 3, skip)
    assert len(rest) == 3 - skip
    for a, b in zip(whole[skip:], rest, strict=True):
        assert torch.equal(a.x, b.x)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("items", [0, 1, 6, 7])
def test_shards_are_neighbours(size, items):
    parts = [range(items)[Ranks(rank, size).shard(items)] for rank in range(size)]
    assert [k for part in parts for k in part] == list(range(items))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_alone_every_exchange_is_the_identity():
    alone, t = Ranks(), torch.tensor([2.0, 3.0])
    assert torch.equal(alone.sum(t.clone()), t)
    assert alone.gather(t)[0] is t
    alone.copy_from_first([t])
    assert alone.average([1.0, torch.tensor([4.0])], 0.5, t.device) == [0.5, 2.0]
