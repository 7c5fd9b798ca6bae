"""Routing rules as data: conditions, what they give, how they are asked, tried on the past and checked."""
