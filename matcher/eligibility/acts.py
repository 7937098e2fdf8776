"""Acts of law that rules of several subjects rest on, as they are named to a reader."""

FINANCIAL_REGULATION = "Regulation (EU, Euratom) 2024/2509"
ELIGIBLE_APPLICANTS = f"{FINANCIAL_REGULATION}, Article 200 (eligible applicants)"
"""The law behind a condition that a call sets itself on who applies, alone or together."""
