"""Reports for stakeholders: HTML and PDF."""
