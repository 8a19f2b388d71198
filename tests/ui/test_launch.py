"""Starting the server."""

import os
import tomllib

from wfm.ui import launch


def test_the_app_listens_on_loopback_unless_told_otherwise():
    line = launch.command()
    assert line[line.index("--server.address") + 1] == "127.0.0.1"
    assert "--server.allowedHosts" not in line


def test_another_address_is_named_on_purpose():
    assert "--server.allowedHosts" in launch.command("0.0.0.0", 80)


def test_the_shipped_settings_keep_to_loopback_and_send_nothing_away():
    settings = tomllib.loads((launch.MAIN.parent / ".streamlit" / "config.toml").read_text())
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorLinks"] is False


def test_launch_becomes_the_server_with_its_data_folder(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setattr(os, "execve", lambda file, line, environment: seen.update(line=line, environment=environment))
    monkeypatch.setattr("subprocess.call", lambda line, env: 0)
    launch.launch(port=8600, data_dir=tmp_path)
    assert seen["environment"]["WFM_DATA_DIR"] == str(tmp_path)
    assert seen["line"][-1] == "8600"
