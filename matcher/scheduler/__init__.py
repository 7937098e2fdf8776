"""When which job is due, and its doing: each slot of a job once, however many processes look at the clock.

APScheduler only ticks. What is due follows from the jobs, which are data, and from the ledger of their runs.
"""
