"""Simulations that a supervisor has run in the background, in processes of their own."""
