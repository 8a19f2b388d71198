"""One file per command; each holds `command`."""
