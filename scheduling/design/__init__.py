"""Which shifts to offer: the fewest different shifts that follow a requirement."""

from scheduling.design.problem import DesignProblem, ShiftType
from scheduling.design.reader import read_design
from scheduling.design.solve import Design, design

__all__ = ["Design", "DesignProblem", "ShiftType", "design", "read_design"]
