"""The entity model: a linear-chain CRF over characters that finds what the rules have no words for."""
