"""What Setlog promises, tried on purpose: lifters log sets while everything around them breaks."""
