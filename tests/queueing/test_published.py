"""Figures that others have printed."""

import csv

import pytest

from wfm.queueing import agents_needed, evaluate

MEASURE = {
    "asa_s": ("asa_all", 1),
    "service_level": ("sl_offered", 1),
    "mean_wait_all_s": ("asa_all", 1),
    "lq": ("mean_queue", 1),
    "wq_days": ("asa_all", 1 / 86400),
    "service_level_8h_day": ("sl_offered", 1),
    "asa_min_8h_day": ("asa_all", 1 / 60),
    "occupancy_8h_day": ("occupancy", 1),
    "abandons_per_8h_day": ("p_abandon", 4.2 * 480),
    "asa_served_min": ("wait_served", 1 / 60),
    "service_level_served": ("sl_answered", 1),
    "service_level_served_plus_late_abandons": ("sl_abandons_excluded", 1),
    "blocked_per_8h_day": ("p_block", 4.2 * 480),
}


def _rows(folder):
    with (folder / "queueing" / "erlang_reference.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _ours(row):
    found = evaluate(
        "A" if row["model"] == "erlang_a" else "C",
        calls=float(row["arrivals_per_min"]),
        interval_s=60,
        aht_s=float(row["aht_s"]),
        agents=int(row["agents"]),
        patience_s=float(row["mean_patience_s"] or "inf"),
        within_s=float(row["threshold_s"] or 20),
        capacity=int(row["agents"]) + 5 if "5_waiting" in row["model"] else None,
    )
    name, unit = MEASURE.get(row["metric"], (row["metric"], 1))
    return found[name] * unit


def test_published_steady_state_figures_are_met_to_their_last_digit(shared_data):
    rows = [row for row in _rows(shared_data) if "ContactCenters" not in row["source"]]
    assert len(rows) >= 15
    for row in rows:
        digits = min(len(row["value"].partition(".")[2]), 6)
        assert _ours(row) == pytest.approx(float(row["value"]), abs=0.51 * 10**-digits), row


def test_simulated_days_that_start_empty_lie_close_to_the_steady_state(shared_data):
    rows = [row for row in _rows(shared_data) if "ContactCenters" in row["source"]]
    assert len(rows) >= 8
    for row in rows:
        assert _ours(row) == pytest.approx(float(row["value"]), rel=0.035), row


def test_gans_koole_and_mandelbaum_2003_compare_patient_and_impatient_callers():
    queue = {"calls": 48, "interval_s": 60, "aht_s": 60, "agents": 50}
    impatient, patient = evaluate("A", **queue, patience_s=120), evaluate("C", **queue)
    assert round(impatient.p_abandon, 3) == 0.031
    assert (round(impatient.asa_all, 1), round(patient.asa_all, 1)) == (3.7, 20.8)
    assert (round(impatient.mean_queue), round(patient.mean_queue)) == (3, 17)
    assert (round(impatient.occupancy, 2), round(patient.occupancy, 2)) == (0.93, 0.96)


def test_the_engineering_tables_of_erlang_b_hold():
    assert evaluate("B", calls=[8.108, 84.06], interval_s=1, aht_s=1, agents=[15, 100]).p_block == pytest.approx([0.01, 0.01], rel=2e-3)
    assert agents_needed("B", calls=[8.1, 84.0], interval_s=1, aht_s=1, block_target=0.01).tolist() == [15, 100]


def test_the_definition_of_service_level_moves_the_staffing():
    queue = {"calls": 40, "interval_s": 900, "aht_s": 400, "sl_target": 0.8}
    assert agents_needed("A", **queue, patience_s=60, sl_definition="offered") == 19
    assert agents_needed("A", **queue, patience_s=60, sl_definition="answered") == 15
    assert agents_needed("C", **queue) == 23
