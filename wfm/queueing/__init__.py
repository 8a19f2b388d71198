"""Queueing, numbers in, numbers out: Erlang B, C and A, and what lies beyond. Knows no noun of the project.

Two more live in modules of their own, as they load an optimiser: patience from data in `wfm.queueing.patience`, capacity for work that may
wait in `wfm.queueing.due_work`.
"""

from wfm.queueing.blend import Blended, evaluate_blend, reserve_needed
from wfm.queueing.chat import ChatMeasures, agents_needed_chat, evaluate_chat
from wfm.queueing.day import day_figures
from wfm.queueing.empirical import Empirical
from wfm.queueing.general_patience import agents_needed_patience, evaluate_patience
from wfm.queueing.law import Law
from wfm.queueing.laws import Balking, Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull
from wfm.queueing.measures import Measures, evaluate
from wfm.queueing.most_calls import most_calls
from wfm.queueing.random_day import day_chance_met
from wfm.queueing.random_load import agents_needed_random, calls_at_risk, chance_met, evaluate_random
from wfm.queueing.redials import Redialled, agents_needed_redials, evaluate_redials
from wfm.queueing.solve import agents_needed
from wfm.queueing.time_varying import OfferedLoad, modified_offered_load
from wfm.queueing.transient import Transient, evaluate_transient

__all__ = [
    "Balking",
    "Blended",
    "ChatMeasures",
    "Empirical",
    "Exponential",
    "Fixed",
    "Gamma",
    "HyperExponential",
    "Law",
    "LogNormal",
    "Measures",
    "OfferedLoad",
    "Redialled",
    "Transient",
    "Weibull",
    "agents_needed",
    "agents_needed_chat",
    "agents_needed_patience",
    "agents_needed_random",
    "agents_needed_redials",
    "calls_at_risk",
    "chance_met",
    "day_chance_met",
    "day_figures",
    "evaluate",
    "evaluate_blend",
    "evaluate_chat",
    "evaluate_patience",
    "evaluate_random",
    "evaluate_redials",
    "evaluate_transient",
    "modified_offered_load",
    "most_calls",
    "reserve_needed",
]
