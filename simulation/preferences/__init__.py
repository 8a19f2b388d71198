"""Preferences among free agents: each file in this folder is one, found by its name."""

from importlib import import_module
from pkgutil import iter_modules

from simulation.preferences.registry import PREFERENCES, Preference

for _file in iter_modules(__path__):
    import_module(f"{__name__}.{_file.name}")

__all__ = ["PREFERENCES", "Preference"]
