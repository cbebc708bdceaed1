"""Units of all variables of the 120 Feynman equations, in m, s, kg, K and V.

Charges are kg*m^2/s^2/V: a joule per volt. Every equation is dimensionally consistent, which a test
computes from its tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum

BASE = ("m", "s", "kg", "K", "V")
Dimension = tuple[Fraction, ...]
NONE: Dimension = (Fraction(0),) * len(BASE)


# equation | variable=unit … | unit of the value
_TABLE = """\
I.6.2a | theta=1 | 1
I.6.2 | sigma=1 theta=1 | 1
I.6.2b | sigma=1 theta=1 theta1=1 | 1
I.8.14 | x1=m x2=m y1=m y2=m | m
I.9.18 | m1=kg m2=kg G=m^3/kg/s^2 x1=m x2=m y1=m y2=m z1=m z2=m | kg*m/s^2
I.10.7 | m_0=kg v=m/s c=m/s | kg
I.11.19 | x1=1 x2=1 x3=1 y1=m y2=m y3=m | m
I.12.1 | mu=1 Nn=kg*m/s^2 | kg*m/s^2
I.12.2 | q1=kg*m^2/s^2/V q2=kg*m^2/s^2/V epsilon=kg*m/s^2/V^2 r=m | kg*m/s^2
I.12.4 | q1=kg*m^2/s^2/V epsilon=kg*m/s^2/V^2 r=m | V/m
I.12.5 | q2=kg*m^2/s^2/V Ef=V/m | kg*m/s^2
I.12.11 | q=kg*m^2/s^2/V Ef=V/m B=V*s/m^2 v=m/s theta=1 | kg*m/s^2
I.13.4 | m=kg v=m/s u=m/s w=m/s | kg*m^2/s^2
I.13.12 | m1=kg m2=kg r1=m r2=m G=m^3/kg/s^2 | kg*m^2/s^2
I.14.3 | m=kg g=m/s^2 z=m | kg*m^2/s^2
I.14.4 | k_spring=kg/s^2 x=m | kg*m^2/s^2
I.15.3x | x=m u=m/s c=m/s t=s | m
I.15.3t | x=m c=m/s u=m/s t=s | s
I.15.1 | m_0=kg v=m/s c=m/s | kg*m/s
I.16.6 | c=m/s v=m/s u=m/s | m/s
I.18.4 | m1=kg m2=kg r1=m r2=m | m
I.18.12 | r=m F=kg*m/s^2 theta=1 | kg*m^2/s^2
I.18.14 | m=kg r=m v=m/s theta=1 | kg*m^2/s
I.24.6 | m=kg omega=1/s omega_0=1/s x=m | kg*m^2/s^2
I.25.13 | q=kg*m^2/s^2/V C=kg*m^2/s^2/V^2 | V
I.26.2 | n=1 theta2=1 | 1
I.27.6 | d1=m d2=m n=1 | m
I.29.4 | omega=1/s c=m/s | 1/m
I.29.16 | x1=m x2=m theta1=1 theta2=1 | m
I.30.3 | Int_0=kg/s^3 theta=1 n=1 | kg/s^3
I.30.5 | lambd=m d=m n=1 | 1
I.32.5 | q=kg*m^2/s^2/V a=m/s^2 epsilon=kg*m/s^2/V^2 c=m/s | kg*m^2/s^3
I.32.17 | epsilon=kg*m/s^2/V^2 c=m/s Ef=V/m r=m omega=1/s omega_0=1/s | kg*m^2/s^3
I.34.8 | q=kg*m^2/s^2/V v=m/s B=V*s/m^2 p=kg*m/s | 1/s
I.34.1 | c=m/s v=m/s omega_0=1/s | 1/s
I.34.14 | c=m/s v=m/s omega_0=1/s | 1/s
I.34.27 | omega=1/s h=kg*m^2/s | kg*m^2/s^2
I.37.4 | I1=kg/s^3 I2=kg/s^3 delta=1 | kg/s^3
I.38.12 | m=kg q=kg*m^2/s^2/V h=kg*m^2/s epsilon=kg*m/s^2/V^2 | m
I.39.1 | pr=kg/m/s^2 V=m^3 | kg*m^2/s^2
I.39.11 | gamma=1 pr=kg/m/s^2 V=m^3 | kg*m^2/s^2
I.39.22 | n=1 T=K V=m^3 kb=kg*m^2/s^2/K | kg/m/s^2
I.40.1 | n_0=1/m^3 m=kg x=m T=K g=m/s^2 kb=kg*m^2/s^2/K | 1/m^3
I.41.16 | omega=1/s T=K h=kg*m^2/s kb=kg*m^2/s^2/K c=m/s | kg/s^2
I.43.16 | mu_drift=m^2/s/V q=kg*m^2/s^2/V Volt=V d=m | kg*m^3/s^3/V
I.43.31 | mob=s/kg T=K kb=kg*m^2/s^2/K | m^2/s
I.43.43 | gamma=1 kb=kg*m^2/s^2/K A=m^2 v=m/s | kg*m/s^3/K
I.44.4 | n=1 kb=kg*m^2/s^2/K T=K V1=m^3 V2=m^3 | kg*m^2/s^2
I.47.23 | gamma=1 pr=kg/m/s^2 rho=kg/m^3 | m/s
I.48.2 | m=kg v=m/s c=m/s | kg*m^2/s^2
I.50.26 | x1=m omega=1/s t=s alpha=1 | m
II.2.42 | kappa=kg*m/s^3/K T1=K T2=K A=m^2 d=m | kg*m^2/s^3
II.3.24 | Pwr=kg*m^2/s^3 r=m | kg/s^3
II.4.23 | q=kg*m^2/s^2/V epsilon=kg*m/s^2/V^2 r=m | V
II.6.11 | epsilon=kg*m/s^2/V^2 p_d=kg*m^3/s^2/V theta=1 r=m | V
II.6.15a | epsilon=kg*m/s^2/V^2 p_d=kg*m^3/s^2/V r=m x=m y=m z=m | V/m
II.6.15b | epsilon=kg*m/s^2/V^2 p_d=kg*m^3/s^2/V theta=1 r=m | V/m
II.8.7 | q=kg*m^2/s^2/V epsilon=kg*m/s^2/V^2 d=m | kg*m^2/s^2
II.8.31 | epsilon=kg*m/s^2/V^2 Ef=V/m | kg/m/s^2
II.10.9 | sigma_den=kg/s^2/V epsilon=kg*m/s^2/V^2 chi=1 | V/m
II.11.3 | q=kg*m^2/s^2/V Ef=V/m m=kg omega_0=1/s omega=1/s | m
II.11.17 | n_0=1/m^3 kb=kg*m^2/s^2/K T=K theta=1 p_d=kg*m^3/s^2/V Ef=V/m | 1/m^3
II.11.20 | n_rho=1/m^3 p_d=kg*m^3/s^2/V Ef=V/m kb=kg*m^2/s^2/K T=K | kg/s^2/V
II.11.27 | n=1/m^3 alpha=m^3 epsilon=kg*m/s^2/V^2 Ef=V/m | kg/s^2/V
II.11.28 | n=1/m^3 alpha=m^3 | 1
II.13.17 | epsilon=kg*m/s^2/V^2 c=m/s I=kg*m^2/s^3/V r=m | s*V/m^2
II.13.23 | rho_c_0=kg/m/s^2/V v=m/s c=m/s | kg/m/s^2/V
II.13.34 | rho_c_0=kg/m/s^2/V v=m/s c=m/s | kg/s^3/V
II.15.4 | mom=kg*m^4/s^3/V B=V*s/m^2 theta=1 | kg*m^2/s^2
II.15.5 | p_d=kg*m^3/s^2/V Ef=V/m theta=1 | kg*m^2/s^2
II.21.32 | q=kg*m^2/s^2/V epsilon=kg*m/s^2/V^2 r=m v=m/s c=m/s | V
II.24.17 | omega=1/s c=m/s d=m | 1/m
II.27.16 | epsilon=kg*m/s^2/V^2 c=m/s Ef=V/m | kg/s^3
II.27.18 | epsilon=kg*m/s^2/V^2 Ef=V/m | kg/m/s^2
II.34.2a | q=kg*m^2/s^2/V v=m/s r=m | kg*m^2/s^3/V
II.34.2 | q=kg*m^2/s^2/V v=m/s r=m | kg*m^4/s^3/V
II.34.11 | g_=1 q=kg*m^2/s^2/V B=V*s/m^2 m=kg | 1/s
II.34.29a | q=kg*m^2/s^2/V h=kg*m^2/s m=kg | kg*m^4/s^3/V
II.34.29b | g_=1 h=kg*m^2/s Jz=kg*m^2/s mom=kg*m^4/s^3/V B=V*s/m^2 | kg*m^2/s^2
II.35.18 | n_0=1/m^3 kb=kg*m^2/s^2/K T=K mom=kg*m^4/s^3/V B=V*s/m^2 | 1/m^3
II.35.21 | n_rho=1/m^3 mom=kg*m^4/s^3/V B=V*s/m^2 kb=kg*m^2/s^2/K T=K | kg*m/s^3/V
II.36.38 | mom=kg*m^4/s^3/V H=V*s/m^2 kb=kg*m^2/s^2/K T=K alpha=1 epsilon=kg*m/s^2/V^2 c=m/s \
M=kg*m/s^3/V | 1
II.37.1 | mom=kg*m^4/s^3/V B=V*s/m^2 chi=1 | kg*m^2/s^2
II.38.3 | Y=kg/m/s^2 A=m^2 d=m x=m | kg*m/s^2
II.38.14 | Y=kg/m/s^2 sigma=1 | kg/m/s^2
III.4.32 | h=kg*m^2/s omega=1/s kb=kg*m^2/s^2/K T=K | 1
III.4.33 | h=kg*m^2/s omega=1/s kb=kg*m^2/s^2/K T=K | kg*m^2/s^2
III.7.38 | mom=kg*m^4/s^3/V B=V*s/m^2 h=kg*m^2/s | 1/s
III.8.54 | E_n=kg*m^2/s^2 t=s h=kg*m^2/s | 1
III.9.52 | p_d=kg*m^3/s^2/V Ef=V/m t=s h=kg*m^2/s omega=1/s omega_0=1/s | 1
III.10.19 | mom=kg*m^4/s^3/V Bx=V*s/m^2 By=V*s/m^2 Bz=V*s/m^2 | kg*m^2/s^2
III.12.43 | n=1 h=kg*m^2/s | kg*m^2/s
III.13.18 | E_n=kg*m^2/s^2 d=m k=1/m h=kg*m^2/s | m/s
III.14.14 | I_0=kg*m^2/s^3/V q=kg*m^2/s^2/V Volt=V kb=kg*m^2/s^2/K T=K | kg*m^2/s^3/V
III.15.12 | U=kg*m^2/s^2 k=1/m d=m | kg*m^2/s^2
III.15.14 | h=kg*m^2/s E_n=kg*m^2/s^2 d=m | kg
III.15.27 | alpha=1 n=1 d=m | 1/m
III.17.37 | beta=1 alpha=1 theta=1 | 1
III.19.51 | m=kg q=kg*m^2/s^2/V h=kg*m^2/s n=1 epsilon=kg*m/s^2/V^2 | kg*m^2/s^2
III.21.20 | rho_c_0=kg/m/s^2/V q=kg*m^2/s^2/V A_vec=V*s/m m=kg | kg/s^3/V
Rutherford scattering | Z_1=1 Z_2=1 alpha=1 hbar=kg*m^2/s c=m/s E_n=kg*m^2/s^2 theta=1 | m^2
Goldstein 3.55 | m=kg k_G=kg*m^3/s^2 L=kg*m^2/s E_n=kg*m^2/s^2 theta1=1 theta2=1 | 1/m
Goldstein 3.64 | d=m alpha=1 theta1=1 theta2=1 | m
Goldstein 3.16 | m=kg E_n=kg*m^2/s^2 U=kg*m^2/s^2 L=kg*m^2/s r=m | m/s
Goldstein 3.74 | d=m G=m^3/kg/s^2 m1=kg m2=kg | s
Goldstein 3.99 | epsilon=kg*m/s^2/V^2 L=kg*m^2/s m=kg Z_1=1 Z_2=1 q=kg*m^2/s^2/V E_n=kg*m^2/s^2 | \
1
Friedman equation | G=m^3/kg/s^2 rho=kg/m^3 alpha=1 c=m/s d=m | 1/s
Compton scattering | E_n=kg*m^2/s^2 m=kg c=m/s theta=1 | kg*m^2/s^2
Gravitational wave power | G=m^3/kg/s^2 c=m/s m1=kg m2=kg r=m | kg*m^2/s^3
Relativistic aberration | c=m/s v=m/s theta2=1 | 1
N-slit diffraction | I_0=kg/s^3 alpha=1 delta=1 n=1 | kg/s^3
Jackson 2.11 | q=kg*m^2/s^2/V y=m Volt=V d=m epsilon=kg*m/s^2/V^2 | kg*m/s^2
Jackson 3.45 | q=kg*m^2/s^2/V r=m d=m alpha=1 epsilon=kg*m/s^2/V^2 | V
Jackson 4.60 | Ef=V/m theta=1 r=m d=m alpha=1 | V
Jackson 11.38 | c=m/s v=m/s omega=1/s theta=1 | 1/s
Goldstein 8.56 | m=kg c=m/s p=kg*m/s q=kg*m^2/s^2/V A_vec=V*s/m Volt=V | kg*m^2/s^2
Goldstein 12.80 | m=kg omega=1/s p=kg*m/s y=m x=m alpha=1 | kg*m^2/s^2
Weinberg 15.2.1 | G=m^3/kg/s^2 k_f=1 r=m H_G=1/s c=m/s | kg/m^3
Weinberg 15.2.2 | G=m^3/kg/s^2 k_f=1 r=m H_G=1/s alpha=1 c=m/s | kg/m/s^2
Klein-Nishina | omega=1/s omega_0=1/s alpha=1 h=kg*m^2/s m=kg c=m/s beta=1 | m^2
"""


@dataclass(frozen=True)
class Units:
    """Of the variables of an equation, by name, and of its value."""

    variables: dict[str, str]
    output: str


def parse(unit: str) -> Dimension:
    """Exponents of the base units.

    Raises:
        ValueError: if the unit isn't a product and quotient of powers of base units.
    """
    exponents = dict.fromkeys(BASE, Fraction(0))
    for place, part in enumerate(unit.split("/")):
        for factor in part.split("*"):
            name, _, exponent = factor.partition("^")
            if name == "1":
                continue
            if name not in exponents:
                raise ValueError(f"expected units of {', '.join(BASE)}, got {name!r} in {unit!r}")
            power = Fraction(exponent or 1)
            exponents[name] += -power if place else power
    return tuple(exponents.values())


def dimension_of(tree: Expression, inputs: Sequence[Dimension]) -> Dimension:
    """The dimension of a formula of inputs of these.

    Raises:
        ValueError: if it adds what has different dimensions, or takes a function of what has one.
    """
    if isinstance(tree, Number):
        return NONE
    if isinstance(tree, Input):
        return inputs[tree.index]
    parts = [dimension_of(p, inputs) for p in tree.parts]
    if isinstance(tree, Sum):
        if len(set(parts)) > 1:
            raise ValueError(f"{tree} adds different dimensions")
        return parts[0]
    if isinstance(tree, Product):
        return tuple(sum(e, Fraction(0)) for e in zip(*parts, strict=True))
    if isinstance(tree, Power) and isinstance(tree.exponent, Number):
        exponent = Fraction(tree.exponent.value).limit_denominator(100)
        return tuple(e * exponent for e in parts[0])
    if isinstance(tree, Power | Apply) and set(parts) == {NONE}:
        return NONE
    raise ValueError(f"{tree} is a function of what has a dimension")


def _read(line: str) -> tuple[str, Units]:
    name, variables, output = line.split(" | ")
    pairs = [word.split("=") for word in variables.split()]
    return name, Units({pair[0]: pair[1] for pair in pairs}, output)


UNITS: dict[str, Units] = dict(map(_read, _TABLE.splitlines()))
"""Of each equation, by its name."""
