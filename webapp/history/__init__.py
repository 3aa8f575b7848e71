"""What was done: the list of past workouts, one of them, bests, streaks, and changing them."""
