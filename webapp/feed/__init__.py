"""What happened to a person's things, in an order that has no gaps, for programs that follow it."""
