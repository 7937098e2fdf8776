"""A mail of the outbox -> the mail server, once; and what comes back."""
