"""The page of one call, a module a part, in the order in which `dashboard/views/call.py` draws them."""
