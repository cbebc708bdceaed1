"""A fit by several processes under torchrun, each with its own row groups.

The first process fits the model, and sends the others jobs that they run on their rows; at the end
it sends them the model, so that all have the same one, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist

from edgewise.additive.batches import Job, LocalSource, Source, merge_all
from edgewise.training.distributed import Ranks, process_group


@dataclass(frozen=True)
class Refusal:
    """An error of one process, as it is sent to the others."""

    process: int
    message: str


@contextmanager
def share_work() -> Iterator[Team | None]:
    """The processes that torchrun has started, or those of a group that exists; None if alone."""
    with process_group(torch.device("cpu")) as ranks:
        if ranks.size == 1:
            yield None
            return
        group = dist.new_group(backend="gloo")
        try:
            yield Team(ranks, group)
        finally:
            dist.destroy_process_group(group)


@dataclass(frozen=True, eq=False)
class Team:
    """This process in a group of processes.

    Attributes:
        ranks: its rank and the number of processes.
        group: the group for communication.
    """

    ranks: Ranks
    group: Any

    def broadcast(self, what: Any) -> Any:
        """Send an object from the first process to all; return it."""
        box = [what]
        dist.broadcast_object_list(box, src=0, group=self.group)
        return box[0]

    def collect(self, answer: Any) -> list[Any]:
        """The answers of all processes, in all of them."""
        answers: list[Any] = [None] * self.ranks.size
        dist.all_gather_object(answers, answer, group=self.group)
        return answers

    def lead(self, own: LocalSource, fit: Callable[[Source], Any]) -> Any:
        """Call ``fit`` in the first process, with the batches of all; return its answer in all.

        Raises:
            ValueError: if any process met with an error.
        """
        if self.ranks.rank == 0:
            try:
                result = fit(SharedSource(self, own))
            except BaseException as error:
                self.broadcast(Refusal(0, f"{type(error).__name__}: {error}"))
                raise
            self.broadcast((None, result))
            return result
        while True:
            job, result = _check(self.broadcast(None))
            if job is None:
                return result
            self.collect(self.try_own(own, job))

    def try_own(self, own: LocalSource, job: Job) -> Any:
        """The merged answers of this process's batches, or the error."""
        try:
            return own.run(job)
        except Exception as error:
            return Refusal(self.ranks.rank, f"{type(error).__name__}: {error}")


@dataclass(frozen=True, eq=False)
class SharedSource(Source):
    """The batches of all processes, for the first one."""

    team: Team
    own: LocalSource

    def first(self) -> Any:
        return self.own.first()

    def run(self, job: Job) -> Any:
        self.team.broadcast((job, None))
        answers = self.team.collect(self.team.try_own(self.own, job))
        return merge_all([_check(answer) for answer in answers])


def _check(told: Any) -> Any:
    if isinstance(told, Refusal):
        raise ValueError(f"process {told.process} of the fit met with {told.message}")
    return told
