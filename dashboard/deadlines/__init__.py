"""The days that matter to an organisation: as a timeline, as a month, as lists, and as a calendar file."""
