"""`Library`: a collection of functions by name; `LIBRARY`: the functions of the package."""

from __future__ import annotations

import copyreg
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from edgewise.formula import continued
from edgewise.formula.continued import TINY
from edgewise.formula.function import ABOVE_ZERO, INF, Function, Spelling


class Library(Mapping[str, Function]):
    """Functions by name.

    Args:
        functions: each a :class:`Function`; the last of a name counts.

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
        """The identity f(x) = x, even if it isn't in the library."""
        return IDENTITY

    def with_functions(self, *functions: Function) -> Library:
        """A library with further functions; they replace those of the same name."""
        return Library([*self._functions.values(), *functions])

    def only(self, *names: str) -> Library:
        """A library of these functions alone.

        Raises:
            ValueError: if a name isn't in this library.
        """
        if unknown := [n for n in names if n not in self._functions]:
            raise ValueError(
                f"expected functions among {', '.join(self)}; got {unknown[0]!r}: add it with "
                "with_functions(Function(…))"
            )
        return Library(self._functions[n] for n in names)

    def without(self, *names: str) -> Library:
        """A library without these functions."""
        return Library(f for n, f in self._functions.items() if n not in names)

    @classmethod
    def of(cls, functions: Library | Iterable[str | Function]) -> Library:
        """A library from functions and names in :data:`LIBRARY`; a library is returned unchanged.

        Raises:
            ValueError: if a name isn't in :data:`LIBRARY`.
            TypeError: for a string, or for items that are neither names nor functions.
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
        """The functions without shifted copies of others, which a search needn't try."""
        return [f for f in self._functions.values() if f.alias not in self._functions]


def _sp(name: str) -> Callable[[Any], Any]:
    """A function of sympy by name, which imports sympy when it is called."""

    def call(z: Any) -> Any:
        import sympy

        return getattr(sympy, name)(z)

    return call


def _named(
    name: str,
    call: Callable[[Tensor], Tensor],
    complexity: float,
    derivative: Callable[[Any, Any, Any], Any],
    *,
    text: str = "",
    sympy: str = "",
    value: Callable[[Any, Any], Any] | None = None,
    spelling: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Function:
    """A function called `name` in numpy and torch, and `text` in other languages.

    Args:
        sympy: its name in sympy, if that isn't `text`.
        spelling: its names in languages with other ones.
    """
    text = text or name
    names = {"text": text, "python": f"np.{name}", "c": text, "excel": text.upper()}
    return Function(
        name,
        call,
        _sp(sympy or text),
        complexity,
        value=value or (lambda xp, u: getattr(xp, name)(u)),
        derivative=derivative,
        spelling=Spelling(**{**names, **(spelling or {})}),
        **settings,
    )


def _power(
    name: str,
    exponent: tuple[int, int],
    complexity: float,
    call: Callable[[Tensor], Tensor] | None = None,
    price: int | None = None,
    pykan: tuple[str, ...] | None = None,
) -> Function:
    """xᵖ for a rational exponent p."""
    top, bottom = exponent
    p = top / bottom if bottom > 1 else top

    def to_sympy(z: Any) -> Any:
        import sympy

        return z ** sympy.Rational(top, bottom)

    return Function(
        name,
        continued.raised(top) if call is None else call,
        to_sympy,
        complexity,
        "scale",
        domain=(-INF if bottom == 1 else 0.0 if top > 0 else TINY, INF),
        pole=0.0 if bottom == 1 and top < 0 else None,
        value=lambda xp, u: u**p,
        derivative=lambda xp, u, f: p * u ** (p - 1),
        parity=0 if bottom > 1 else 1 if top % 2 == 0 else -1,
        power=exponent,
        price=price,
        spelling=Spelling(pykan=(name,) if pykan is None else pykan),
    )


IDENTITY = Function(
    "x",
    lambda u: u,
    lambda z: z,
    1.0,
    "both",
    value=lambda xp, u: u,
    derivative=lambda xp, u, f: xp.ones_like(u),
    parity=-1,
    power=(1, 1),
    price=None,
    spelling=Spelling(pykan=("x",)),
)
NOTHING = Function(
    "0",
    torch.zeros_like,
    lambda z: 0 * z,
    0.0,
    "both",
    value=lambda xp, u: xp.zeros_like(u),
    derivative=lambda xp, u, f: xp.zeros_like(u),
    parity=1,
    definition="0",
    price=None,
    spelling=Spelling(pykan=("0",)),
)
POWERS = (
    _power("x^2", (2, 1), 3.0, price=1),
    _power("x^3", (3, 1), 5.0, price=2),
    _power("x^4", (4, 1), 6.0, price=3),
    _power("x^5", (5, 1), 7.0),
    _power("1/x", (-1, 1), 4.0, price=2),
    _power("1/x^2", (-2, 1), 5.0),
    _power("1/x^3", (-3, 1), 6.0),
    _power("1/x^4", (-4, 1), 7.0),
    _power("1/x^5", (-5, 1), 8.0),
    _power("sqrt", (1, 2), 4.0, continued.sqrt, 2, ("sqrt", "x^0.5")),
    _power("x^1.5", (3, 2), 6.0, lambda u: u.clamp(0.0, continued.largest(u, 2)) ** 1.5),
    _power(
        "1/sqrt",
        (-1, 2),
        5.0,
        lambda u: continued.positive(u).rsqrt(),
        pykan=("1/sqrt(x)", "1/x^0.5"),
    ),
    _power("1/x^1.5", (-3, 2), 7.0, lambda u: continued.positive(u) ** -1.5, pykan=()),
)
TURN, HALF_TURN, QUARTER_TURN = 2 * math.pi, math.pi, math.pi / 2
OTHERS = (
    _named("exp", lambda u: continued.no_overflow(u).exp(), 3.0, lambda xp, u, f: f, free="shift",
           range=(ABOVE_ZERO, INF), inverse="log", known={0: 1},
           spelling={"latex": "e^{{u}}", "pykan": ("exp",)}),
    _named("log", lambda u: continued.positive(u).log(), 3.0, lambda xp, u, f: 1 / u, free="scale",
           domain=(TINY, INF), inverse="exp", known={1: 0},
           spelling={"latex": r"\log", "excel": "LN", "pykan": ("log",), "aliases": ("ln",)}),
    _named("abs", torch.abs, 4.0, lambda xp, u, f: xp.sign(u), free="scale", parity=1,
           range=(0.0, INF), known={0: 0}, price=4, sympy="Abs",
           spelling={"latex": r"\left|{u}\right|", "c": "fabs", "pykan": ("abs",),
                     "aliases": ("Abs",)}),
    _named("sign", torch.sign, 6.0, lambda xp, u, f: xp.zeros_like(u), free="scale", parity=-1,
           # sign(NaN) is NaN.
           value=lambda xp, u: xp.where(xp.isnan(u), u, xp.sign(u)),
           range=(-1.0, 1.0), known={0: 0}, price=5,
           spelling={"c": "({u} > 0.0 ? 1.0 : {u} < 0.0 ? -1.0 : {u})", "pykan": ("sgn",),
                     "aliases": ("sgn",)}),
    _named("sin", torch.sin, 3.0, lambda xp, u, f: xp.cos(u), period=TURN, parity=-1,
           range=(-1.0, 1.0), inverse="arcsin", known={0: 0},
           spelling={"latex": r"\sin", "pykan": ("sin",)}),
    _named("cos", torch.cos, 3.0, lambda xp, u, f: -xp.sin(u), period=TURN, parity=1, alias="sin",
           range=(-1.0, 1.0), inverse="arccos", known={0: 1},
           spelling={"latex": r"\cos", "pykan": ("cos",)}),
    _named("tan", continued.tan, 6.0, lambda xp, u, f: 1 + f * f, period=HALF_TURN, parity=-1,
           inverse="arctan", known={0: 0}, price=4, spelling={"latex": r"\tan", "pykan": ("tan",)}),
    _named("tanh", torch.tanh, 5.0, lambda xp, u, f: 1 - f * f, parity=-1, range=(-1.0, 1.0),
           inverse="arctanh", known={0: 0}, price=3,
           spelling={"latex": r"\tanh", "pykan": ("tanh",)}),
    _named("sinh", lambda u: continued.no_overflow(u).sinh(), 6.0, lambda xp, u, f: xp.cosh(u),
           parity=-1, inverse="arcsinh", known={0: 0}, price=4, spelling={"latex": r"\sinh"}),
    _named("cosh", lambda u: continued.no_overflow(u).cosh(), 6.0, lambda xp, u, f: xp.sinh(u),
           parity=1, range=(1.0, INF), known={0: 1}, price=4, spelling={"latex": r"\cosh"}),
    _named("arcsin", continued.arcsin, 5.0, lambda xp, u, f: 1 / xp.sqrt(1 - u * u), parity=-1,
           domain=(-1.0, 1.0), range=(-QUARTER_TURN, QUARTER_TURN), inverse="sin", known={0: 0},
           price=4, text="asin", spelling={"latex": r"\arcsin", "pykan": ("arcsin",)}),
    _named("arccos", lambda u: QUARTER_TURN - continued.arcsin(u), 5.0,
           lambda xp, u, f: -1 / xp.sqrt(1 - u * u), symmetric=True, domain=(-1.0, 1.0),
           range=(0.0, HALF_TURN), alias="arcsin", inverse="cos", price=4, text="acos",
           spelling={"latex": r"\arccos", "pykan": ("arccos",)}),
    _named("arctan", torch.atan, 5.0, lambda xp, u, f: 1 / (1 + u * u), parity=-1,
           range=(-QUARTER_TURN, QUARTER_TURN), inverse="tan", known={0: 0}, price=3, text="atan",
           spelling={"latex": r"\arctan", "pykan": ("arctan",)}),
    _named("arctanh", continued.arctanh, 5.0, lambda xp, u, f: 1 / (1 - u * u), parity=-1,
           domain=(-1 + TINY, 1 - TINY), inverse="tanh", known={0: 0}, price=4, text="atanh",
           spelling={"pykan": ("arctanh",)}),
    _named("arcsinh", torch.asinh, 7.0, lambda xp, u, f: 1 / xp.sqrt(1 + u * u), parity=-1,
           inverse="sinh", known={0: 0}, price=4, text="asinh"),
    Function("gaussian", lambda u: (-continued.raised(2)(u)).exp(),
             lambda z: _sp("exp")(-(z**2)), 5.0, value=lambda xp, u: xp.exp(-u * u),
             derivative=lambda xp, u, f: -2 * u * f, parity=1, range=(ABOVE_ZERO, 1.0),
             known={0: 1}, definition="exp(-u**2)", price=None,
             spelling=Spelling(pykan=("gaussian",))),
    Function("lorentzian", lambda u: 1 / (1 + continued.raised(2)(u)), lambda z: 1 / (1 + z**2),
             6.0, value=lambda xp, u: 1 / (1 + u * u), derivative=lambda xp, u, f: -2 * u * f * f,
             parity=1, range=(ABOVE_ZERO, 1.0), known={0: 1}, definition="1/(u**2 + 1)",
             price=None),
    Function("sech", lambda u: 1 / continued.no_overflow(u).cosh(), lambda z: 1 / _sp("cosh")(z),
             6.0, value=lambda xp, u: 1 / xp.cosh(u), derivative=lambda xp, u, f: -f * xp.tanh(u),
             parity=1, range=(ABOVE_ZERO, 1.0), known={0: 1}, definition="1/cosh(u)", price=None),
)  # fmt: skip

LIBRARY = Library([NOTHING, IDENTITY, *POWERS, *OTHERS])
"""pykan's functions, and sinh, cosh, sech, arcsinh, 1/x^1.5 and the Lorentzian 1/(1 + x²)."""


def _of_library(name: str) -> Function:
    return LIBRARY[name]


def _pickle(function: Function) -> Any:
    """Pickle functions of the library by name, because their lambdas can't be pickled."""
    if LIBRARY.get(function.name) is function:
        return _of_library, (function.name,)
    return object.__reduce__(function)


copyreg.pickle(Function, _pickle)
