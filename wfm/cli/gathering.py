"""All that is at fault on a command line at once: what is read piece by piece is told together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from wfm.errors import Fault, InputError


@dataclass
class Faults:
    """What was found so far."""

    found: list[Fault] = field(default_factory=list)

    @contextmanager
    def gather(self, options: Mapping[str, str] | None = None) -> Iterator[None]:
        """Keep what is raised inside and go on. options: name on the command line by the place that the fault names."""
        try:
            with under_options(options or {}):
                yield
        except InputError as error:
            self.found += error.faults

    def tell(self) -> None:
        """Raises InputError with everything found, if there is anything."""
        if self.found:
            raise InputError(dict.fromkeys(self.found))


@contextmanager
def under_options(options: Mapping[str, str]) -> Iterator[None]:
    """A fault raised inside names the option where the user wrote it. options: as in `Faults.gather`."""
    try:
        yield
    except InputError as error:
        raise type(error)([replace(fault, place=options.get(fault.place, fault.place)) for fault in error.faults]) from None
