"""How long callers are willing to wait: laws of patience, each with what the queue's formulas need, to full precision.

A law is one distribution for all rows. `Balking` adds those who leave at once when they must wait.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gamma, gammainc, gammaincc, ndtr

from wfm.queueing.law import Law, positive
from wfm.queueing.special import Array

_AROUND = np.array([1 / 16, 1 / 4, 1, 2, 4, 8, 16, 32, 64])


@dataclass(frozen=True)
class Exponential:
    """Hazard 1/mean_s at all times: Erlang A."""

    mean_s: float

    def __post_init__(self) -> None:
        positive("mean_s", self.mean_s)

    @property
    def knots_s(self) -> Array:
        return self.mean_s * _AROUND

    def survival(self, t: Array) -> Array:
        return np.exp(-t / self.mean_s)

    def left(self, t: Array) -> Array:
        return -np.expm1(-t / self.mean_s)

    def left_wait(self, t: Array) -> Array:
        return np.asarray(self.mean_s * gammainc(2.0, t / self.mean_s))


@dataclass(frozen=True)
class Weibull:
    """P(R > t) = exp(−(t/scale)^shape); shape below 1 where the hazard falls with the wait."""

    scale_s: float
    shape: float

    def __post_init__(self) -> None:
        positive("scale_s", self.scale_s)
        positive("shape", self.shape)

    @property
    def mean_s(self) -> float:
        return float(self.scale_s * gamma(1 + 1 / self.shape))

    @property
    def knots_s(self) -> Array:
        return np.asarray(self.scale_s * _AROUND ** (1 / self.shape))

    def survival(self, t: Array) -> Array:
        return np.exp(-self._power(t))

    def left(self, t: Array) -> Array:
        return -np.expm1(-self._power(t))

    def left_wait(self, t: Array) -> Array:
        return np.asarray(self.mean_s * gammainc(1 + 1 / self.shape, self._power(t)))

    def _power(self, t: Array) -> Array:
        return np.asarray((t / self.scale_s) ** self.shape)


@dataclass(frozen=True)
class Gamma:
    """Gamma with mean shape·scale_s; Erlang-k for a whole shape."""

    scale_s: float
    shape: float

    def __post_init__(self) -> None:
        positive("scale_s", self.scale_s)
        positive("shape", self.shape)

    @property
    def mean_s(self) -> float:
        return self.shape * self.scale_s

    @property
    def knots_s(self) -> Array:
        return np.asarray(self.mean_s * _AROUND ** (1 / max(np.sqrt(self.shape), 1.0)))

    def survival(self, t: Array) -> Array:
        return np.asarray(gammaincc(self.shape, t / self.scale_s))

    def left(self, t: Array) -> Array:
        return np.asarray(gammainc(self.shape, t / self.scale_s))

    def left_wait(self, t: Array) -> Array:
        return np.asarray(self.mean_s * gammainc(self.shape + 1, t / self.scale_s))


@dataclass(frozen=True)
class LogNormal:
    """ln R is normal with the mean ln(median_s) and the deviation sigma."""

    median_s: float
    sigma: float

    def __post_init__(self) -> None:
        positive("median_s", self.median_s)
        positive("sigma", self.sigma)

    @classmethod
    def of_mean(cls, mean_s: float, cv: float) -> LogNormal:
        """From the mean and the coefficient of variation, both > 0."""
        positive("mean_s", mean_s)
        positive("cv", cv)
        return cls(mean_s / np.sqrt(1 + cv * cv), np.sqrt(np.log1p(cv * cv)))

    @property
    def mean_s(self) -> float:
        return float(self.median_s * np.exp(self.sigma**2 / 2))

    @property
    def knots_s(self) -> Array:
        return np.asarray(self.median_s * np.exp(self.sigma * np.array([-7.0, -4.0, -2.0, 0.0, 2.0, 4.0, 7.0])))

    def survival(self, t: Array) -> Array:
        return np.asarray(ndtr(-self._normal(t)))

    def left(self, t: Array) -> Array:
        return np.asarray(ndtr(self._normal(t)))

    def left_wait(self, t: Array) -> Array:
        return np.asarray(self.mean_s * ndtr(self._normal(t) - self.sigma))

    def _normal(self, t: Array) -> Array:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(t / self.median_s) / self.sigma)


@dataclass(frozen=True)
class HyperExponential:
    """A mixture: exponential with mean means_s[i] for the share shares[i] of the callers; shares sum to 1."""

    shares: tuple[float, ...]
    means_s: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.means_s) or not self.shares:
            raise ValueError(f"shares has {len(self.shares)} parts and means_s {len(self.means_s)}, expected the same number, at least 1")
        for share, mean in zip(self.shares, self.means_s, strict=True):
            positive("shares", share, 1.0)
            positive("means_s", mean)
        if abs(sum(self.shares) - 1) > 1e-9:
            raise ValueError(f"shares sum to {sum(self.shares):g}, expected 1")

    @property
    def mean_s(self) -> float:
        return sum(share * mean for share, mean in zip(self.shares, self.means_s, strict=True))

    @property
    def knots_s(self) -> Array:
        return np.unique(np.outer(self.means_s, _AROUND))

    def _mixed(self, part: str, t: Array) -> Array:
        parts = (share * getattr(Exponential(mean), part)(t) for share, mean in zip(self.shares, self.means_s, strict=True))
        return np.asarray(sum(parts))

    def survival(self, t: Array) -> Array:
        return self._mixed("survival", t)

    def left(self, t: Array) -> Array:
        return self._mixed("left", t)

    def left_wait(self, t: Array) -> Array:
        return self._mixed("left_wait", t)


@dataclass(frozen=True)
class Fixed:
    """Everybody waits exactly mean_s."""

    mean_s: float

    def __post_init__(self) -> None:
        positive("mean_s", self.mean_s)

    @property
    def knots_s(self) -> Array:
        return np.array([self.mean_s])

    def survival(self, t: Array) -> Array:
        return np.where(t < self.mean_s, 1.0, 0.0)

    def left(self, t: Array) -> Array:
        return np.where(t < self.mean_s, 0.0, 1.0)

    def left_wait(self, t: Array) -> Array:
        return np.where(t < self.mean_s, 0.0, self.mean_s)


@dataclass(frozen=True)
class Balking:
    """The share `at_once` of those who must wait leaves without waiting; the others have the patience `law`."""

    at_once: float
    law: Law

    def __post_init__(self) -> None:
        if not 0 <= self.at_once < 1:
            raise ValueError(f"at_once is {self.at_once}, expected at least 0 and below 1")

    @property
    def mean_s(self) -> float:
        return (1 - self.at_once) * self.law.mean_s

    @property
    def knots_s(self) -> Array:
        return self.law.knots_s

    def survival(self, t: Array) -> Array:
        return (1 - self.at_once) * self.law.survival(t)

    def left(self, t: Array) -> Array:
        return self.at_once + (1 - self.at_once) * self.law.left(t)

    def left_wait(self, t: Array) -> Array:
        return (1 - self.at_once) * self.law.left_wait(t)
