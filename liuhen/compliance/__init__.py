"""What a case means: rules, deadlines, findings, next steps. Pure: no framework, no clock, no disk."""
