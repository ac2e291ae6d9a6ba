"""Other ways to run the same rules, for the benchmark of the engine alone."""
