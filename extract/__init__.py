"""From text to records; no RDF in this room."""
