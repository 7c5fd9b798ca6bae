"""The console's wire: every shape of /api and of the live socket, one module a noun; ``web/src/wire.ts`` follows."""
