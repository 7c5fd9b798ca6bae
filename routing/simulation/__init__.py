"""The routing engine under a virtual clock: scenarios, traffic, runs, comparisons and their reports."""
