//! REFI-QDA 1.0: projects (.qdpx) and codebooks (.qdc) for NVivo, MAXQDA, ATLAS.ti and others.

mod codebook;
mod guid;
mod project;
mod source;

pub(super) use codebook::CodebookFile;
pub(super) use project::Project;
