//! Coefficients over a matrix of units × raters.
