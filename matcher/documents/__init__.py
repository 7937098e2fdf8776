"""The documents of a call: their states, what changed from one to the next, what a quote stands in. Reads no PDF."""
