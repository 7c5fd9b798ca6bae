"""Journeys: whole stories told to a real server in a process of its own."""
