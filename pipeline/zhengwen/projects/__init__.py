"""Projects: one record for each project named in an article."""
