"""A warning, early in a run, about functions of a layer that the data never reach."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from edgewise.grids.coverage import cover
from edgewise.nn import KANLinear
from edgewise.nn.inspect import in_evaluation, listen
from edgewise.training.mismatched_units import warn_outside

MANY = 1 / 3
"""The share of idle functions in a layer from which on there is a warning."""
LATEST, PART, UNKNOWN = 100, 10, 20
"""The check comes after step 100, after a tenth of a run that is shorter than 1000 steps, and after
step 20 of a run of unknown length."""
ROWS, FEWEST, VALUES = 1024, 256, 2**18
"""The check looks at the last 1024 rows of a layer's inputs before it, and at fewer rows of a wide
layer: at most 2**18 numbers in all, but never fewer than 256 rows."""
EACH = 2
"""An input is judged only if it has at least twice as many different values as functions."""


class IdleCheck:
    """A check, early in a run, whether the inputs of each layer reach its functions.

    In the last few steps before the check, hooks keep rows of the layers' inputs, ``ROWS`` in all.
    Then it counts the functions that none of these rows reaches, and warns where they are many.

    Args:
        layers: the layers to check, by name; empty for no check.
        steps: the number of steps of the run, or None if it is unknown.
    """

    def __init__(self, layers: dict[str, KANLinear], steps: int | None) -> None:
        self.due = UNKNOWN if steps is None else min(LATEST, max(1, steps // PART))
        self.names = {layer: name for name, layer in layers.items()}
        self._seen: dict[KANLinear, list[Tensor]] = {}

    def watch(self, step: int, rows: int) -> AbstractContextManager[None]:
        """Return a context for the forward pass of a training step with ``rows`` rows."""
        some = min(self.due, -(-ROWS // max(rows, 1)))  # steps to look at
        if not self.names or not self.due - some < step <= self.due:
            return nullcontext()

        def see(layer: KANLinear, x: Tensor) -> None:
            share = -(-min(ROWS, max(FEWEST, VALUES // layer.in_features)) // some)
            x = x.detach().reshape(-1, layer.in_features)
            part = x[:: max(1, len(x) // share)][:share]
            self._seen.setdefault(layer, []).append(part.clone())

        return listen(self.names, before=see)

    def warn(self, step: int) -> None:
        """Warn about idle functions, if this is the step of the check."""
        if step != self.due:
            return
        seen, self._seen = self._seen, {}
        for layer, parts in seen.items():
            name, (dead, count) = self.names[layer], count_idle(layer, torch.cat(parts))
            if dead >= MANY * count > 0:
                warn_outside(
                    f"{name or 'the layer'}: {dead} of {count} functions never fire, because no "
                    f"inputs are where they live (looked at in step {step}): move the grids to the "
                    "data with model = edgewise.grids.fit_range(model, x), make the model with "
                    "KAN.for_data(widths, x, y), or let fit move them with grid_update_every="
                )


def find_movable(model: nn.Module) -> dict[str, KANLinear]:
    """Find, by name, the layers that are trained and whose grid can be moved to the data.

    Layers with linear tails needn't move: the functions at the ends of their grid reach all inputs.
    """
    return {
        name: layer
        for name, layer in model.named_modules()
        if isinstance(layer, KANLinear)
        and layer.coef.requires_grad
        and layer.basis.points(layer.grid) is not None
        and not layer.basis.linear_tails
    }


@torch.no_grad()
def count_idle(layer: KANLinear, x: Tensor) -> tuple[int, int]:
    """Count the functions of a layer that never fire on its inputs x, and those that are judged.

    Functions of inputs with few different values aren't judged, because no grid would help them:
    yes or no, for example, or the pixels of a margin.

    Shape:
        x: (rows, in_features)
    """
    z = in_evaluation(layer).normalized(x.to(layer.coef.dtype))
    if not z.isfinite().all():
        return 0, 0
    values = 1 + (z.sort(0).values.diff(dim=0) > 0).sum(0)
    dead = cover(layer, z).dead[values >= EACH * layer.basis.num_basis]
    return int(dead.sum()), dead.numel()
