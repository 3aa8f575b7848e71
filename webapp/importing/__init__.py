"""Moving in: files of Strong, Hevy and FitNotes read, shown, imported, and taken back."""
