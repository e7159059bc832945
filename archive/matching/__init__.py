"""Matching: claims against statements – which archived words a quotation rests on, and every way in which they part."""
