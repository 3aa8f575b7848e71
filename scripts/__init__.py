"""What developers run; tests import parts of it."""
