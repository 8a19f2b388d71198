"""How long callers are willing to wait: the laws, and what data says about them."""

from wfm.queueing.patience.laws import Balking, Empirical, Exponential, Fixed, Gamma, HyperExponential, Law, LogNormal, Weibull

__all__ = ["Balking", "Empirical", "Exponential", "Fixed", "Gamma", "HyperExponential", "Law", "LogNormal", "Weibull"]
