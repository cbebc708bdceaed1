"""The functions that an edge may turn out to be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

TINY = 1e-9
"""How near to a singularity a protected function goes on as if it were this near."""


@dataclass(frozen=True)
class Function:
    """A univariate function f that the search tries as c · f(a x + b) + d.

    Args:
        name: what plots and files call it.
        torch: f on tensors of any shape, elementwise; finite, with finite gradients, for every
            finite argument: continue it where it isn't defined. What torch doesn't differentiate
            (`torch.special.bessel_j0` for one) is differentiated by `slope`.
        sympy: the same for a sympy expression.
        complexity: bits that its choice costs; more for what one believes less readily.
        free: what c and d make up for: "scale" if f(a u) = p f(u) + q for a > 0 (powers, log),
            "shift" if f(u + b) = p f(u) + q (exp), "both" (x), or "" for neither.
        symmetric: whether f(-u) = p f(u) + q, so that the sign of a is settled.
        period: of f, or 0.
        domain: the least and greatest argument at which f is defined.
        pole: an argument at which f isn't defined, inside of the domain, or None.
        alias: a function of the library of which this one is a shifted copy (cos of sin); it is
            skipped where that one is searched too.
        slope: f' on tensors, where torch has no gradient of f; differences, by default.
        tree: the expression of one variable that the function is
            (:func:`edgewise.symbolic.composite.make_function`), or None. `torch` then also takes
            the numbers in it, and a network refits them. Expressions are made of functions, so
            this file knows of theirs only that they have ``numbers()``.
        within: where f is defined, up to some slack, if domain and pole can't say it.

    Example:
        >>> import sympy, torch, edgewise as ew
        >>> f = ew.symbolic.Function("cosh", torch.cosh, sympy.cosh, symmetric=True)
        >>> round(float(f(torch.tensor(1.0))), 4), f.sympy(sympy.Symbol("u"))
        (1.5431, cosh(u))
    """

    name: str
    torch: Callable[..., Tensor]
    sympy: Callable[[Any], Any]
    complexity: float = 3.0
    free: str = ""
    symmetric: bool = False
    period: float = 0.0
    domain: tuple[float, float] = (-float("inf"), float("inf"))
    pole: float | None = None
    alias: str | None = None
    slope: Callable[[Tensor], Tensor] | None = None
    tree: Any = None
    within: Callable[[Tensor, float], Tensor] | None = None

    @cached_property
    def numbers(self) -> tuple[Any, ...]:
        """The numbers inside of an expression; none for all other functions."""
        return () if self.tree is None else tuple(self.tree.numbers())

    def __call__(self, u: Tensor, *numbers: Tensor) -> Tensor:
        """f(u), differentiable also where torch doesn't know how."""
        value = self.torch(u, *numbers)
        if value.requires_grad or not (u.requires_grad and torch.is_grad_enabled()):
            return value
        with_slope: Tensor = _WithSlope.apply(u, self)
        return with_slope

    def __reduce__(self) -> Any:
        """Functions of the library are pickled by name: pickle can't hold what they are made of."""
        if LIBRARY.get(self.name) is self:
            return _of_library, (self.name,)
        return object.__reduce__(self)

    def is_defined(self, u: Tensor, slack: float = 0.0) -> Tensor:
        """Where f is what its name says, and not a continuation; or nearer to there than slack."""
        if self.within is not None:
            return self.within(u, slack)
        inside = (u >= self.domain[0] - slack) & (u <= self.domain[1] + slack)
        return inside if self.pole is None else inside & ((u - self.pole).abs() > TINY)

    def value_and_slope(self, u: Tensor) -> tuple[Tensor, Tensor]:
        """f(u) and f'(u), without a graph."""
        with torch.enable_grad():
            u = u.detach().requires_grad_()
            f = self(u)
            (slope,) = torch.autograd.grad(f.sum(), u, allow_unused=True)
        return f.detach(), torch.zeros_like(u) if slope is None else slope

    def derivatives(
        self, u: Tensor, numbers: tuple[Tensor, ...] = ()
    ) -> tuple[Tensor, Tensor, list[Tensor]]:
        """f(u), f'(u), and f by each of the numbers inside, without a graph."""
        if not numbers:
            return *self.value_and_slope(u), []
        with torch.enable_grad():
            moved = [t.detach().expand_as(u).clone().requires_grad_() for t in (u, *numbers)]
            f = self(*moved)
            slopes = torch.autograd.grad(f.sum(), moved, allow_unused=True)
        slope, *by = [torch.zeros_like(u) if s is None else s for s in slopes]
        return f.detach(), slope, by


def _of_library(name: str) -> Function:
    return LIBRARY[name]


class _WithSlope(torch.autograd.Function):
    """f of a function that torch doesn't differentiate, with its slope."""

    @staticmethod
    def forward(ctx: Any, u: Tensor, function: Function) -> Tensor:
        ctx.save_for_backward(u)
        ctx.function = function
        return function.torch(u)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None]:
        (u,) = ctx.saved_tensors
        f: Function = ctx.function
        return grads[0] * (f.slope(u) if f.slope is not None else _difference(f.torch, u)), None


def _difference(f: Callable[[Tensor], Tensor], u: Tensor) -> Tensor:
    """f' by central differences of fourth order, to about 11 digits in float64."""
    h = torch.finfo(u.dtype).eps ** 0.2 * u.abs().clamp_min(1)
    return (8 * (f(u + h) - f(u - h)) - (f(u + 2 * h) - f(u - 2 * h))) / (12 * h)


class Library(Mapping[str, Function]):
    """Functions by name.

    Example:
        >>> import edgewise as ew, sympy, torch
        >>> j0 = ew.symbolic.Function("J0", torch.special.bessel_j0, lambda z: sympy.besselj(0, z))
        >>> "J0" in ew.symbolic.LIBRARY.with_functions(j0)
        True
        >>> sorted(ew.symbolic.LIBRARY.only("x", "exp", "sin"))
        ['exp', 'sin', 'x']
    """

    def __init__(self, functions: Iterable[Function]) -> None:
        self._functions = {f.name: f for f in functions}

    def __getitem__(self, name: str) -> Function:
        if name not in self._functions:
            raise KeyError(f"expected a function among {', '.join(self)}; got {name!r}")
        return self._functions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)

    @property
    def identity(self) -> Function:
        """f(x) = x, whether or not the search may choose it."""
        return IDENTITY

    def with_functions(self, *functions: Function) -> Library:
        """A library with these too; those of the same name are replaced."""
        return Library([*self._functions.values(), *functions])

    def only(self, *names: str) -> Library:
        """A library of these alone.

        Raises:
            ValueError: if one isn't there.
        """
        if unknown := [n for n in names if n not in self._functions]:
            raise ValueError(
                f"expected functions among {', '.join(self)}; got {unknown[0]!r}: add it with "
                "with_functions(Function(…))"
            )
        return Library(self._functions[n] for n in names)

    def without(self, *names: str) -> Library:
        """A library without these."""
        return Library(f for n, f in self._functions.items() if n not in names)

    @classmethod
    def of(cls, functions: Library | Iterable[str | Function]) -> Library:
        """A library of functions, or of names in :data:`LIBRARY`; a library is given back.

        Raises:
            ValueError: if a name isn't there.
            TypeError: for a text, or for what is neither a name nor a function.
        """
        if isinstance(functions, Library):
            return functions
        if isinstance(functions, str) or not isinstance(functions, Iterable):
            raise TypeError(
                'expected a Library or a list of names such as ["x", "sin"], got '
                f"{functions!r:.80}: write [{functions!r:.40}] for one function"
            )
        chosen = []
        for item in functions:
            if not isinstance(item, str | Function):
                raise TypeError(f"expected names or Functions in a library, got {item!r:.80}")
            chosen.append(LIBRARY.only(item)[item] if isinstance(item, str) else item)
        return cls(chosen)

    def distinct(self) -> list[Function]:
        """The functions that a search has to try: no shifted copies of others."""
        return [f for f in self._functions.values() if f.alias not in self._functions]


def _positive(u: Tensor) -> Tensor:
    return u.clamp_min(TINY)


def _nonzero(u: Tensor, least: float = TINY) -> Tensor:
    """u, kept away from zero on its side of it."""
    return torch.where(u < 0, u.clamp_max(-least), u.clamp_min(least))


def _largest(u: Tensor, n: int) -> float:
    """An argument whose n-th power, and the slope of it, are still numbers."""
    return float(torch.finfo(u.dtype).max ** (0.9 / (abs(n) + 1)))


def _power(n: int) -> Callable[[Tensor], Tensor]:
    if n > 0:
        return lambda u: u.clamp(-_largest(u, n), _largest(u, n)) ** n
    return lambda u: _nonzero(u, max(TINY, 1 / _largest(u, n))) ** n


_square = _power(2)


def _no_overflow(u: Tensor) -> Tensor:
    """u where exp(|u|) is a number."""
    most = min(300.0, 0.9 * math.log(torch.finfo(u.dtype).max))
    return u.clamp(-most, most)


def _sqrt(u: Tensor) -> Tensor:
    """√u, on its chord from 0 to TINY: exact at 0, and with a finite slope."""
    return torch.where(u < TINY, u.clamp_min(0) * TINY**-0.5, _positive(u).sqrt())


def _edge(u: Tensor) -> float:
    """The last argument before 1 at which slopes are taken."""
    return 1 - max(TINY, 4 * torch.finfo(u.dtype).eps)


def _arcsin(u: Tensor) -> Tensor:
    """arcsin u, on its chord in the last bit before ±1: exact there, and with a finite slope."""
    edge = _edge(u)
    inside = u.clamp(-edge, edge)
    chord = (math.pi / 2 - math.asin(edge)) / (1 - edge)
    return inside.asin() + chord * (u.clamp(-1, 1) - inside)


def _arctanh(u: Tensor) -> Tensor:
    return u.clamp(-_edge(u), _edge(u)).atanh()


def _tan(u: Tensor) -> Tensor:
    return torch.sin(u) / _nonzero(torch.cos(u))


def _sp(name: str) -> Callable[[Any], Any]:
    """A function of sympy by name; sympy is imported when it is called."""

    def call(z: Any) -> Any:
        import sympy

        return getattr(sympy, name)(z)

    return call


def _rational(numerator: int, denominator: int) -> Callable[[Any], Any]:
    def call(z: Any) -> Any:
        import sympy

        return z ** sympy.Rational(numerator, denominator)

    return call


INF = float("inf")
_EDGE = 1 - TINY

IDENTITY = Function("x", lambda u: u, lambda z: z, 1.0, "both", True)

LIBRARY = Library(
    [
        Function("0", torch.zeros_like, lambda z: 0 * z, 0.0, "both", True),
        IDENTITY,
        Function("x^2", _power(2), lambda z: z**2, 3.0, "scale", True),
        Function("x^3", _power(3), lambda z: z**3, 5.0, "scale", True),
        Function("x^4", _power(4), lambda z: z**4, 6.0, "scale", True),
        Function("x^5", _power(5), lambda z: z**5, 7.0, "scale", True),
        Function("1/x", _power(-1), lambda z: 1 / z, 4.0, "scale", True, pole=0.0),
        Function("1/x^2", _power(-2), lambda z: z**-2, 5.0, "scale", True, pole=0.0),
        Function("1/x^3", _power(-3), lambda z: z**-3, 6.0, "scale", True, pole=0.0),
        Function("1/x^4", _power(-4), lambda z: z**-4, 7.0, "scale", True, pole=0.0),
        Function("1/x^5", _power(-5), lambda z: z**-5, 8.0, "scale", True, pole=0.0),
        Function(
            "sqrt",
            _sqrt,
            _rational(1, 2),
            4.0,
            "scale",
            domain=(0.0, INF),
        ),
        Function(
            "x^1.5",
            lambda u: u.clamp(0.0, _largest(u, 2)) ** 1.5,
            _rational(3, 2),
            6.0,
            "scale",
            domain=(0.0, INF),
        ),
        Function(
            "1/sqrt",
            lambda u: _positive(u).rsqrt(),
            _rational(-1, 2),
            5.0,
            "scale",
            domain=(TINY, INF),
        ),
        Function(
            "1/x^1.5",
            lambda u: _positive(u) ** -1.5,
            _rational(-3, 2),
            7.0,
            "scale",
            domain=(TINY, INF),
        ),
        Function("exp", lambda u: _no_overflow(u).exp(), _sp("exp"), 3.0, "shift"),
        Function("log", lambda u: _positive(u).log(), _sp("log"), 3.0, "scale", domain=(TINY, INF)),
        Function("abs", torch.abs, _sp("Abs"), 4.0, "scale", True),
        Function("sign", torch.sign, _sp("sign"), 6.0, "scale", True),
        Function("sin", torch.sin, _sp("sin"), 3.0, "", True, period=2 * torch.pi),
        Function("cos", torch.cos, _sp("cos"), 3.0, "", True, 2 * torch.pi, alias="sin"),
        Function("tan", _tan, _sp("tan"), 6.0, "", True, period=torch.pi),
        Function("tanh", torch.tanh, _sp("tanh"), 5.0, "", True),
        Function("sinh", lambda u: _no_overflow(u).sinh(), _sp("sinh"), 6.0, "", True),
        Function("cosh", lambda u: _no_overflow(u).cosh(), _sp("cosh"), 6.0, "", True),
        Function(
            "arcsin",
            _arcsin,
            _sp("asin"),
            5.0,
            "",
            True,
            domain=(-1.0, 1.0),
        ),
        Function(
            "arccos",
            lambda u: math.pi / 2 - _arcsin(u),
            _sp("acos"),
            5.0,
            "",
            True,
            domain=(-1.0, 1.0),
            alias="arcsin",
        ),
        Function("arctan", torch.atan, _sp("atan"), 5.0, "", True),
        Function(
            "arctanh",
            _arctanh,
            _sp("atanh"),
            5.0,
            "",
            True,
            domain=(-_EDGE, _EDGE),
        ),
        Function("arcsinh", torch.asinh, _sp("asinh"), 7.0, "", True),
        Function(
            "gaussian", lambda u: (-_square(u)).exp(), lambda z: _sp("exp")(-(z**2)), 5.0, "", True
        ),
        Function(
            "lorentzian", lambda u: 1 / (1 + _square(u)), lambda z: 1 / (1 + z**2), 6.0, "", True
        ),
    ]
)
"""pykan's functions, and sinh, cosh, arcsinh, 1/x^1.5 and the Lorentzian 1/(1 + x²)."""
