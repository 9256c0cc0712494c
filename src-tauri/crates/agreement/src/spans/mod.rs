//! Coefficients over spans on a continuum.
