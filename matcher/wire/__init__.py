"""What is known as plain JSON values, the form of `--json` output, one module a subject; their names are promises."""
