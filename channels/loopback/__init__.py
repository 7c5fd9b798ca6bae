"""A channel in memory, for tests and development: what goes out can be looked at, what comes in is given by hand."""
