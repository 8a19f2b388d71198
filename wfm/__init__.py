"""The open planner for contact centres. This module imports nothing: `wfm` stands both below and above the engines."""
