"""What pages are put together from: figures, tables and small pieces of screen. Numbers come in, nothing is computed twice."""
