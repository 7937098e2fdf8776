"""Calls as MILE policy brief 3 looks at them: the goals they serve, funded partners, questions. Knows no store."""
