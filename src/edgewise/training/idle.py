"""Functions that the data of a run never reach: a warning early in the run, once for each layer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.grids.coverage import cover
from edgewise.nn import KANLinear
from edgewise.nn.inspect import called_with, keep_modes
from edgewise.training.begin import OutsideWarning, level_outside

MANY = 1 / 3
"""The share of a layer's functions beyond which it is worth saying that they are idle."""
LATEST, PART, UNKNOWN = 100, 10, 20
"""There is a look after step 100, or a tenth of a shorter run; after step 20 of an unknown one."""
ROWS, FEWEST, VALUES = 1024, 256, 2**18
"""So many rows of a layer's inputs, the last ones before the look, say where its data are: fewer of
a wide layer, whose values are then no more than so many."""
EACH = 2
"""An input has as many different values for each of its functions, or there is no verdict on it."""


class IdleCheck:
    """Sees where the inputs of layers are before one early step of a run, and warns after it.

    It costs a hook on each layer in the few steps whose batches add up to ``ROWS`` rows, and one
    look at these.

    Args:
        layers: by name; none for no check.
        steps: of the whole run, None if nobody knows.
    """

    def __init__(self, layers: dict[str, KANLinear], steps: int | None) -> None:
        self.due = UNKNOWN if steps is None else min(LATEST, max(1, steps // PART))
        self.layers = layers
        self._seen: dict[str, list[Tensor]] = {}

    @contextmanager
    def watch(self, step: int, rows: int) -> Iterator[None]:
        """A context for the forward pass of a training step on so many rows."""
        some = min(self.due, -(-ROWS // max(rows, 1)))  # steps to look at
        if not self.layers or not self.due - some < step <= self.due:
            yield
            return

        def keep(name: str) -> Callable[..., None]:
            rows = min(ROWS, max(FEWEST, VALUES // self.layers[name].in_features))
            share = -(-rows // some)

            def see(layer: KANLinear, args: Any, kwargs: Any) -> None:
                x = called_with(args, kwargs).detach().reshape(-1, layer.in_features)
                part = x[:: max(1, len(x) // share)][:share]
                self._seen.setdefault(name, []).append(part.clone())

            return see

        hooks = [
            layer.register_forward_pre_hook(keep(name), with_kwargs=True)
            for name, layer in self.layers.items()
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def tell(self, step: int) -> None:
        """Warn of idle functions, if this step is the one to do so."""
        if step != self.due:
            return
        seen, self._seen = self._seen, {}
        for name, parts in seen.items():
            dead, count = count_idle(self.layers[name], torch.cat(parts))
            if dead >= MANY * count > 0:
                warnings.warn(
                    f"{name or 'the layer'}: {dead} of {count} functions never fire, because no "
                    f"inputs are where they live (looked at in step {step}): move the grids to the "
                    "data with model = edgewise.grids.fit_range(model, x), make the model with "
                    "KAN.for_data(widths, x, y), or let fit move them with grid_update_every=",
                    OutsideWarning,
                    stacklevel=level_outside(),
                )


def find_movable(model: nn.Module) -> dict[str, KANLinear]:
    """The layers by name that are trained on a grid that could be moved, and should.

    With linear tails a grid is as good as moved: the functions at its ends follow all inputs.
    """
    layers = {name: m for name, m in model.named_modules() if isinstance(m, KANLinear)}
    return {
        name: layer
        for name, layer in layers.items()
        if layer.coef.requires_grad
        and layer.basis.points(layer.grid) is not None
        and not layer.basis.linear_tails
    }


@torch.no_grad()
def count_idle(layer: KANLinear, x: Tensor) -> tuple[int, int]:
    """How many functions of a layer never fire on its inputs x, and of how many.

    Inputs with few different values don't count: yes and no, for example, or the pixels of a
    margin, which no grid would help, and those of a few rows.

    Shape:
        x: (rows, in_features)
    """
    with keep_modes(layer):
        layer.eval()
        z = layer.normalized(x.to(layer.coef.dtype))
    if not z.isfinite().all():
        return 0, 0
    values = 1 + (z.sort(0).values.diff(dim=0) > 0).sum(0)
    dead = cover(layer, z).dead[values >= EACH * layer.basis.num_basis]
    return int(dead.sum()), dead.numel()
