"""The composition root: settings, wiring, the route table, the table of listeners, the command line."""
