//! Which computation a name of the registry stands for.

use super::icc::Form;
use super::weights::Weighting;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    PercentAgreement,
    SpecificAgreement,
    Prevalence,
    Bias,
    Kappa(Weighting),
    KappaMax,
    Scott,
    Fleiss,
    Conger,
    Light,
    BrennanPrediger,
    Gwet(Weighting),
    Alpha,
    Icc(Form),
}
