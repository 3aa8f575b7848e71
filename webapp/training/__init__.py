"""A workout in progress: loading it, starting, logging, changing and finishing it."""
