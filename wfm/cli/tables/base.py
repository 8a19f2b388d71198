"""What every table is printed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wfm.cli.tables.layout import Column, blocks, laid_out


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[str] = (), *, tight: bool = False) -> None:
    """Print one table; the first column reads left, the others right, and notes stand below. tight: many columns share 80 characters.

    No word, figure or range is ever split; columns that find no room stand in a table of their own below, the first repeated.
    """
    console, between = Console(), 2 if tight else 3
    for n, block in enumerate(blocks(laid_out(columns, rows), console.width - 2, between)):
        console.print(Text(f"{title}, continued" if n else title, "bold"))
        console.print(_table(block, tight))
    say(notes)


def _table(columns: Sequence[Column], tight: bool) -> Table:
    shown = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    shown.collapse_padding = tight
    for i, column in enumerate(columns):
        shown.add_column(Text(column.head), justify="right" if i else "left", overflow="fold", no_wrap=True, width=column.width)
    for row in zip(*(column.cells for column in columns), strict=True):
        shown.add_row(*map(Text, row))
    return shown


def say(lines: Iterable[str]) -> None:
    """Print lines as they are, never cut or coloured."""
    for line in lines:
        Console(soft_wrap=True, highlight=False, markup=False).print(line)
