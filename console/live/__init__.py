"""The agents' live socket: their topics, the lists as they change, who types and who looks on."""
