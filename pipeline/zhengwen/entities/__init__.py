"""Entities: officials, persons, zones, companies, organisations, places, and the offices persons hold."""
