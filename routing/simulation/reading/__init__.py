"""Scenarios from JSON: their forms on the wire, the way from those to values, and what is wrong in words."""
