"""What agents, editors and supervisors use, as JSON over HTTP and one live socket."""
