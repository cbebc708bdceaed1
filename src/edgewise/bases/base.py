"""What a basis is: a frozen description of univariate functions φ_1 … φ_num_basis."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, cast

import numpy as np
import torch
from torch import Tensor

from edgewise._checks import check_choice, take_number
from edgewise._tensors import Device, DType, tensors_on_cpu
from edgewise.bases.differentiate import differentiate
from edgewise.bases.points import Grid as Grid
from edgewise.bases.points import resample_points
from edgewise.bases.taylor import TensorTaylor

_REGISTRY: dict[str, type[Basis]] = {}
_TAILS = "+tails"
"""What a name ends in where engines are told of linear tails: the same in ``csrc/call.h``."""


@dataclasses.dataclass(frozen=True)
class Basis(ABC):
    """A family of univariate functions, evaluated on every input feature.

    A basis holds hyper-parameters only. Its tensors (centres, knots, widths: the *grid*) are made
    by :meth:`init_grid`, owned by the layer and handed back to every call. Subclasses are final
    frozen dataclasses; defining one registers it under its ``name``, and from then on layers,
    training, saving and the command line know it.

    Args:
        linear_tails: whether functions go on as straight lines beyond the domain.

    Example:
        >>> import torch, edgewise as ew
        >>> basis: ew.Basis = ew.Gaussian(5)
        >>> basis.evaluate(torch.rand(10, 3), basis.init_grid(in_features=3)).shape
        torch.Size([10, 3, 5])
        >>> ew.Basis.from_config(basis.to_config()) == basis
        True
    """

    name: ClassVar[str]
    grid_names: ClassVar[tuple[str, ...]] = ()
    """Names of the grid tensors, in the order of ``grid``."""
    size_name: ClassVar[str | None] = None
    """The setting that says how many functions there are: cells, centres, degree or harmonics."""
    is_local: ClassVar[bool] = False
    """Whether a function is zero, or next to it, away from its own place: then rows there say
    nothing about its coefficient."""
    affine: ClassVar[bool] = False
    """Whether φ(scale · z + shift) is again a sum of these functions, as with polynomials."""
    default_norm: ClassVar[str | None] = None
    """The normalisation that a layer uses unless told otherwise. Functions that grow without bound
    outside of their domain, such as polynomials, need one that keeps inputs inside: "tanh"."""

    named: ClassVar[Mapping[str, Any]] = {}
    """The settings of the basis that a name stands for, as in ``ew.KAN(widths, basis="fourier")``,
    beside linear tails. They are few functions: a network is the wider for it at the same size."""

    linear_tails: bool = dataclasses.field(default=False, kw_only=True, repr=False)
    """Whether functions go on as lines beyond the domain, with the slope that they have at its end:
    φ(z) = φ(c) + φ'(c) (z - c), where c is the point of the domain nearest to z."""

    def __init_subclass__(cls, abstract: bool = False) -> None:
        """Register a basis; ``abstract=True`` is for what several bases have in common."""
        super().__init_subclass__()
        if abstract:
            return
        if "name" not in cls.__dict__:
            raise TypeError(
                f"expected {cls.__name__} to state a name of its own (name: ClassVar[str] = …), "
                "got none: engines and files know a basis by its name"
            )
        if cls.evaluate is Basis.evaluate and cls.functions is Basis.functions:
            raise TypeError(f"expected {cls.__name__} to define evaluate(z, grid), got no formula")
        if cls.grid_names and cls.grid_shapes is Basis.grid_shapes:
            raise TypeError(f"expected {cls.__name__} to define grid_shapes(in_features)")
        known = _REGISTRY.get(cls.name, cls)
        same = (known.__module__, known.__qualname__) == (cls.__module__, cls.__qualname__)
        if not same:  # defining one again, as notebooks do, is fine
            raise TypeError(f"expected a new name for {cls.__name__}, got {cls.name!r}, taken")
        _REGISTRY[cls.name] = cls

    def __post_init__(self) -> None:
        # Limits often come out of data: a number is a number, whatever it is wrapped in.
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, (Tensor, np.generic, np.ndarray)):
                value = take_number(type(self).__name__, field.name, value)
                object.__setattr__(self, field.name, value)
            if field.type == "bool" and value not in (False, True):
                raise ValueError(
                    f"{type(self).__name__} expected {field.name} to be True or False, got "
                    f"{value!r}"
                )
            if isinstance(value, int) and abs(value) >= 2**63:
                raise ValueError(
                    f"{type(self).__name__} expected {field.name} within 64 bits, got {value}"
                )

    @property
    @abstractmethod
    def num_basis(self) -> int:
        """Number of functions per input feature."""

    @property
    def trainable_grid(self) -> tuple[bool, ...]:
        """For each grid tensor, whether a layer registers it as a parameter.

        Unless overridden, where the basis has a setting of its name, such as ``train_width``.
        """
        settings = dataclasses.asdict(self)
        return tuple(settings.get(f"train_{name}", False) for name in self.grid_names)

    def init_grid(self, in_features: int, *, device: Device = None, dtype: DType = None) -> Grid:
        """Make the grid tensors of a new layer; a basis that doesn't override this has none."""
        return ()

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each grid tensor, the shapes that :meth:`evaluate` accepts."""
        return ()

    def domain(self, grid: Grid) -> tuple[float, float]:
        """The interval on which the functions are meant to be used; unless overridden, [-1, 1]."""
        return -1.0, 1.0

    @cached_property
    def middle_and_unit(self) -> tuple[float, float]:
        """Where standard normal inputs belong: the domain's middle, and a quarter of its length.

        Then two deviations on either side, 95 % of them, are within the domain.
        """
        small = self if self.size_name is None else self.resized(4)  # files may declare any size
        with tensors_on_cpu():  # under torch.device("meta") no number could be read
            lo, hi = small.domain(small.init_grid(1, dtype=torch.float64, device="cpu"))
        return (lo + hi) / 2, (hi - lo) / 4

    def resized(self, size: int) -> Basis:
        """A basis of the same kind with another number of functions, as :attr:`size_name` counts.

        Raises:
            ValueError: if the basis has no size, or not this one.
        """
        if self.size_name is None:
            raise ValueError(f"expected a basis that states its size_name, got {self}")
        changed: dict[str, Any] = {self.size_name: size}
        return dataclasses.replace(self, **changed)

    def points(self, grid: Grid) -> Tensor | None:
        """The points that span the grid: boundaries of cells, or centres; None without a grid.

        Shape:
            (n,) or (in, n), increasing
        """
        return None

    def placed(self, points: Tensor, grid: Grid) -> tuple[Basis, Grid]:
        """The basis, with settings to match, and the grid that puts its functions on ``points``.

        Everything else is kept from ``grid``, which may be of another size: widths keep their
        ratio to the distance of the points.

        Shape:
            points: (n,) for all inputs, or (in, n); n as :meth:`points` of this basis has
        """
        raise ValueError(f"expected a basis with a grid that can be moved, got {self}")

    def extended(self, grid: Grid, left: int, right: int) -> tuple[Basis, Grid]:
        """Add functions at both ends: function g becomes function g + left of the result."""
        raise ValueError(f"expected a basis with a grid that can be extended, got {self}")

    def refined(self, grid: Grid, size: int) -> tuple[Basis, Grid]:
        """The basis with more functions on the same domain, nested where that can be.

        Default: for a basis with points, these resampled to their new number; else a new grid.
        """
        larger, points = self.resized(size), self.points(grid)
        if points is None:
            like = grid[0] if grid else torch.empty(0)
            return larger, larger.init_grid(1, device=like.device, dtype=like.dtype)
        wanted = larger.points(larger.init_grid(1, device="cpu"))
        return larger.placed(resample_points(points, 0 if wanted is None else len(wanted)), grid)

    def breaks(self, grid: Grid) -> Tensor:
        """Boundaries between which all functions are smooth, from where the first begins to live to
        where the last ends. A numerical integration goes from one boundary to the next.

        Shape:
            (n,) or (in, n), not decreasing
        """
        lo, hi = self.domain(grid)
        return torch.linspace(lo, hi, self.num_basis + 1, dtype=torch.float64, device="cpu")

    def breakpoints(self, grid: Grid) -> Tensor:
        """Where a formula changes: between these points all functions are analytic. Unless
        overridden, none; a formula that compares z with something has some. Certificates ask for
        them (``edgewise.certify``), with the grid of one input.

        Shape:
            (n,) or (in, n), in any order
        """
        return torch.empty(0, dtype=torch.float64)

    def is_smooth(self, grid: Grid) -> bool:
        """Whether all functions have a continuous slope; unless overridden, if there is no
        breakpoint."""
        return not self.breakpoints(grid).numel()

    def ends(self, grid: Grid) -> tuple[Tensor | float, Tensor | float]:
        """Where the domain begins and ends, of all inputs or of each.

        Shape:
            numbers, () or (in,)
        """
        points = self.points(grid)
        return self.domain(grid) if points is None else (points[..., 0], points[..., -1])

    def evaluate(self, z: Tensor, grid: Grid) -> Tensor:
        """Evaluate every function at every input, φ_g(z_i); beyond the domain as its tails say.

        A basis of your own overrides this, or :meth:`functions` if it is to have linear tails.

        Shape:
            ``z``: (*, in_features) → (*, in_features, num_basis)
        """
        if not self.linear_tails:
            return self.functions(z, grid)
        nearest = self._nearest(z, grid)
        values, slopes = self.functions_and_slopes(nearest, grid)
        return torch.addcmul(values, slopes, (z - nearest)[..., None])

    def derivative(self, z: Tensor, grid: Grid) -> Tensor:
        """Evaluate every slope, φ'_g(z_i); by forward-mode differentiation unless overridden.

        Shape:
            ``z``: (*, in_features) → (*, in_features, num_basis)
        """
        return self.slopes(self._nearest(z, grid) if self.linear_tails else z, grid)

    def derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        """φ_g(z_i) and its derivatives up to an order; beyond the domain those of its tails.

        Autograd differentiates them once more, by z.

        Shape:
            ``z``: ``(*, in_features)`` → ``(order + 1, *, in_features, num_basis)``

        Example:
            >>> import torch, edgewise as ew
            >>> basis = ew.Chebyshev(2)
            >>> basis.derivatives(torch.tensor([0.5]), basis.init_grid(1), 2)[:, 0, 2]  # 2z² - 1
            tensor([-0.5000,  2.0000,  4.0000])
        """

        most = max(order, 1) if self.linear_tails else order

        def curves(t: Tensor) -> Tensor:
            if any(tensor.requires_grad for tensor in grid):  # which autograd has to see
                return self.curve_derivatives(t, grid, most)
            return differentiate(lambda s, n: self.curve_derivatives(s, grid, n), t, most)

        if not self.linear_tails:
            return curves(z)
        nearest = self._nearest(z, grid)
        inner = curves(nearest)
        away = (z - nearest)[..., None]
        beyond = away != 0
        ends = [inner[0] + inner[1] * away, inner[1]]
        rest = (inner[k].masked_fill(beyond, 0) for k in range(2, order + 1))
        return torch.stack([*ends[: order + 1], *rest])

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        """What :meth:`derivatives` are without tails; from the formula itself unless overridden."""
        series: Any = self.functions(cast(Any, TensorTaylor.begin(z, order)), grid)
        return TensorTaylor.read(series).derivatives(order)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        """The formula of φ_g, without tails; see :meth:`evaluate`, whose shapes it has."""
        if type(self).evaluate is Basis.evaluate or self.linear_tails:
            raise ValueError(
                f"expected a basis with linear tails to define functions(z, grid), got {self}"
            )
        return self.evaluate(z, grid)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        """The formula of φ'_g, without tails; see :meth:`derivative`, whose shapes it has."""
        return torch.func.jvp(lambda t: self.functions(t, grid), (z,), (torch.ones_like(z),))[1]

    def functions_and_slopes(self, z: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
        """:meth:`functions` and :meth:`slopes`, for what both compute once."""
        return self.functions(z, grid), self.slopes(z, grid)

    def _nearest(self, z: Tensor, grid: Grid) -> Tensor:
        """The point of the domain that is nearest to each input."""
        lo, hi = self.ends(grid)
        return z.clamp(lo, hi)  # type: ignore[arg-type]  # both are numbers, or both tensors

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        """For each grid tensor, ∂φ_g(z_i)/∂(the entry that φ_g(z_i) reads), or None if fixed.

        Shape:
            ``z``: (*, in_features) → each (*, in_features, num_basis)
        """
        return (None,) * len(self.grid_names)

    @property
    def engine_name(self) -> str:
        """What operators and kernels call it: its name, and whether it has linear tails."""
        return self.name + _TAILS * self.linear_tails

    def to_config(self) -> dict[str, Any]:
        """A JSON-able description, read back by :meth:`from_config`."""
        settings = {"name": self.name, **dataclasses.asdict(self)}
        if not self.linear_tails:  # as files of before linear tails have it
            del settings["linear_tails"]
        return settings

    @staticmethod
    def from_config(config: dict[str, Any]) -> Basis:
        """The basis that ``to_config`` described.

        Raises:
            ValueError: if the name is not registered or a field is unknown.
        """
        fields = dict(config)
        cls = find(fields.pop("name", None))
        known = {f.name for f in dataclasses.fields(cls)}
        if unknown := sorted(set(fields) - known):
            raise ValueError(
                f"{cls.__name__} has no setting {', '.join(unknown)}: choose from "
                f"{', '.join(sorted(known)) or 'none'}"
            )
        return cls(**fields)

    @classmethod
    def from_shapes(cls, num_basis: int, grid_shapes: tuple[tuple[int, ...], ...]) -> Basis:
        """A basis of this kind whose :meth:`evaluate` answers for tensors of these shapes.

        This is how the registered operator, which gets a name and tensors, finds the formulas.
        Settings that ``evaluate`` doesn't read, such as ``lo`` and ``hi``, have their defaults.
        Unless overridden, :attr:`size_name` counts one or two functions for each step, beside a
        few that are always there.
        """
        one, two = cls().resized(1).num_basis, cls().resized(2).num_basis
        return cls().resized(1 + (num_basis - one) // (two - one))


def find_engine_basis(name: str, num_basis: int, grid_shapes: tuple[tuple[int, ...], ...]) -> Basis:
    """The basis of that :attr:`Basis.engine_name` whose tensors have these sizes.

    Raises:
        ValueError: if there is none.
    """
    plain, linear_tails = split_engine_name(name)
    basis = find(plain).from_shapes(num_basis, grid_shapes)
    return dataclasses.replace(basis, linear_tails=linear_tails)


def split_engine_name(name: str) -> tuple[str, bool]:
    """The name of the basis in an :attr:`Basis.engine_name`, and whether it has linear tails."""
    plain = name.removesuffix(_TAILS)
    return plain, plain != name


def registry() -> dict[str, type[Basis]]:
    """Every basis that is defined, by name.

    Example:
        >>> import edgewise as ew
        >>> {"bspline", "chebyshev", "gaussian"} <= ew.bases.registry().keys()
        True
        >>> ew.bases.registry()["fourier"](num=3).num_basis
        6
    """
    return dict(_REGISTRY)


def find(name: Any) -> type[Basis]:
    """The basis class of that name.

    Raises:
        ValueError: if there is none; the message lists what there is.

    Example:
        >>> import edgewise as ew
        >>> ew.bases.find("chebyshev")(degree=3)
        Chebyshev(degree=3)
    """
    check_choice("find", "a basis", name, sorted(_REGISTRY))
    return _REGISTRY[name]
