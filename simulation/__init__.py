"""Simulation: contacts meet this concrete roster. The only home of simpy."""

from simulation.run import simulate

__all__ = ["simulate"]
