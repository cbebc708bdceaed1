"""What torch.jit.script is told, which can't read this package's modules."""

from __future__ import annotations

from typing import Any, NoReturn


def refuse_script(module: Any) -> NoReturn:
    """Raise TypeError: as ``__prepare_scriptable__`` of a module, before torch reads its code."""
    raise TypeError(
        "torch.jit.script, which torch no longer develops, expected modules in TorchScript, got "
        f"{type(module).__name__}: use torch.export.export(model, (x,)), torch.compile(model) or "
        "torch.jit.trace(model.eval(), x)"
    )
