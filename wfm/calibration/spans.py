"""Times in which something was the case, as spans that neither overlap nor touch."""

from __future__ import annotations

import numpy as np

from wfm.model.arrays import FloatArray, IntArray


class Spans:
    """The union of spans [start_s, end_s), (spans,) in any order; empty ones count for nothing."""

    def __init__(self, start_s: FloatArray, end_s: FloatArray):
        order = np.argsort(start_s, kind="stable")
        start, reach = start_s[order], np.maximum.accumulate(end_s[order]) if len(order) else end_s[order]
        first = np.flatnonzero(np.append(True, start[1:] > reach[:-1])) if len(order) else order
        self.start_s = start[first]
        self.end_s = reach[np.append(first[1:] - 1, len(order) - 1)] if len(order) else reach
        kept = self.end_s > self.start_s
        self.start_s, self.end_s = self.start_s[kept], self.end_s[kept]
        self._before_s = np.concatenate([[0.0], np.cumsum(self.end_s - self.start_s)])

    def until(self, at_s: FloatArray) -> FloatArray:
        """Seconds of the spans before each moment."""
        span = self._at(at_s)
        inside = np.minimum(at_s, self._end(span)) - self._start(span)
        return np.where(span < 0, 0.0, self._before_s[np.maximum(span, 0)] + inside)

    def between(self, from_s: FloatArray, to_s: FloatArray) -> FloatArray:
        """Seconds of the spans from one moment to another."""
        return self.until(to_s) - self.until(from_s)

    def holds(self, at_s: FloatArray) -> np.ndarray:
        """Whether each moment lies in a span."""
        span = self._at(at_s)
        return (span >= 0) & (at_s < self._end(span))

    def end_of(self, at_s: FloatArray) -> FloatArray:
        """When the span is over in which a moment lies; the moment itself where it lies in none."""
        return np.where(self.holds(at_s), self._end(self._at(at_s)), at_s)

    def next_from(self, at_s: FloatArray) -> FloatArray:
        """The first moment in a span, from each moment on; inf where none follows."""
        following = np.append(self.start_s, np.inf)[self._at(at_s) + 1]
        return np.where(self.holds(at_s), at_s, following)

    def last_before(self, at_s: FloatArray) -> FloatArray:
        """The end of the latest span that began before each moment, or the moment itself where that goes on; −inf where none did."""
        span = np.searchsorted(self.start_s, at_s, side="left") - 1
        return np.where(span < 0, -np.inf, np.minimum(self._end(span), at_s))

    def _at(self, at_s: FloatArray) -> IntArray:
        return np.searchsorted(self.start_s, at_s, side="right") - 1

    def _start(self, span: IntArray) -> FloatArray:
        return self.start_s[np.maximum(span, 0)] if len(self.start_s) else np.full(np.shape(span), np.inf)

    def _end(self, span: IntArray) -> FloatArray:
        return self.end_s[np.maximum(span, 0)] if len(self.end_s) else np.full(np.shape(span), -np.inf)
