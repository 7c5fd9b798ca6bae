"""What the console writes, one transaction each, with the events that tell the others."""
