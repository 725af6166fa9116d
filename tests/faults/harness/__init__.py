"""What the fault tests stand on: an installation of its own for each test, processes to kill, a network to cut."""
