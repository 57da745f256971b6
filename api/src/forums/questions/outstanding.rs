//! What a forum's pack opens with: what is outstanding, as it stood at an instant.
