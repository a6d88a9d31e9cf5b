"""Long trials of the whole product, apart from the suite: `make trial`."""
