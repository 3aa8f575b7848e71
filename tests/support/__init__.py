"""What the tests stand on: a PostgreSQL of their own and a Chromium."""
