"""Linear-chain models over characters, computed for many texts at once: what segmentation and the tagger share."""
