"""What is known in plain words for a reader, one module a subject. All pure: the day comes from outside."""
