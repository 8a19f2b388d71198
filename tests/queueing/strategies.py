"""Random queues for hypothesis."""

from hypothesis import strategies as st

PATIENCE = st.floats(1.0, 1e5)


@st.composite
def queues(draw, max_agents=400, rho=(0.05, 1.5), whole=True):
    """Arguments of `evaluate` for Erlang A, with AHT 180 s in intervals of 900 s."""
    agents = draw(st.integers(1, max_agents)) if whole else draw(st.floats(0.5, max_agents))
    load = agents * draw(st.floats(*rho))
    return {
        "calls": load * 5,
        "interval_s": 900.0,
        "aht_s": 180.0,
        "agents": agents,
        "patience_s": draw(PATIENCE),
        "within_s": draw(st.sampled_from([0.0, 5.0, 20.0, 60.0, 300.0])),
    }
