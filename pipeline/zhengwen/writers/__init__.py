"""Writers: article records → files."""
