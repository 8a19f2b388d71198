"""Input errors carry every fault, across process borders too."""

import pickle

from wfm.errors import Fault, HistoryError, InputError


def test_a_fault_reads_as_one_sentence_with_its_place_and_hint() -> None:
    fault = Fault("a.toml", "queue[0].handle", "'x'", "seconds", "did you mean …?")
    assert str(fault) == "a.toml: queue[0].handle: found 'x'; expected seconds (did you mean …?)"


def test_all_faults_survive_pickling() -> None:
    error = HistoryError([Fault("h.csv", "line 2", "-1", "0 or more"), Fault("h.csv", "line 3", "x", "a number")])
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, InputError)
    assert again.faults == error.faults
    assert str(again).count("\n") == 1
