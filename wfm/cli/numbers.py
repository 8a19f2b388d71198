"""Numbers on the command line, refused in plain words."""

from __future__ import annotations

import math
from typing import Any

import click


class Number(click.FloatRange):
    """A finite number between limits."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            found = super().convert(value, param, ctx)
        except click.BadParameter:
            return self.fail(f"found {value}; expected {limits('a number', self)}", param, ctx)
        if not math.isfinite(found):
            self.fail(f"found {value}; expected {limits('a finite number', self)}", param, ctx)
        return found


class Whole(click.IntRange):
    """A whole number between limits."""

    name = "whole number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            return self.fail(f"found {value}; expected {limits('a whole number', self)}", param, ctx)


def limits(noun: str, kind: click.FloatRange | click.IntRange) -> str:
    """What is taken, in words."""
    if kind.max is None:
        return noun if kind.min is None else f"{noun} {'above' if kind.min_open else 'of at least'} {kind.min:g}"
    if kind.min_open:
        return f"{noun} above {kind.min:g} and at most {kind.max:,g}"
    return f"{noun} from {kind.min:g} to {kind.max:,g}"
