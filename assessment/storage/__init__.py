"""Where assessments are kept: the tables, the database they are in, and the way from one version to the next."""
