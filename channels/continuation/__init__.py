"""Conversations with live visitors go on by mail when they left an address and have gone."""
