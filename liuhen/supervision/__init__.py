"""Supervision 监督 across cases: what 政策法规科 counts, samples, has reported to it and publishes (A32, A34; domain §9)."""
