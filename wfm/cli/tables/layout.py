"""How wide the columns of a table are: lines break between words only, and never inside a figure with its unit or a range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

LONGEST_NAME = 24  # of the first column where there is little room; a longer word in it is cut into lines of this length
SHORTEST_NAME = 8  # of the first column where there is hardly any room
GLUE = "\ue000"  # stands for a blank at which no line may break
_GLUED = re.compile(r"(?<=\S) (?=[–…→])|(?<=[–…→±▶]) (?=\S)|(?<=\d) (?=[^\W\d])")


@dataclass(frozen=True)
class Column:
    """head, cells: texts, here with line breaks where they are wider than `width`."""

    head: str
    cells: tuple[str, ...]
    width: int = 0

    @property
    def widest(self) -> int:
        """Characters of the longest line."""
        return max(self.body, cell_len(self.head))

    @property
    def body(self) -> int:
        """Characters of the longest line of a cell."""
        return max((cell_len(line) for text in self.cells for line in text.split("\n")), default=0)

    @property
    def least(self) -> int:
        """Characters of the longest part that stays whole."""
        return max((cell_len(part) for text in (self.head, *self.cells) for part in text.split()), default=0)

    def at(self, width: int) -> Column:
        """The column with its lines broken to a width."""
        return Column(_wrapped(self.head, width), tuple(_wrapped(cell, width) for cell in self.cells), width)


def laid_out(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Column]:
    """The columns of a table whose rows are given."""
    every = [list(row) for row in rows]
    return [Column(_glued(head), tuple(_glued(row[i]) for row in every)) for i, head in enumerate(heads)]


def _glued(text: str) -> str:
    return _GLUED.sub(GLUE, text)


def blocks(columns: Sequence[Column], width: int, between: int) -> Iterator[list[Column]]:
    """Columns that stand side by side within a width, each block led by the first column. between: blanks from one to the next."""
    first, rest = columns[0], list(columns[1:])
    name = min(first.least, LONGEST_NAME)
    while True:
        taken, used = 0, name
        while taken < len(rest) and (not taken or used + between + rest[taken].least <= width):
            used += between + rest[taken].least
            taken += 1
        yield _fitted([first, *rest[:taken]], width - between * taken)
        rest = rest[taken:]
        if not rest:
            return


def _fitted(columns: list[Column], width: int) -> list[Column]:
    """Each as wide as it likes; where that is too much, first the heads are broken, then the cells, most where there is most to spare."""
    widths, least = [column.widest for column in columns], [column.least for column in columns]
    if sum(least) > width:
        least[0] = min(least[0], LONGEST_NAME, max(width - sum(least[1:]), SHORTEST_NAME))
    cells = [max(column.body, need) for column, need in zip(columns, least, strict=True)]
    for floor in (cells, least):
        _narrow(widths, floor, width)
    return [column.at(size) for column, size in zip(columns, widths, strict=True)]


def _narrow(widths: list[int], floor: list[int], width: int) -> None:
    """Take from the widths until they fit or stand at their floor."""
    while sum(widths) > width:
        spare = [have - need for have, need in zip(widths, floor, strict=True)]
        most = spare.index(max(spare))
        if spare[most] <= 0:
            return
        widths[most] -= 1


def _wrapped(text: str, width: int) -> str:
    return "\n".join(line for whole in text.split("\n") for line in _lines(whole, width)).replace(GLUE, " ")


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for part in text.split(" "):
        if lines[-1] and cell_len(lines[-1]) + 1 + cell_len(part) > width:
            lines.append("")
        lines[-1] += f" {part}" if lines[-1] else part
    return [piece for line in lines for piece in (chop_cells(line, width) if cell_len(line) > width else [line])]
