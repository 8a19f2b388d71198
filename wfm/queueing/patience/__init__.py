"""How long callers are willing to wait: the laws, and what data says about them."""

from wfm.queueing.empirical import Empirical
from wfm.queueing.law import Law, quantile
from wfm.queueing.laws import Balking, Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull
from wfm.queueing.patience.estimate import Estimate
from wfm.queueing.patience.exponential import patience_from_intervals, patience_from_waits, patience_with_prior
from wfm.queueing.patience.fit import FittedPatience, fit_patience
from wfm.queueing.patience.survival import Hazard, SurvivalCurve, hazard_in_bins, kaplan_meier
from wfm.queueing.patience.waits import Waits, waits

__all__ = [
    "Balking",
    "Empirical",
    "Estimate",
    "Exponential",
    "FittedPatience",
    "Fixed",
    "Gamma",
    "Hazard",
    "HyperExponential",
    "Law",
    "LogNormal",
    "SurvivalCurve",
    "Waits",
    "Weibull",
    "fit_patience",
    "hazard_in_bins",
    "kaplan_meier",
    "patience_from_intervals",
    "patience_from_waits",
    "patience_with_prior",
    "quantile",
    "waits",
]
