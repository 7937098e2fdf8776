"""Sources of national and regional programmes, one module for each country or authority."""
