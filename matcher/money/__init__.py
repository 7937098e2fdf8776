"""The money of one project: what a grant is, what the partners add, and whether that fits an organisation. All pure."""
