"""The engines: ways to a good roster and to a bound."""
