//! What holds for a whole export.

use std::sync::Arc;

use sunder_domain::Codebook;

use super::material::Origin;

/// What holds for a whole export.
#[derive(Debug, Clone)]
pub struct Setting {
    pub origin: Origin,
    pub codebook: Arc<Codebook>,
    /// What was said goes in too.
    pub words: bool,
    /// Classes, cuts, reasons and the rule may be seen; without, none of their columns are there.
    pub classes: bool,
    /// Counts of a session may be seen.
    pub totals: bool,
    /// Case and session number may be seen.
    pub named: bool,
}
