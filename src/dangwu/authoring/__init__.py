"""Values → text of records: scaffolds, and the fictional sample branch. No disk, no clock."""
