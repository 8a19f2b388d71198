"""Results as tables for people, on stdout; a file for each kind of result."""
