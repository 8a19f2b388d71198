"""The job service, with small commands in place of a plan."""

import json
import sys
import time
from pathlib import Path

import pytest

from wfm.ui.jobs import Job, JobService, JobState, plan_command, take

EVENTS = "import json, sys, time\ndef tell(event, **fields): print(json.dumps({'event': event, **fields}), file=sys.stderr, flush=True)\n"


def service(script: str, slots: int = 1) -> JobService:
    return JobService(slots, lambda job: [sys.executable, "-c", EVENTS + script, str(job.out)])


def submit(jobs: JobService, name: str = "plan", owner: str = "me") -> str:
    return jobs.submit(owner, name, Path("scenario.toml"), Path("out") / name)


def until(jobs: JobService, key: str, check, seconds: float = 20) -> Job:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job = jobs.look(key)
        if check(job):
            return job
        time.sleep(0.02)
    raise AssertionError(f"still {jobs.look(key)}")


def ended(job: Job) -> bool:
    return job.state.ended


def test_a_job_that_finishes_shows_its_stages_and_its_whole_share():
    jobs = service(
        "tell('progress', message='forecast', share=0.1); tell('progress', message='schedule', share=0.6); tell('done', out='x')"
    )
    job = until(jobs, submit(jobs), ended)
    assert (job.state, job.status, job.share) == (JobState.DONE, 0, 1.0)
    assert [message for message, _ in job.stages] == ["forecast", "schedule"]


@pytest.mark.parametrize(
    ("status", "state"),
    [(2, JobState.AT_FAULT), (3, JobState.CONTRADICTION), (75, JobState.BUSY), (1, JobState.FAILED), (9, JobState.FAILED)],
)
def test_the_exit_status_says_how_a_job_ended(status, state):
    jobs = service(f"sys.exit({status})")
    assert until(jobs, submit(jobs), ended).state is state


def test_a_job_at_fault_lists_every_fault_and_conflict_as_text():
    jobs = service("tell('fault', text='a: <b>'); tell('fault', text='c'); tell('conflict', text='rest against hours'); sys.exit(2)")
    job = until(jobs, submit(jobs), ended)
    assert job.faults == ["a: <b>", "c"]
    assert job.conflicts == ["rest against hours"]


def test_a_command_that_cannot_start_is_a_failed_job():
    jobs = JobService(1, lambda job: ["/nowhere/at/all"])
    assert until(jobs, submit(jobs), ended).state is JobState.FAILED


def test_cancel_stops_the_process_and_everything_it_started(tmp_path):
    beat = tmp_path / "beat"
    child = f"import time, pathlib\nwhile True: pathlib.Path({str(beat)!r}).write_text(str(time.time())); time.sleep(0.05)"
    jobs = service(
        f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntell('progress', message='on', share=0.5)\ntime.sleep(60)"
    )
    key = submit(jobs)
    until(jobs, key, lambda job: job.share == 0.5)
    until(jobs, key, lambda job: beat.exists())
    jobs.cancel(key)
    assert jobs.look(key).state is JobState.CANCELLED
    until(jobs, key, lambda job: job.status is not None)
    time.sleep(0.3)
    last = beat.read_text()
    time.sleep(0.3)
    assert beat.read_text() == last


def test_a_process_that_ignores_the_polite_signal_is_killed(monkeypatch):
    monkeypatch.setattr("wfm.ui.process.GRACE_S", 0.3)
    jobs = service(
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntell('progress', message='on', share=0.5)\ntime.sleep(60)"
    )
    key = submit(jobs)
    until(jobs, key, lambda job: job.share == 0.5)
    jobs.cancel(key)
    assert until(jobs, key, lambda job: job.status is not None).status != 0


def test_two_jobs_run_at_once_and_the_third_waits_for_its_turn(tmp_path):
    wait = f"while not pathlib.Path({str(tmp_path / 'go')!r}).exists(): time.sleep(0.02)"
    script = f"import pathlib\ntell('progress', message='on', share=0.5)\n{wait}"
    jobs = service(script, slots=2)
    keys = [submit(jobs, f"plan {i}") for i in range(4)]
    for key in keys[:2]:
        until(jobs, key, lambda job: job.share == 0.5)
    waiting = [jobs.look(key) for key in keys[2:]]
    assert [(job.state, job.position) for job in waiting] == [(JobState.QUEUED, 0), (JobState.QUEUED, 1)]
    (tmp_path / "go").touch()
    assert {until(jobs, key, ended).state for key in keys} == {JobState.DONE}


def test_a_waiting_job_that_is_cancelled_never_starts(tmp_path):
    jobs = service("import pathlib\npathlib.Path(sys.argv[1]).mkdir()\ntime.sleep(0.5)")
    first, second = (jobs.submit("me", name, Path("s.toml"), tmp_path / name) for name in ("first", "second"))
    jobs.cancel(second)
    until(jobs, first, ended)
    time.sleep(0.1)
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_a_session_that_leaves_takes_its_jobs_with_it_and_nobody_elses():
    jobs = service("tell('progress', message='on', share=0.5)\ntime.sleep(30)", slots=2)
    mine, other = submit(jobs, "mine", "me"), submit(jobs, "theirs", "them")
    until(jobs, mine, lambda job: job.share == 0.5)
    until(jobs, other, lambda job: job.share == 0.5)
    jobs.leave("me")
    assert jobs.of("me") == []
    with pytest.raises(KeyError):
        jobs.look(mine)
    assert jobs.look(other).state is JobState.RUNNING
    jobs.close()
    assert jobs.look(other).state is JobState.CANCELLED


def test_the_bar_never_goes_back_and_never_leaves_its_range():
    job = Job("me", "plan", Path("a"), Path("b"))
    for share in (0.4, 0.2, 7, "much"):
        take(job, json.dumps({"event": "progress", "message": "m", "share": share}))
    assert job.share == 1.0


def test_a_stage_that_counts_is_one_stage_with_its_latest_count():
    job = Job("me", "plan", Path("a"), Path("b"))
    for message in ("forecast", "simulated 1 of 30", "simulated 2 of 30", "summary"):
        take(job, json.dumps({"event": "progress", "message": message, "share": 0.5}))
    assert [message for message, _ in job.stages] == ["forecast", "simulated 2 of 30", "summary"]


@pytest.mark.parametrize("line", ["Traceback (most recent call last):", "[1, 2]", '{"event": "news"}', "{", ""])
def test_a_line_that_is_no_event_is_kept_for_the_log(line):
    job = Job("me", "plan", Path("a"), Path("b"))
    take(job, line)
    assert job.lines == [line]


def test_the_plan_command_asks_for_json_progress_into_the_run_folder():
    line = plan_command(Job("me", "plan", Path("s.toml"), Path("runs") / "r"))
    assert line[1:6] == ["-m", "wfm.cli", "plan", "s.toml", "--out"]
    assert line[-2:] == ["--progress", "json"]


HEEDS = """
import signal
told = []
signal.signal(signal.SIGINT, lambda *_: told.append(1))
tell('progress', message='forecast', share=0.1)
pathlib.Path(sys.argv[1]).mkdir()
while not (pathlib.Path(sys.argv[1]) / 'go').exists(): time.sleep(0.02)
tell('progress', message='improving: 12, at least 9', share=0.3)
while not told: time.sleep(0.02)
time.sleep(0.3)
sys.exit(0 if len(told) == 1 else 4)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there the signal is another one")
def test_a_job_is_told_once_and_only_while_it_improves_that_it_has_enough(tmp_path):
    jobs = service("import pathlib\n" + HEEDS)
    key = jobs.submit("me", "plan", Path("s.toml"), tmp_path / "plan")
    until(jobs, key, lambda job: job.message == "forecast")
    jobs.keep_best(key)
    assert not jobs.look(key).enough
    until(jobs, key, lambda _: (tmp_path / "plan").is_dir())
    (tmp_path / "plan" / "go").touch()
    until(jobs, key, lambda job: job.improving)
    jobs.keep_best(key)
    jobs.keep_best(key)
    assert until(jobs, key, ended).state is JobState.DONE
