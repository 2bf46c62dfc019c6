"""From records to RDF: triples, validation, store, files."""
