"""Speed of the simulation, and what its random numbers save: medians of CPU seconds, all in one run, rounds interleaved.

    python -m benchmarks.simulation [rounds]

Peers come with `pip install --group bench`; those that are missing are left out.
"""
