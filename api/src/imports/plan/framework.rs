//! Planning a framework.
