"""What sources on the same platform share."""
