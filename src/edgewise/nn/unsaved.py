"""Tensors that follow from a module's settings and aren't saved."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from edgewise._tensors import Device, is_meta
from edgewise.nn.scripting import refuse_script


class UnsavedTensors(nn.Module):
    """A module with tensors that move with it between devices and are in no state dict.

    Buffers with ``persistent=False`` would lose their values: programs such as transformers'
    ``from_pretrained`` build a model on the device "meta" and then load a file, and tensors that
    aren't in the file stay undefined. The tensors of this class are never on "meta".
    """

    __prepare_scriptable__ = refuse_script

    def __init__(self) -> None:
        super().__init__()
        self._unsaved: dict[str, Tensor] = {}

    def keep_tensor(self, name: str, values: Any, dtype: torch.dtype, device: Device) -> None:
        """Set the attribute of this name to a tensor; device None is the default device."""
        self._unsaved[name] = torch.tensor(values, dtype=dtype, device="cpu").flatten()
        self._place(name, torch.get_default_device() if device is None else device)

    def _place(self, name: str, device: torch.device | str) -> None:
        setattr(self, name, self._unsaved[name].to("cpu" if is_meta(device) else device))

    def _apply(self, fn: Any, recurse: bool = True) -> Any:
        super()._apply(fn, recurse)
        for name in self._unsaved:
            self._place(name, fn(getattr(self, name)).device)
        return self
