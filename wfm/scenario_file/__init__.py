"""The scenario file: TOML with CSVs beside it → Scenario, every fault at once with its place."""

from wfm.scenario_file.csv_files import read_edits
from wfm.scenario_file.load import Loaded, check, load
from wfm.scenario_file.phrases import parse_duration, parse_opening, parse_target
from wfm.scenario_file.reference import fields

__all__ = ["Loaded", "check", "fields", "load", "parse_duration", "parse_opening", "parse_target", "read_edits"]
