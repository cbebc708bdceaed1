"""`Guard`: stop at a loss that isn't finite, and put the model back to its last good state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from edgewise.training.history import History


@contextmanager
def whole_steps(params: Sequence[Tensor]) -> Iterator[Callable[[], None]]:
    """Put parameters back if an error, or Ctrl-C, leaves the block while a step tries others.

    Yields a function that keeps their present values instead of those of the beginning.
    """
    live = [p.detach() for p in params]
    kept = [t.clone() for t in live]
    try:
        yield lambda: torch._foreach_copy_(kept, live)
    except BaseException:
        torch._foreach_copy_(live, kept)
        raise


class NonFiniteLossError(RuntimeError):
    """Training met a NaN or infinite loss and put the model back to its last good state.

    Attributes:
        step: the first step (counted from 1) whose loss or weights were not finite.
        history: the rows recorded before it.

    Example:
        >>> import torch, edgewise as ew
        >>> x, model = torch.linspace(-1, 1, 50)[:, None], ew.KAN([1, 1])
        >>> diverge = lambda y, target: (y / 0).mean()
        >>> try:
        ...     history = ew.fit(model, x, x, loss=diverge, steps=9, progress=False)
        ... except ew.training.NonFiniteLossError as error:
        ...     print(error.step, len(error.history), bool(model(x).isfinite().all()))
        1 0 True
    """

    def __init__(self, message: str, step: int, history: History) -> None:
        super().__init__(message)
        self.step = step
        self.history = history


class Guard:
    """Copies of the parameters and buffers to go back to.

    Finite weights need not be good ones: a step that is far too long leaves finite weights whose
    loss overflows. So the newest copy counts only after a later step has found its loss finite, and
    the copy before it is kept until then.

    Args:
        step: the number of steps that it has done.
        interval: steps between two copies.
    """

    def __init__(self, model: nn.Module, step: int, interval: int) -> None:
        self._live: list[Tensor] = [t.detach() for t in (*model.parameters(), *model.buffers())]
        # Not the buffers: an attention mask may well hold -inf.
        self._weights = [p.detach() for p in model.parameters() if p.numel()]
        self._interval = interval
        self._copies = [[t.clone() for t in self._live] for _ in range(2)]
        self._steps = [step, step]  # The steps of the good copy and of the newest.

    def confirm(self, step: int) -> None:
        """All losses up to `step` were finite: copy the model if the last copy is old enough."""
        if step - self._steps[1] < self._interval or not self.is_finite():
            return
        self._copies.reverse()
        self._steps = [self._steps[1], step]
        torch._foreach_copy_(self._copies[1], self._live)

    def is_finite(self) -> bool:
        """Whether all parameters are finite."""
        largest = torch._foreach_norm(self._weights, float("inf"))
        return bool(torch.stack(list(largest)).isfinite().all())

    def restore(self, bad_step: int) -> int:
        """Put the model back; returns after how many steps it was in this state.

        Args:
            bad_step: the first step that went wrong. Its loss is that of the weights after
                ``bad_step - 1`` steps.
        """
        which = 1 if self._steps[1] < bad_step - 1 or self._steps[0] == self._steps[1] else 0
        torch._foreach_copy_(self._live, self._copies[which])
        return self._steps[which]


def explain_fault(step: int, restored: int, what: str, rate: float) -> str:
    """What to say of a "loss", of "weights" or of the "last loss" that aren't finite, and what to
    try."""
    fault = {
        "loss": "the loss is NaN or infinite at",
        "weights": "the weights became NaN or infinite at",
        "last loss": "the loss is NaN or infinite after",
    }
    return (
        f"{fault[what]} step {step}; the model was put back to its state after "
        f"step {restored}. Try a lower lr (now {rate:g}), inputs and targets normalised "
        'to about unit size, precision="float64", or look for extreme values in the data'
    )
