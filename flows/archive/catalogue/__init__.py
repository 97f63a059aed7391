"""What is known of sources, captures, runs and hosts, in one database that outlives every run."""
