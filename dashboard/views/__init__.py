"""One file for each page; `dashboard/app.py` lists them."""
