"""FasterKANvolver: a convolutional feature extractor before faster-kan's layers."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from edgewise._checks import check_settings, read_count, read_list
from edgewise._tensors import Device, DType
from edgewise.functional import check_dtype_of_part, check_floating
from edgewise.models.adopt import adopt, replace_keys
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.models.presets import FasterKAN
from edgewise.models.widths import check_widths

FEATURES = 256
"""What the extractor hands to the layers: the means of so many channels over the image."""
LAYERS = "faster_kan_layers."
"""How that program's checkpoints begin the names of its KAN layers."""
LEAST_SIDE = 16
"""Pixels: three halvings and a convolution of 3 without padding before the last leave one."""


class FasterKANvolver(nn.Module):
    """faster-kan's convolutional model: 256 features of an image, then FasterKAN layers.

    The extractor is ordinary: a convolution, two residual blocks with squeeze-and-excitation, a
    depthwise separable convolution, self-attention over positions with a trained weight that is 0
    at first, and the mean over the image. The layers are ``kan``, a :func:`FasterKAN` that every
    reading tool takes; in this program they never train centres and never read
    ``inv_denominator``, as tanh(z - c) doesn't.

    Args:
        layers_hidden: widths behind the 256 features, the number of classes last.
        grid_min, grid_max, num_grids: the centres; that program's ``grid_max`` is 0.2.
        view: shape of an image, (channels, height, width), to which rows are unfolded; that
            program's leading -1 may stand before it.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Shape:
        (N, channels, height, width), or (N, channels · height · width) → (N, layers_hidden[-1])

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.
        TypeError: if inputs are no floating-point tensor.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.presets.FasterKANvolver([16, 10])
        >>> model(torch.rand(2, 784)).shape
        torch.Size([2, 10])

    Reference: Delis, github.com/AthanasiosDelis/faster-kan.
    """

    def __init__(
        self,
        layers_hidden: Sequence[int],
        grid_min: float = -1.2,
        grid_max: float = 0.2,
        num_grids: int = 8,
        *,
        view: Sequence[int] = (1, 28, 28),
        device: Device = None,
        dtype: DType = None,
        **common: Any,
    ) -> None:
        super().__init__()
        widths = check_widths(
            "FasterKANvolver",
            [FEATURES, *read_list("FasterKANvolver", "layers_hidden", layers_hidden)],
        )
        check_settings("FasterKANvolver", device, dtype)
        view = tuple(read_list("FasterKANvolver", "view", view))[-3:]
        if len(view) != 3:
            raise ValueError(
                f"FasterKANvolver expected view as (channels, height, width), got {view}"
            )
        named = zip(("channels", "height", "width"), view, (1, LEAST_SIDE, LEAST_SIDE), strict=True)
        view = tuple(read_count("FasterKANvolver", *each) for each in named)
        self.view = view
        kind: Any = {"device": device, "dtype": dtype}
        with torch.device(device or torch.get_default_device()):
            self.feature_extractor = FeatureExtractor(view[0]).to(dtype=dtype)
        common |= kind | {"inv_denominator": 1.0}
        self.kan = FasterKAN(widths, grid_min, grid_max, num_grids, **common)

    def forward(self, x: Tensor) -> Tensor:
        size = self.view[0] * self.view[1] * self.view[2]
        check_floating("FasterKANvolver", x)
        if x.shape[1:] not in (self.view, (size,)):
            raise ValueError(
                f"FasterKANvolver expected images {self.view} or rows of {size}, got shape "
                f"{tuple(x.shape)}"
            )
        check_dtype_of_part(x, self.kan.stack()[0].coef, "FasterKANvolver")
        y: Tensor = self.kan(self.feature_extractor(x.reshape(x.shape[0], *self.view)))
        return y

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *args: Any) -> None:
        replace_keys(state_dict, prefix, self._read_foreign)
        super()._load_from_state_dict(state_dict, prefix, *args)

    def _read_foreign(self, state: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Our keys and weights for a state dict of faster-kan's program; None if it is ours.

        Raises:
            ValueError: if it doesn't fit this architecture; nothing is changed then.
        """
        theirs = {k: v for k, v in state.items() if k.startswith(LAYERS)}
        if not theirs:
            return None
        rest = {k: v for k, v in state.items() if k not in theirs}
        kan = copy.deepcopy(self.kan)
        layers = {f"layers.{k[len(LAYERS) :]}": v for k, v in theirs.items()}
        adopt(kan.stack(), kan.post_norms(), layers, "faster-kan")
        whole = rest | {f"kan.{k}": v for k, v in kan.state_dict().items()}
        ours, got = ({k: tuple(v.shape) for k, v in s.items()} for s in (self.state_dict(), whole))
        if wrong := sorted(k for k in {*ours, *got} if ours.get(k) != got.get(k)):
            first = wrong[0]
            raise ValueError(
                f"expected a state dict of faster-kan's FasterKANvolver, got {first} of the shape "
                f"{got.get(first)} where this model has {ours.get(first)}: build it with the "
                "checkpoint's widths and view"
            )
        return whole

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data, without those of the layers."""
        return {"view": list(self.view)}

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        kan: KAN,
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> FasterKANvolver:
        """The model that :meth:`to_config` described, with weights still to be loaded."""
        made = cls([1], **config, device="meta", dtype=dtype)
        made.feature_extractor.to_empty(device=device or "cpu")
        made.kan = check_kan("FasterKANvolver", kan)
        return made


class FeatureExtractor(nn.Module):
    """What stands before the layers: (N, colours, height, width) → (N, 256)."""

    def __init__(self, colors: int = 3) -> None:
        super().__init__()
        self.initial_layers = nn.Sequential(
            nn.Conv2d(colors, 32, 3, padding=1),
            nn.ReLU(),
            nn.BatchNorm2d(32),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            _Residual(32, 64),
            _Excitation(64),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            _Separable(64, 128),
            nn.ReLU(),
            _Residual(128, 256),
            _Excitation(256),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            _Attention(256),
        )

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.initial_layers(x)
        return y.mean((2, 3))


class _Residual(nn.Module):
    """relu(B(C(relu(B(C(x))))) + D(x)), all convolutions followed by a batch norm."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)
        )

    def forward(self, x: Tensor) -> Tensor:
        inner = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(inner)) + self.downsample(x))


class _Excitation(nn.Module):
    """Every channel times a weight between 0 and 1 that follows from the means of all."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.fc = nn.Sequential(
            nn.Linear(channels, channels // 16, bias=False),
            nn.ReLU(),
            nn.Linear(channels // 16, channels, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class _Separable(nn.Module):
    """A convolution of each channel, without padding, then one over channels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, 3, groups=inputs)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.pointwise(self.depthwise(x))
        return y


class _Attention(nn.Module):
    """x + γ · attention over positions, whose logits aren't scaled."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.query_conv = nn.Conv2d(channels, channels // 8, 1)
        self.key_conv = nn.Conv2d(channels, channels // 8, 1)
        self.value_conv = nn.Conv2d(channels, channels, 1)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (f(x).flatten(2) for f in (self.query_conv, self.key_conv, self.value_conv))
        weights = (q.mT @ k).softmax(-1)  # (N, positions that ask, positions that answer)
        return self.gamma * (v @ weights.mT).view_as(x) + x
