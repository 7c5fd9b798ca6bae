"""The composition root: reads settings, wires every part and starts the server."""
