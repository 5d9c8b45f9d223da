"""Values → text of records. No disk, no clock."""
