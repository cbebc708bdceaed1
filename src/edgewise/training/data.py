"""Batches for training, out of tensors or any iterable, with a position that can be resumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, DistributedSampler

from edgewise.nn.arguments import check_plain
from edgewise.nn.reading import check_finite, read_tensor
from edgewise.training.distributed import Ranks
from edgewise.training.inputs import Parts, Placement, is_in_memory, split
from edgewise.training.options import Batching


class Batch(NamedTuple):
    """Samples for one step.

    Attributes:
        size: samples of this process that count towards the batch's mean.
        total: samples of all processes.
        weight: what each sample's loss is multiplied with; None means 1.
        unseen: targets that no batch showed before, where they were given: on a GPU a look at them
            would have to wait. None if there are none.
    """

    x: Tensor
    y: Tensor
    size: int
    total: int | Tensor
    weight: Tensor | None = None
    unseen: Tensor | None = None


class TensorBatches:
    """Batches of ``(x, y)`` in memory, cut out by one indexing operation each.

    Args:
        x: inputs ``(samples, ...)``.
        y: targets ``(samples, ...)``.
        batch_size: samples per (global) batch; None means all of them.
        generator: shuffles each epoch; None keeps the order.
        ranks: the processes among which each batch is divided.
        weight: ``(samples,)``, what each sample's loss is multiplied with; None means 1.
    """

    def __init__(
        self,
        x: Tensor,
        y: Tensor,
        batch_size: int | None,
        generator: torch.Generator | None,
        ranks: Ranks,
        weight: Tensor | None = None,
    ) -> None:
        self.x, self.y, self.weight, self.ranks = x, y, weight, ranks
        count = x.shape[0]
        self.batch_size = count if batch_size is None else min(batch_size, count)
        self.length: int | None = -(-count // self.batch_size)
        # The order within a single batch does not matter, so a full batch is never shuffled.
        self.generator = generator if self.length > 1 else None
        self._start: Tensor | None = None
        self._unseen: Tensor | None = y  # until the first batch
        self._share_order()

    def _share_order(self) -> None:
        if self.generator is not None:
            state = self.generator.get_state()
            self.ranks.copy_from_first([state])
            self.generator.set_state(state)

    def describe(self) -> dict[str, Any]:
        """What must not change between a run and its resumption."""
        return {"samples": self.x.shape[0], "batch_size": self.batch_size}

    def epoch(self, skip: int = 0) -> Iterator[Batch]:
        """The batches of the next epoch after the first `skip`."""
        if self.length == 1 and not skip:
            yield self._full()
        if self.length == 1:
            return
        self._start = None if self.generator is None else self.generator.get_state()
        for rows in self._order().split(self.batch_size)[skip:]:
            yield self._take(*self._shard(rows), rows.numel())

    def _full(self) -> Batch:
        count = self.x.shape[0]
        if self.ranks.size == 1:
            return Batch(self.x, self.y, count, count, self.weight, self._show())
        return self._take(*self._shard(torch.arange(count, device=self.x.device)), count)

    def _take(self, rows: Tensor, size: int, total: int) -> Batch:
        weight = None if self.weight is None else self.weight.index_select(0, rows)
        x, y = self.x.index_select(0, rows), self.y.index_select(0, rows)
        return Batch(x, y, size, total, weight, self._show())

    def _show(self) -> Tensor | None:
        unseen, self._unseen = self._unseen, None
        return unseen

    def _order(self) -> Tensor:
        count = self.x.shape[0]
        if self.generator is None:
            return torch.arange(count, device=self.x.device)
        order = torch.randperm(count, generator=self.generator, device=self.generator.device)
        return order.to(self.x.device)

    def _shard(self, rows: Tensor) -> tuple[Tensor, int]:
        if self.ranks.size == 1:
            return rows, rows.numel()
        part = rows[self.ranks.shard(rows.numel())]
        # An empty shard repeats a row with weight zero: the process takes part in every exchange
        # and gets a gradient, all zeros, for the same parameters as the others.
        return (part, part.numel()) if part.numel() else (rows[:1], 0)

    def state(self, *, between_epochs: bool) -> dict[str, Any]:
        """Position to resume from: the generator's state when the epoch started (or will)."""
        if self.generator is None:
            return {}
        return {"start": self.generator.get_state() if between_epochs else self._start}

    def restore(self, state: dict[str, Any], rng: dict[str, Tensor]) -> None:
        """Go back to the start of the epoch in `state`; `rng` becomes the global state."""
        if self.generator is not None:
            self.generator.set_state(state["start"])
        set_rng(rng)


class IterableBatches:
    """Batches from a DataLoader or another re-iterable, already divided among the processes.

    Args:
        source: gives ``(x, y)`` batches each time it is iterated over.
        ranks: the processes that each bring a part of every batch.
        name: what to call the data in messages.
    """

    def __init__(
        self, source: Iterable[Any], place: Placement, ranks: Ranks, name: str = "data"
    ) -> None:
        self.source, self.place, self.ranks, self.name = source, place, ranks, name
        self.length = _count_batches(source)
        self._start: dict[str, Any] = {}
        self._resumed_rng: dict[str, Tensor] = {}
        self._epoch = 0

    def describe(self) -> dict[str, Any]:
        """What must not change between a run and its resumption."""
        return {"batches": self.length}

    def epoch(self, skip: int = 0) -> Iterator[Batch]:
        """The batches of the next epoch after the first `skip`."""
        if skip:  # After restore() the start of the epoch is replayed with its random numbers.
            set_rng(self._start["rng"])
        self._start = self._snapshot()
        if isinstance(self.source, DataLoader):
            sampler = self.source.sampler
            if isinstance(sampler, DistributedSampler):
                sampler.set_epoch(self._epoch)
        batches = self._filled()
        for _ in islice(batches, skip):
            pass
        if skip:
            set_rng(self._resumed_rng)
        empty = not skip
        for parts in batches:
            empty = False
            given = read_tensor(f"{self.name} y", parts.y)
            x, y = self.place(parts.x, f"{self.name} x"), self.place(given, f"{self.name} y")
            _check_rows(x, y, self.name)
            size = x.shape[0]
            weight = self.place.weight(parts.weight, size, self.name)
            yield Batch(x, y, size, self._total(size), weight, given)
        if empty:
            raise ValueError(
                f"{self.name} is empty: expected at least one batch in each epoch, got none in "
                f"epoch {self._epoch + 1}: pass a list, a DataLoader, or another iterable that "
                "begins anew each time"
            )
        self._epoch += 1

    def _filled(self) -> Iterator[Parts]:
        """The batches that hold samples, as the source gives them."""
        for batch in self.source:
            parts = split(batch, self.name)
            if not isinstance(parts.x, Sized) or getattr(parts.x, "ndim", 1) == 0:
                raise ValueError(
                    f"{self.name} expected x of shape (samples, ...) in every batch, got "
                    f"{parts.x!r:.80}: make batches of several rows, by a DataLoader for example"
                )
            if len(parts.x):
                yield parts
            elif self.ranks.size > 1:
                raise ValueError(
                    "data expected a sample in every batch of every process, got an empty batch: "
                    "pass drop_last=True, or a DistributedSampler"
                )

    def _total(self, size: int) -> int | Tensor:
        """`size` summed over the processes; a tensor that stays on the device."""
        if self.ranks.size == 1:
            return size
        return self.ranks.sum(torch.tensor(size, dtype=torch.float64, device=self.place.device))

    def _generators(self) -> list[torch.Generator]:
        if not isinstance(self.source, DataLoader):
            return []
        batch_sampler = self.source.batch_sampler
        holders = [self.source, self.source.sampler, getattr(batch_sampler, "sampler", None)]
        found = [getattr(holder, "generator", None) for holder in [*holders, batch_sampler]]
        # The loader usually hands its own generator to the sampler: keep each once.
        return list({id(g): g for g in found if isinstance(g, torch.Generator)}.values())

    def _snapshot(self) -> dict[str, Any]:
        states = [g.get_state() for g in self._generators()]
        return {"epoch": self._epoch, "generators": states, "rng": get_rng(self.place.device)}

    def state(self, *, between_epochs: bool) -> dict[str, Any]:
        """Position to resume from: the random states when the epoch started (or will)."""
        return self._snapshot() if between_epochs else self._start

    def restore(self, state: dict[str, Any], rng: dict[str, Tensor]) -> None:
        """Go back to the start of the epoch in `state`; `rng` is set once batches are skipped."""
        generators = self._generators()
        if len(generators) != len(state["generators"]):
            raise ValueError(
                f"data expected a DataLoader with {len(state['generators'])} generators, as in "
                f"the checkpoint, got {len(generators)}: build it as in the run to resume"
            )
        for generator, saved in zip(generators, state["generators"], strict=True):
            generator.set_state(saved)
        self._epoch, self._start, self._resumed_rng = state["epoch"], state, rng
        set_rng(rng)


def _count_batches(source: Iterable[Any]) -> int | None:
    """Batches of an epoch; None where nobody knows, as with a stream in a DataLoader."""
    if not isinstance(source, DataLoader | list | tuple):
        return None
    try:
        return len(source)
    except TypeError:
        return None


Batches = TensorBatches | IterableBatches


def get_rng(device: torch.device) -> dict[str, Tensor]:
    """State of torch's global random generators: the CPU's and, on a GPU, the device's."""
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    return states


def set_rng(states: dict[str, Tensor]) -> None:
    """Inverse of `get_rng`."""
    torch.set_rng_state(states["cpu"])
    if "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"])


def make_batches(
    data: Any,
    batching: Batching,
    place: Placement,
    *,
    name: str = "data",
    shuffle: bool = False,
    ranks: Ranks | None = None,
) -> Batches:
    """Turn what the user passed into batches.

    Args:
        data: ``(x, y)`` or ``(x, y, weight)``, tensors, arrays or frames, also in a dict; or a
            re-iterable of such batches.
        batching: of data in memory.
        name: what to call the data in messages.
        shuffle: new order each epoch, for in-memory data.
        ranks: the processes that share each batch; None means no sharing.

    Raises:
        ValueError: unusable data, or batches of batches.
    """
    ranks, generator = ranks or Ranks(), batching.generator()
    if is_in_memory(data):
        parts = split(data, name)
        x, y = place(parts.x, f"{name} x"), place(parts.y, f"{name} y")
        _check_tensors(x, y, name)
        weight = _normalize(place.weight(parts.weight, x.shape[0], name), name)
        if shuffle and generator is None and batching.size and batching.size < x.shape[0]:
            seed = int(torch.randint(2**63 - 1, ()))
            generator = torch.Generator().manual_seed(seed)
        return TensorBatches(x, y, batching.size, generator if shuffle else None, ranks, weight)
    _check_iterable(data, batching, name)
    return IterableBatches(data, place, ranks, name)


def _check_rows(x: Tensor, y: Tensor, name: str) -> None:
    for label, tensor in (("x", x), ("y", y)):
        if tensor.ndim == 0:
            raise ValueError(f"{name} expected {label} of shape (samples, ...), got a scalar")
    if x.shape[0] != y.shape[0]:
        raise ValueError(
            f"{name} expected x and y with as many rows, got {x.shape[0]} and {y.shape[0]}: "
            "pass one target per input"
        )


def _check_tensors(x: Tensor, y: Tensor, name: str) -> None:
    _check_rows(x, y, name)
    if not x.shape[0]:
        raise ValueError(f"{name} is empty: expected at least one row, got x of {tuple(x.shape)}")
    for label, tensor in (("x", x), ("y", y)):
        check_plain(f"{name} {label}", tensor)  # a model on the device meta takes the data there
        check_finite(f"{name} {label}", tensor)


def _normalize(weight: Tensor | None, name: str) -> Tensor | None:
    """The weights divided by their mean: a constant factor makes no difference."""
    if weight is None:
        return None
    mean = weight.mean()
    if mean <= 0:
        raise ValueError(f"{name} expected a weight above 0, got none: leave the weights out")
    return weight / mean


def _check_iterable(data: Any, batching: Batching, name: str) -> None:
    if isinstance(data, Dataset) or not isinstance(data, Iterable):
        raise ValueError(
            f"{name} expected (x, y), tensors or arrays, or an iterable of (x, y) batches, got "
            f"{type(data).__name__}: wrap a dataset in torch.utils.data.DataLoader"
        )
    if isinstance(data, Tensor) or hasattr(data, "__array__"):
        raise ValueError(
            f"{name} expected x and y, got {type(data).__name__} alone: pass both, "
            "fit(model, x, y) and val=(x, y)"
        )
    if isinstance(data, Iterator):
        raise ValueError(
            f"{name} expected something that can be iterated over once per epoch, got the one-shot "
            f"iterator {type(data).__name__}: pass a list or a DataLoader"
        )
    if batching.size is not None:
        raise ValueError(
            f"batch_size expected None because {name} is an iterable of batches, got "
            f"{batching.size}: set the batch size where the batches are made"
        )
    if batching.seed is not None:
        raise ValueError(
            f"seed expected None because {name} is an iterable of batches: pass the "
            "generator to the DataLoader"
        )
