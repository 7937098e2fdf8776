"""The commands of `funding` by subject; `matcher.cli` puts them together."""
