"""What it takes to install and run Parley on a machine."""
