//! Tests that look at the whole workspace live in `tests/`; there is nothing to link against here.
