"""One module or package per source, named as in sources.yml."""
