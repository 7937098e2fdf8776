"""From one reading of a source to the next: what became news, proof against flapping listings. Pure; reads no store."""
