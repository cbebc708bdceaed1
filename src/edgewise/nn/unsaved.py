"""Tensors that a module's settings say, so that no file holds them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bases.base import is_meta


class UnsavedTensors(nn.Module):
    """A module with tensors that are in no state dict and follow it from device to device.

    They are no buffers: programs that build a model on the device "meta" and load a file into it,
    such as transformers' ``from_pretrained``, leave undefined what the file doesn't hold. These
    have their values there, too, as they are kept apart and never on "meta".
    """

    def __init__(self) -> None:
        super().__init__()
        self._unsaved: dict[str, Tensor] = {}

    def keep_tensor(
        self,
        name: str,
        values: Any,
        dtype: torch.dtype,
        device: torch.device | str | None,
        shape: tuple[int, ...] = (-1,),
    ) -> None:
        """Set the attribute of that name; None for the default device."""
        self._unsaved[name] = torch.tensor(values, dtype=dtype, device="cpu").view(shape)
        self._place(name, torch.get_default_device() if device is None else device)

    def _place(self, name: str, device: torch.device | str) -> None:
        setattr(self, name, self._unsaved[name].to("cpu" if is_meta(device) else device))

    def _apply(self, fn: Any, recurse: bool = True) -> Any:
        super()._apply(fn, recurse)
        for name in self._unsaved:
            self._place(name, fn(getattr(self, name)).device)
        return self
