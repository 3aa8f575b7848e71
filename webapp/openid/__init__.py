"""Signing in at an OpenID Connect issuer: asking it, believing it, and the journey there."""
