"""From a log of calls to a centre that can be simulated, and how well that simulation meets the log."""

from wfm.calibration.calibrate import Calibrated, calibrate, fit, with_turn_round
from wfm.calibration.exam import MEASURES, Row, compare, misfit

__all__ = ["MEASURES", "Calibrated", "Row", "calibrate", "compare", "fit", "misfit", "with_turn_round"]
