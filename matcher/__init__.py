"""Judges calls for an organisation: fit, eligibility, way in, and the reasons. Knows neither Scrapy nor Streamlit."""
