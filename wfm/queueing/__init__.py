"""Queueing, numbers in, numbers out: Erlang B, C and A. Knows no noun of the project."""

from wfm.queueing.measures import Measures, evaluate
from wfm.queueing.solve import agents_needed

__all__ = ["Measures", "agents_needed", "evaluate"]
