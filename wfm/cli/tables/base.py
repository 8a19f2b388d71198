"""What every table is printed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, tight: bool = False) -> None:
    """Print one table; the first column reads left, the others right. tight: many columns share 80 characters."""
    shown = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    shown.collapse_padding = tight
    for i, name in enumerate(columns):
        shown.add_column(name, justify="right" if i else "left", overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console().print(shown)


def say(lines: Iterable[str]) -> None:
    """Print lines as they are, never cut or coloured."""
    for line in lines:
        Console(soft_wrap=True, highlight=False, markup=False).print(line)
