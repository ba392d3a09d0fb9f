"""The desk: the pages of the product. Thin: everything that is decided is decided in acts, everything seen comes from reveal."""
