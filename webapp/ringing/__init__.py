"""Ringing a phone when the rest is over, by Web Push, for whoever has asked for it."""
