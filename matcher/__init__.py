"""Decides for each organisation which calls it can use, by which route, and why. Knows neither Scrapy nor Streamlit."""
