"""The runner: inputs → shards of documents → part files → the output. Nothing is lost and nothing comes twice."""
