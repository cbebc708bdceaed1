"""Random operators of differential equations, whose sources `manufactured` makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from benchmarks.discovery.dice import Dice

Operator = Callable[[Mapping[str, Any], Mapping[str, Tensor]], list[Any]]
"""(fields, coordinates) → an expression for each equation."""
Draw = Callable[[Dice, Mapping[str, float]], tuple[Operator, str]]


def _second(field: Any, name: str) -> Any:
    return getattr(field, f"d{name}{name}")


def _first(field: Any, name: str) -> Any:
    return getattr(field, f"d{name}")


def _draw_reaction(dice: Dice) -> tuple[Callable[[Any], Any], str]:
    """A term that grows with u, so that it makes no second solution."""
    strength = round(dice.uniform(0.2, 3), 2)
    name = dice.choose(["linear", "cubic", "sine", "none"])
    if name == "linear":
        return (lambda u: strength * u), f" + {strength} u"
    if name == "cubic":
        return (lambda u: strength * u * u * u), f" + {strength} u³"
    if name == "sine":
        return (lambda u: strength * (u + torch.sin(u) / 2)), f" + {strength} (u + sin(u)/2)"
    return (lambda u: 0.0 * u), ""


def _draw_diffusion(
    dice: Dice, lengths: Mapping[str, float], least: float, most: float
) -> tuple[Callable[[Any, Mapping[str, Tensor]], Any], str]:
    """-∇·(k ∇u) with one factor for each coordinate, of which that of x may vary."""
    space = [name for name in lengths if name != "t"]
    factors = {name: round(10 ** dice.uniform(least, most), 4) for name in space}
    vary = round(dice.uniform(0.2, 0.6), 2) if dice.chance(0.3) else 0.0

    def flux(u: Any, points: Mapping[str, Tensor]) -> Any:
        made: Any = 0.0
        for name, k in factors.items():
            if name == "x" and vary:
                x = points["x"]
                curve, slope = 1 + vary * torch.sin(2 * x), 2 * vary * torch.cos(2 * x)
                made = made - k * (curve * _second(u, name) + slope * _first(u, name))
            else:
                made = made - k * _second(u, name)
        return made

    parts = [
        f"{k} ((1 + {vary} sin 2x) u_x)_x" if name == "x" and vary else f"{k} u_{name}{name}"
        for name, k in factors.items()
    ]
    return flux, " - ".join(["", *parts]).strip()


def _elliptic(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    flux, text = _draw_diffusion(dice, lengths, -0.3, 0.3)
    wind = round(dice.uniform(-2, 2), 2) if dice.chance(0.4) else 0.0
    react, reaction = _draw_reaction(dice)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        made = flux(u, points) + react(u)
        return [made + wind * u.dx if wind else made]

    return operator, text + (f" + {wind} u_x" if wind else "") + reaction


def _elliptic_system(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    flux_u, text_u = _draw_diffusion(dice, lengths, -0.3, 0.3)
    flux_v, text_v = _draw_diffusion(dice, lengths, -0.3, 0.3)
    a, b = round(dice.uniform(0.2, 2), 2), round(dice.uniform(0.2, 2), 2)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u, v = fields["u"], fields["v"]
        return [
            flux_u(u, points) + a * (u - v) + u**3,
            flux_v(v, points) + b * (v + u),
        ]

    return operator, f"{text_u} + {a} (u - v) + u³; {text_v} of v + {b} (u + v)"


def _parabolic(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    flux, text = _draw_diffusion(dice, lengths, -2, 0)
    react, reaction = _draw_reaction(dice)
    grows = dice.chance(0.4)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        change = react(u)
        return [u.dt + flux(u, points) + (-0.3 * change if grows else change)]

    return operator, f"u_t {text}" + (
        f" - 0.3 ({reaction[3:]})" if grows and reaction else reaction
    )


def _reaction_and_diffusion(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    d, e = (round(10 ** dice.uniform(-2, -0.5), 4) for _ in range(2))
    a, b = round(dice.uniform(0.2, 2), 2), round(dice.uniform(0.2, 2), 2)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u, v = fields["u"], fields["v"]
        return [
            u.dt - d * u.dxx - a * u + u**3 + v,
            v.dt - e * v.dxx - b * (u - v),
        ]

    return operator, f"u_t - {d} u_xx - {a} u + u³ + v; v_t - {e} v_xx - {b} (u - v)"


def _convection(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    nu = round(10 ** dice.uniform(-2, -0.5), 4)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        return [u.dt + u * u.dx - nu * u.dxx]

    return operator, f"u_t + u u_x - {nu} u_xx"


def _wave(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    speed, drag = round(dice.uniform(0.5, 2), 2), round(dice.uniform(0, 1), 2)
    react, reaction = _draw_reaction(dice)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        return [u.dtt - speed**2 * u.dxx + drag * u.dt + react(u)]

    return operator, f"u_tt - {speed}² u_xx + {drag} u_t{reaction}"


def _transport(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    speed = round(dice.uniform(0.3, 2), 2)
    react, reaction = _draw_reaction(dice)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        return [u.dt + speed * u.dx + react(u)]

    return operator, f"u_t + {speed} u_x{reaction}"


def _initial_values(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    stiff = round(10 ** dice.uniform(-0.5, 2), 2)
    a, b = (round(dice.uniform(0.2, 2), 2) for _ in range(2))

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u, v = fields["u"], fields["v"]
        return [u.dt + a * v + u**3, v.dt + stiff * v - b * u]

    return operator, f"u' + {a} v + u³; v' + {stiff} v - {b} u"


def _oscillator(dice: Dice, lengths: Mapping[str, float]) -> tuple[Operator, str]:
    strength, drag = round(dice.uniform(1, 30), 2), round(dice.uniform(0, 2), 2)
    sine = dice.chance(0.5)

    def operator(fields: Mapping[str, Any], points: Mapping[str, Tensor]) -> list[Any]:
        u = fields["u"]
        return [u.dtt + drag * u.dt + strength * (torch.sin(u) if sine else u)]

    return operator, f"u'' + {drag} u' + {strength} {'sin u' if sine else 'u'}"


OPERATORS: Mapping[str, Draw] = {
    "boundary values": _elliptic,
    "initial values": _initial_values,
    "oscillator": _oscillator,
    "elliptic": _elliptic,
    "elliptic system": _elliptic_system,
    "elliptic, three coordinates": _elliptic,
    "parabolic": _parabolic,
    "parabolic, three coordinates": _parabolic,
    "reaction and diffusion": _reaction_and_diffusion,
    "convection": _convection,
    "wave": _wave,
    "transport": _transport,
}
