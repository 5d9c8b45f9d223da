"""What other libraries say of the same data: jsonschema of the schemas, GitPython of the history."""
