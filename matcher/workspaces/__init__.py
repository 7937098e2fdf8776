"""What an organisation's people do about calls: who they are, what they may, and what becomes of it.

Nothing is imported here: who asks only what a user may do need not open a store.
"""
