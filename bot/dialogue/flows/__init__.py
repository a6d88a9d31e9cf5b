"""One conversation a module; they do not know each other."""
