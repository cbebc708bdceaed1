"""The 120 equations of the AI-Feynman list, as data.

Formulas, variables and ranges are those of the Feynman Symbolic Regression Database: 100 equations
of the Feynman lectures and 20 bonus equations of other textbooks, every variable uniform in its
range. So are the names of the first 100, which drop trailing zeros: I.6.2a is equation I.6.20a of
the lectures. The bonus equations, test_1 to test_20 there, are named after their sources here.
Constant factors are written out where that is shorter; no value differs.

pykan's copy of the list has other ranges, mostly [0, 1] or [-1, 1], and three broken entries:
I.16.6, Goldstein 12.80 and Jackson 2.11. All three are right here, and every name is unique.

Source: S.-M. Udrescu, M. Tegmark, "AI Feynman: A physics-inspired method for symbolic regression",
Science Advances 6, 2020, arXiv:1905.11481.
"""

from __future__ import annotations

import ast
import difflib
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import torch
from torch import Tensor

from edgewise.datasets.functions import FunctionDataset, create_dataset

__all__ = ["EQUATIONS", "Equation", "get", "names"]

# name | formula | variables, where a range ends a group of variables that share it
_TABLE = """\
I.6.2a | exp(-theta**2/2)/sqrt(2*pi) | theta 1:3
I.6.2 | exp(-(theta/sigma)**2/2)/(sqrt(2*pi)*sigma) | sigma theta 1:3
I.6.2b | exp(-((theta-theta1)/sigma)**2/2)/(sqrt(2*pi)*sigma) | sigma theta theta1 1:3
I.8.14 | sqrt((x2-x1)**2+(y2-y1)**2) | x1 x2 y1 y2 1:5
I.9.18 | G*m1*m2/((x2-x1)**2+(y2-y1)**2+(z2-z1)**2) | m1 m2 G 1:2 x1 3:4 x2 1:2 y1 3:4 y2 1:2 \
z1 3:4 z2 1:2
I.10.7 | m_0/sqrt(1-v**2/c**2) | m_0 1:5 v 1:2 c 3:10
I.11.19 | x1*y1+x2*y2+x3*y3 | x1 x2 x3 y1 y2 y3 1:5
I.12.1 | mu*Nn | mu Nn 1:5
I.12.2 | q1*q2/(4*pi*epsilon*r**2) | q1 q2 epsilon r 1:5
I.12.4 | q1/(4*pi*epsilon*r**2) | q1 epsilon r 1:5
I.12.5 | q2*Ef | q2 Ef 1:5
I.12.11 | q*(Ef+B*v*sin(theta)) | q Ef B v theta 1:5
I.13.4 | m*(v**2+u**2+w**2)/2 | m v u w 1:5
I.13.12 | G*m1*m2*(1/r2-1/r1) | m1 m2 r1 r2 G 1:5
I.14.3 | m*g*z | m g z 1:5
I.14.4 | k_spring*x**2/2 | k_spring x 1:5
I.15.3x | (x-u*t)/sqrt(1-u**2/c**2) | x 5:10 u 1:2 c 3:20 t 1:2
I.15.3t | (t-u*x/c**2)/sqrt(1-u**2/c**2) | x 1:5 c 3:10 u 1:2 t 1:5
I.15.1 | m_0*v/sqrt(1-v**2/c**2) | m_0 1:5 v 1:2 c 3:10
I.16.6 | (u+v)/(1+u*v/c**2) | c v u 1:5
I.18.4 | (m1*r1+m2*r2)/(m1+m2) | m1 m2 r1 r2 1:5
I.18.12 | r*F*sin(theta) | r F 1:5 theta 0:5
I.18.14 | m*r*v*sin(theta) | m r v theta 1:5
I.24.6 | m*(omega**2+omega_0**2)*x**2/4 | m omega omega_0 x 1:3
I.25.13 | q/C | q C 1:5
I.26.2 | asin(n*sin(theta2)) | n 0:1 theta2 1:5
I.27.6 | 1/(1/d1+n/d2) | d1 d2 n 1:5
I.29.4 | omega/c | omega c 1:10
I.29.16 | sqrt(x1**2+x2**2-2*x1*x2*cos(theta1-theta2)) | x1 x2 theta1 theta2 1:5
I.30.3 | Int_0*sin(n*theta/2)**2/sin(theta/2)**2 | Int_0 theta n 1:5
I.30.5 | asin(lambd/(n*d)) | lambd 1:2 d 2:5 n 1:5
I.32.5 | q**2*a**2/(6*pi*epsilon*c**3) | q a epsilon c 1:5
I.32.17 | 4*pi/3*epsilon*c*Ef**2*r**2*omega**4/(omega**2-omega_0**2)**2 | epsilon c Ef r omega 1:2 \
omega_0 3:5
I.34.8 | q*v*B/p | q v B p 1:5
I.34.1 | omega_0/(1-v/c) | c 3:10 v 1:2 omega_0 1:5
I.34.14 | (1+v/c)/sqrt(1-v**2/c**2)*omega_0 | c 3:10 v 1:2 omega_0 1:5
I.34.27 | h*omega/(2*pi) | omega h 1:5
I.37.4 | I1+I2+2*sqrt(I1*I2)*cos(delta) | I1 I2 delta 1:5
I.38.12 | epsilon*h**2/(pi*m*q**2) | m q h epsilon 1:5
I.39.1 | 3*pr*V/2 | pr V 1:5
I.39.11 | pr*V/(gamma-1) | gamma 2:5 pr V 1:5
I.39.22 | n*kb*T/V | n T V kb 1:5
I.40.1 | n_0*exp(-m*g*x/(kb*T)) | n_0 m x T g kb 1:5
I.41.16 | h*omega**3/(2*pi**3*c**2*(exp(h*omega/(2*pi*kb*T))-1)) | omega T h kb c 1:5
I.43.16 | mu_drift*q*Volt/d | mu_drift q Volt d 1:5
I.43.31 | mob*kb*T | mob T kb 1:5
I.43.43 | kb*v/((gamma-1)*A) | gamma 2:5 kb A v 1:5
I.44.4 | n*kb*T*log(V2/V1) | n kb T V1 V2 1:5
I.47.23 | sqrt(gamma*pr/rho) | gamma pr rho 1:5
I.48.2 | m*c**2/sqrt(1-v**2/c**2) | m 1:5 v 1:2 c 3:10
I.50.26 | x1*(cos(omega*t)+alpha*cos(omega*t)**2) | x1 omega t alpha 1:3
II.2.42 | kappa*(T2-T1)*A/d | kappa T1 T2 A d 1:5
II.3.24 | Pwr/(4*pi*r**2) | Pwr r 1:5
II.4.23 | q/(4*pi*epsilon*r) | q epsilon r 1:5
II.6.11 | p_d*cos(theta)/(4*pi*epsilon*r**2) | epsilon p_d theta r 1:3
II.6.15a | 3*p_d*z*sqrt(x**2+y**2)/(4*pi*epsilon*r**5) | epsilon p_d r x y z 1:3
II.6.15b | 3*p_d*cos(theta)*sin(theta)/(4*pi*epsilon*r**3) | epsilon p_d theta r 1:3
II.8.7 | 3*q**2/(20*pi*epsilon*d) | q epsilon d 1:5
II.8.31 | epsilon*Ef**2/2 | epsilon Ef 1:5
II.10.9 | sigma_den/(epsilon*(1+chi)) | sigma_den epsilon chi 1:5
II.11.3 | q*Ef/(m*(omega_0**2-omega**2)) | q Ef m 1:3 omega_0 3:5 omega 1:2
II.11.17 | n_0*(1+p_d*Ef*cos(theta)/(kb*T)) | n_0 kb T theta p_d Ef 1:3
II.11.20 | n_rho*p_d**2*Ef/(3*kb*T) | n_rho p_d Ef kb T 1:5
II.11.27 | n*alpha/(1-n*alpha/3)*epsilon*Ef | n alpha 0:1 epsilon Ef 1:2
II.11.28 | 1+n*alpha/(1-n*alpha/3) | n alpha 0:1
II.13.17 | I/(2*pi*epsilon*c**2*r) | epsilon c I r 1:5
II.13.23 | rho_c_0/sqrt(1-v**2/c**2) | rho_c_0 1:5 v 1:2 c 3:10
II.13.34 | rho_c_0*v/sqrt(1-v**2/c**2) | rho_c_0 1:5 v 1:2 c 3:10
II.15.4 | -mom*B*cos(theta) | mom B theta 1:5
II.15.5 | -p_d*Ef*cos(theta) | p_d Ef theta 1:5
II.21.32 | q/(4*pi*epsilon*r*(1-v/c)) | q epsilon r 1:5 v 1:2 c 3:10
II.24.17 | sqrt(omega**2/c**2-pi**2/d**2) | omega 4:6 c 1:2 d 2:4
II.27.16 | epsilon*c*Ef**2 | epsilon c Ef 1:5
II.27.18 | epsilon*Ef**2 | epsilon Ef 1:5
II.34.2a | q*v/(2*pi*r) | q v r 1:5
II.34.2 | q*v*r/2 | q v r 1:5
II.34.11 | g_*q*B/(2*m) | g_ q B m 1:5
II.34.29a | q*h/(4*pi*m) | q h m 1:5
II.34.29b | 2*pi*g_*mom*B*Jz/h | g_ h Jz mom B 1:5
II.35.18 | n_0/(exp(mom*B/(kb*T))+exp(-mom*B/(kb*T))) | n_0 kb T mom B 1:3
II.35.21 | n_rho*mom*tanh(mom*B/(kb*T)) | n_rho mom B kb T 1:5
II.36.38 | mom*H/(kb*T)+mom*alpha*M/(epsilon*c**2*kb*T) | mom H kb T alpha epsilon c M 1:3
II.37.1 | mom*(1+chi)*B | mom B chi 1:5
II.38.3 | Y*A*x/d | Y A d x 1:5
II.38.14 | Y/(2*(1+sigma)) | Y sigma 1:5
III.4.32 | 1/(exp(h*omega/(2*pi*kb*T))-1) | h omega kb T 1:5
III.4.33 | h*omega/(2*pi*(exp(h*omega/(2*pi*kb*T))-1)) | h omega kb T 1:5
III.7.38 | 4*pi*mom*B/h | mom B h 1:5
III.8.54 | sin(2*pi*E_n*t/h)**2 | E_n t 1:2 h 1:4
III.9.52 | 2*pi*p_d*Ef*t/h*sin((omega-omega_0)*t/2)**2/((omega-omega_0)*t/2)**2 | p_d Ef t h 1:3 \
omega omega_0 1:5
III.10.19 | mom*sqrt(Bx**2+By**2+Bz**2) | mom Bx By Bz 1:5
III.12.43 | n*h/(2*pi) | n h 1:5
III.13.18 | 4*pi*E_n*d**2*k/h | E_n d k h 1:5
III.14.14 | I_0*(exp(q*Volt/(kb*T))-1) | I_0 1:5 q Volt kb T 1:2
III.15.12 | 2*U*(1-cos(k*d)) | U k d 1:5
III.15.14 | h**2/(8*pi**2*E_n*d**2) | h E_n d 1:5
III.15.27 | 2*pi*alpha/(n*d) | alpha n d 1:5
III.17.37 | beta*(1+alpha*cos(theta)) | beta alpha theta 1:5
III.19.51 | -m*q**4/(8*epsilon**2*h**2*n**2) | m q h n epsilon 1:5
III.21.20 | -rho_c_0*q*A_vec/m | rho_c_0 q A_vec m 1:5
Rutherford scattering | (Z_1*Z_2*alpha*hbar*c/(4*E_n*sin(theta/2)**2))**2 | Z_1 Z_2 alpha hbar c \
1:2 E_n theta 1:3
Goldstein 3.55 | m*k_G/L**2*(1+sqrt(1+2*E_n*L**2/(m*k_G**2))*cos(theta1-theta2)) | m k_G L E_n 1:3 \
theta1 theta2 0:6
Goldstein 3.64 | d*(1-alpha**2)/(1+alpha*cos(theta1-theta2)) | d 1:3 alpha 2:4 theta1 theta2 4:5
Goldstein 3.16 | sqrt(2/m*(E_n-U-L**2/(2*m*r**2))) | m 1:3 E_n 8:12 U L r 1:3
Goldstein 3.74 | 2*pi*d**(3/2)/sqrt(G*(m1+m2)) | d G m1 m2 1:3
Goldstein 3.99 | sqrt(1+2*epsilon**2*E_n*L**2/(m*(Z_1*Z_2*q**2)**2)) | epsilon L m Z_1 Z_2 q E_n 1:3
Friedman equation | sqrt(8*pi*G*rho/3-alpha*c**2/d**2) | G rho 1:3 alpha c 1:2 d 1:3
Compton scattering | E_n/(1+E_n/(m*c**2)*(1-cos(theta))) | E_n m c theta 1:3
Gravitational wave power | -32/5*G**4/c**5*(m1*m2)**2*(m1+m2)/r**5 | G c 1:2 m1 m2 1:5 r 1:2
Relativistic aberration | acos((cos(theta2)-v/c)/(1-v/c*cos(theta2))) | c 4:6 v theta2 1:3
N-slit diffraction | I_0*(sin(alpha/2)*sin(n*delta/2)/(alpha/2*sin(delta/2)))**2 | I_0 alpha delta \
1:3 n 1:2
Jackson 2.11 | q/(4*pi*epsilon*y**2)*(4*pi*epsilon*Volt*d-q*d*y**3/(y**2-d**2)**2) | q 1:5 y 1:3 \
Volt 1:5 d 4:6 epsilon 1:5
Jackson 3.45 | q/(4*pi*epsilon*sqrt(r**2+d**2-2*r*d*cos(alpha))) | q 1:5 r 1:3 d 4:6 alpha 0:6 \
epsilon 1:5
Jackson 4.60 | Ef*cos(theta)*(-r+d**3/r**2*(alpha-1)/(alpha+2)) | Ef 1:5 theta 0:6 r d alpha 1:5
Jackson 11.38 | sqrt(1-v**2/c**2)*omega/(1+v/c*cos(theta)) | c 5:20 v 1:3 omega 1:5 theta 0:6
Goldstein 8.56 | sqrt((p-q*A_vec)**2*c**2+m**2*c**4)+q*Volt | m c p q A_vec Volt 1:5
Goldstein 12.80 | (p**2+m**2*omega**2*x**2*(1+alpha*x/y))/(2*m) | m omega p y x alpha 1:5
Weinberg 15.2.1 | 3/(8*pi*G)*(c**2*k_f/r**2+H_G**2) | G k_f r H_G c 1:5
Weinberg 15.2.2 | -1/(8*pi*G)*(c**4*k_f/r**2+H_G**2*c**2*(1-2*alpha)) | G k_f r H_G alpha c 1:5
Klein-Nishina | alpha**2*h**2/(4*pi*m**2*c**2)*(omega_0/omega)**2*(omega_0/omega+omega/omega_0\
-sin(beta)**2) | omega omega_0 alpha h m c 1:5 beta 0:6
"""

_OPERATORS: dict[type[ast.AST], Callable[..., Tensor]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


@dataclass(frozen=True)
class Equation:
    """One equation of the list.

    Attributes:
        name: such as "I.12.1".
        formula: a text in Python's arithmetic.
        variables, ranges: for each variable its name, and its least and greatest value.

    Example:
        >>> get("I.12.1")
        Equation(name='I.12.1', formula='mu*Nn', variables=('mu', 'Nn'), \
ranges=((1.0, 5.0), (1.0, 5.0)))
        >>> get("I.12.1").dataset(num_train=100)
        FunctionDataset(train=100, test=1000, in_features=2, out_features=1, \
dtype=torch.float32, device='cpu')
    """

    name: str
    formula: str
    variables: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...]

    def sympy(self) -> Any:
        """The formula as a sympy expression of plain symbols that are named like the variables.

        Raises:
            ImportError: sympy is not installed.
        """
        try:
            sympy = import_module("sympy")
        except ImportError as error:
            raise ImportError(
                "expressions need sympy, which is not installed: pip install edgewise[symbolic]"
            ) from error
        # The symbols take precedence over sympy's own I, beta and gamma.
        return sympy.parse_expr(self.formula, {name: sympy.Symbol(name) for name in self.variables})

    def function(self, x: Tensor) -> Tensor:
        """Evaluate the formula in float64; column i of `x` is variable i.

        Shape:
            - x: ``(*, len(variables))``
            - output: ``(*, 1)``

        Raises:
            ValueError: `x` has another number of columns.
        """
        if x.dim() == 0 or x.shape[-1] != len(self.variables):
            raise ValueError(
                f"{self.name} expected inputs with last dimension {len(self.variables)} "
                f"({', '.join(self.variables)}), got shape {tuple(x.shape)}"
            )
        columns = x.double().split(1, dim=-1)
        values = dict(zip(self.variables, columns, strict=True))
        return _evaluate(ast.parse(self.formula, mode="eval").body, values)

    def dataset(
        self,
        num_train: int = 1000,
        num_test: int = 1000,
        seed: int = 0,
        noise: float = 0.0,
        dtype: torch.dtype = torch.float32,
    ) -> FunctionDataset:
        """Sample the equation in its ranges, by :func:`edgewise.datasets.create_dataset`."""
        return create_dataset(
            self.function,
            len(self.variables),
            num_train=num_train,
            num_test=num_test,
            ranges=self.ranges,
            noise=noise,
            seed=seed,
            dtype=dtype,
        )


def _evaluate(node: ast.expr, values: Mapping[str, Tensor]) -> Tensor:
    """Value of a parsed formula: by its syntax tree, so that nothing but arithmetic can run."""
    match node:
        case ast.Constant(value=int(value)):
            return torch.tensor(value, dtype=torch.float64)
        case ast.Name(id=name):
            return values[name] if name in values else torch.tensor(math.pi, dtype=torch.float64)
        case ast.UnaryOp(op=op, operand=operand):
            return _OPERATORS[type(op)](_evaluate(operand, values))
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_evaluate(left, values), _evaluate(right, values))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return getattr(torch, name)(_evaluate(argument, values))
    raise ValueError(f"unexpected {ast.unparse(node)!r} in a formula")


def _equation(line: str) -> Equation:
    """The equation of one line of the table."""
    name, formula, inputs = line.split(" | ")
    variables: list[str] = []
    ranges: list[tuple[float, float]] = []
    for word in inputs.split():
        if ":" in word:
            low, high = map(float, word.split(":"))
            ranges += [(low, high)] * (len(variables) - len(ranges))
        else:
            variables.append(word)
    return Equation(name, formula, tuple(variables), tuple(ranges))


EQUATIONS: tuple[Equation, ...] = tuple(map(_equation, _TABLE.splitlines()))
_BY_NAME = {equation.name: equation for equation in EQUATIONS}


def names() -> tuple[str, ...]:
    """The names of all equations, in the order of the database.

    Example:
        >>> import edgewise as ew
        >>> names = ew.datasets.feynman.names()
        >>> len(names), names[:3]
        (120, ('I.6.2a', 'I.6.2', 'I.6.2b'))
    """
    return tuple(_BY_NAME)


def get(name: str) -> Equation:
    """The equation of that name.

    Raises:
        ValueError: there is none.

    Example:
        >>> import torch, edgewise as ew
        >>> force = ew.datasets.feynman.get("I.12.1")
        >>> force.function(torch.tensor([[2.0, 3.0]]))  # mu*Nn
        tensor([[6.]], dtype=torch.float64)
    """
    if name not in _BY_NAME:
        close = difflib.get_close_matches(name, _BY_NAME, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "feynman.names() lists all"
        raise ValueError(f"unknown equation {name!r}: {hint}")
    return _BY_NAME[name]
