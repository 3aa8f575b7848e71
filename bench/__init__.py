"""Measurements of Setlog against the floor of the machine it runs on, in one run."""
