//! What tests and measurements of the whole workspace share: the generator of large studies. The tests are in `tests/`.

pub mod generate;
