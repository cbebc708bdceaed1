"""Networks that satisfy boundary conditions for all values of their parameters.

    u = lift + ω N(s(x)),

where the lift takes the given values, and ω is 0 where they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from edgewise._tensors import Device, DType
from edgewise.equations.conditions import Value, call_by_name
from edgewise.equations.shape_files import build_shape, describe_shape
from edgewise.equations.shapes import Shape
from edgewise.models.containers import build, describe
from edgewise.models.io import savable
from edgewise.nn.stretch import Stretch
from edgewise.training.linearisation import Prepared


class Inputs(nn.Module):
    """The inputs of a network: coordinates mapped to [-1, 1], periodic ones as cosine and sine.

    Args:
        stretches: the map of each coordinate.
        periodic: whether each coordinate is periodic.

    Shape:
        (*, coordinates) → (*, coordinates + periodic ones)
    """

    def __init__(self, stretches: Sequence[Stretch], periodic: Sequence[bool]) -> None:
        super().__init__()
        self.stretches, self.periodic = nn.ModuleList(stretches), list(periodic)

    def forward(self, x: Any) -> Any:
        made = []
        for axis, stretch in enumerate(self.stretches):
            s = stretch(x[..., axis : axis + 1])
            if self.periodic[axis]:
                made += [torch.cos(torch.pi * s), torch.sin(torch.pi * s)]
            else:
                made.append(s)
        return torch.cat(made, -1)

    def to_config(self) -> dict[str, Any]:
        """The maps as JSON-able data."""
        maps: list[Any] = list(self.stretches)
        return {"stretches": [m.to_config() for m in maps], "periodic": self.periodic}


class Vanishing(nn.Module):
    """ω for each field: a product of powers of the distances to the ends of coordinates.

    Args:
        ends: the interval of each coordinate.
        powers: the power for each field, coordinate and end.

    Shape:
        (*, coordinates) → (*, fields)
    """

    def __init__(
        self,
        ends: Sequence[tuple[float, float]],
        powers: Sequence[Sequence[tuple[int, int]]],
    ) -> None:
        super().__init__()
        self.ends, self.powers = list(ends), [list(map(tuple, each)) for each in powers]

    def forward(self, x: Any) -> Any:
        known: dict[Any, Any] = {}
        for own in self.powers:
            key = tuple(own)
            if key not in known:
                known[key] = self._multiply(x, own)
        return torch.cat([known[tuple(own)] for own in self.powers], -1)

    def _multiply(self, x: Any, powers: Sequence[tuple[int, ...]]) -> Any:
        made: Any = x[..., :1] * 0.0 + 1.0
        for axis, ((low, high), (at_low, at_high)) in enumerate(
            zip(self.ends, powers, strict=True)
        ):
            own = x[..., axis : axis + 1]
            scale = 2 / (high - low) if at_low and at_high else 1 / (high - low)
            if at_low:
                made = made * ((own - low) * scale) ** at_low
            if at_high:
                made = made * ((high - own) * scale) ** at_high
        return made


@savable("Conditioned")
class Conditioned(Prepared):
    """A network of coordinates that takes given values on parts of the border.

    Several lifts are averaged with weights 1/ω_i, as in inverse-distance interpolation, so that
    each is attained where its ω is 0.

    Args:
        network: N.
        inputs: s.
        lifts: pairs of a lift and its ω, functions of coordinates, (*, coordinates) → (*, fields);
            without any the network is free.

    Shape:
        (*, coordinates) → (*, fields)

    Reference: V. L. Rvachev et al., *Transfinite interpolation over implicitly defined sets*,
    Comput. Aided Geom. Design 18 (2001).
    """

    def __init__(
        self,
        network: nn.Module,
        inputs: Inputs,
        lifts: Sequence[tuple[nn.Module, nn.Module]] = (),
    ) -> None:
        super().__init__()
        self.network, self.inputs = network, inputs
        self.lifts = nn.ModuleList(lift for lift, _ in lifts)
        self.vanish = nn.ModuleList(vanish for _, vanish in lifts)
        for module in (self.inputs, self.lifts, self.vanish):
            module.requires_grad_(False)

    def forward(self, x: Any) -> Any:
        return self.prepare(x)()

    def prepare(self, x: Any) -> Callable[[], Any]:
        """The outputs as a function of the network's parameters alone."""
        inputs = self.inputs(x)
        if not len(self.lifts):
            return lambda: self.network(inputs)
        lifted, whole = self._lift(x)
        return lambda: lifted + whole * self.network(inputs)

    def _lift(self, x: Any) -> tuple[Any, Any]:
        """The given values, and ω."""
        omegas = [vanish(x) for vanish in self.vanish]
        values = [lift(x) for lift in self.lifts]
        whole, lifted = omegas[0], values[0]
        for omega, value in zip(omegas[1:], values[1:], strict=True):
            # Combine two lifts: (w_1/ω_1 + w_2/ω_2) / (1/ω_1 + 1/ω_2).
            lifted = (lifted * omega + value * whole) / (whole + omega)
            whole = whole * omega
        return lifted, whole

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data.

        Raises:
            ValueError: if conditions on the border of a shape use Python functions.
        """
        return {
            "model": "Conditioned",
            "network": describe(self.network),
            "inputs": self.inputs.to_config(),
            "lifts": [
                lift.to_config() if isinstance(lift, OnBorder) else describe(lift)
                for lift in self.lifts
            ],
            "vanish": [
                v.to_config() if isinstance(v, OnBorder) else {"ends": v.ends, "powers": v.powers}
                for v in self.vanish
            ],
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> Conditioned:
        """The model that :meth:`to_config` described; its weights have to be loaded."""
        settings = config["inputs"]
        stretches = [Stretch(**each, device=device, dtype=dtype) for each in settings["stretches"]]
        lifts = [
            (OnBorder.from_config(lift), OnBorder.from_config(vanish))
            if "filling" in lift
            else (build(lift, device=device, dtype=dtype), Vanishing(**vanish))
            for lift, vanish in zip(config["lifts"], config["vanish"], strict=True)
        ]
        network = build(config["network"], device=device, dtype=dtype)
        return cls(network, Inputs(stretches, settings["periodic"]), lifts)


@dataclass(frozen=True)
class Given:
    """The value of a condition on the border of a shape."""

    value: Value

    def __call__(self, points: Mapping[str, Any]) -> Any:
        return call_by_name(self.value, points)

    def to_config(self) -> dict[str, Any]:
        if callable(self.value):
            raise ValueError(
                "save expected numbers as values on the border of a shape, got a function, which "
                "files can't hold: save the solution's model.network"
            )
        return {"value": float(self.value)}


@dataclass(frozen=True)
class Level:
    """A function that is 0 on the border of a shape and positive inside.

    Attributes:
        along: the coordinates whose part of the border is meant; None for the whole border.
    """

    shape: Shape
    along: tuple[str, ...] | None = None

    def __call__(self, points: Mapping[str, Any]) -> Any:
        if self.along is None:
            return self.shape.level(points)
        return self.shape.vanishing(self.along, points)

    def to_config(self) -> dict[str, Any]:
        along = None if self.along is None else list(self.along)
        return {"shape": describe_shape(self.shape), "along": along}


class OnBorder(nn.Module):
    """A function of coordinates by name for some of the fields, and a constant for the others.

    Args:
        names: the names of the coordinates.
        fields: whether each field has the function.
        function: a value or a level as a function of the coordinates by name.
        filling: the constant for the other fields.
    """

    def __init__(
        self,
        names: Sequence[str],
        fields: Sequence[bool],
        function: Given | Level,
        filling: float,
    ) -> None:
        super().__init__()
        self.names, self.fields = list(names), list(fields)
        self.function, self.filling = function, filling

    def forward(self, x: Any) -> Any:
        points = {n: x[..., a : a + 1] for a, n in enumerate(self.names)}
        zero = x[..., :1] * 0.0
        return torch.cat(
            [zero + (self.function(points) if own else self.filling) for own in self.fields], -1
        )

    def to_config(self) -> dict[str, Any]:
        """The function as JSON-able data."""
        return {
            "names": self.names,
            "fields": self.fields,
            "filling": self.filling,
            **self.function.to_config(),
        }

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> OnBorder:
        """The module that :meth:`to_config` described."""
        along = config.get("along")
        function = (
            Given(config["value"])
            if "value" in config
            else Level(build_shape(config["shape"]), None if along is None else tuple(along))
        )
        return cls(config["names"], config["fields"], function, config["filling"])
