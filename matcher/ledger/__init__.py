"""From one reading of a source to the next: what became news, proof against listings that flap. Pure; reads no store."""
