"""Rosters of whole days with given shifts: the staff scheduling family of Curtois and Qu."""

from scheduling.days.evaluate import Breach, Cost, breaches, cost_of
from scheduling.days.problem import DayShift, DaysProblem, Person
from scheduling.days.reader import read_problem
from scheduling.days.rota_text import read_rotas, rota_csv, rota_grid
from scheduling.days.solve import Solution, solve

__all__ = [
    "Breach",
    "Cost",
    "DayShift",
    "DaysProblem",
    "Person",
    "Solution",
    "breaches",
    "cost_of",
    "read_problem",
    "read_rotas",
    "rota_csv",
    "rota_grid",
    "solve",
]
