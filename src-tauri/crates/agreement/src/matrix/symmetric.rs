//! Small symmetric positive definite matrices, by Cholesky's decomposition.

#![expect(
    clippy::indexing_slicing,
    reason = "indices run over the matrix's own size, which its making fixes"
)]

/// A square matrix, row by row.
#[derive(Debug, Clone)]
pub(crate) struct Square {
    size: usize,
    cells: Vec<f64>,
}

impl Square {
    pub(crate) fn zero(size: usize) -> Self {
        Self {
            size,
            cells: vec![0.0; size * size],
        }
    }

    /// 0 outside the matrix.
    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        if row < self.size && column < self.size {
            self.cells[row * self.size + column]
        } else {
            0.0
        }
    }

    /// Nothing outside the matrix.
    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        if row < self.size && column < self.size {
            self.cells[row * self.size + column] += value;
        }
    }

    /// Adds factor · v v'.
    pub(crate) fn add_outer(&mut self, vector: &[f64], factor: f64) {
        for (line, own) in self.cells.chunks_exact_mut(self.size.max(1)).zip(vector) {
            for (cell, other) in line.iter_mut().zip(vector) {
                *cell += factor * own * other;
            }
        }
    }

    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells
            .chunks_exact(self.size.max(1))
            .map(|line| dot(line, vector))
            .collect()
    }

    /// v' M v.
    pub(crate) fn quadratic(&self, vector: &[f64]) -> f64 {
        self.cells
            .chunks_exact(self.size.max(1))
            .zip(vector)
            .map(|(line, own)| own * dot(line, vector))
            .sum()
    }

    /// The inverse and the logarithm of the determinant; `None` where the matrix is not positive definite.
    pub(crate) fn inverse(&self) -> Option<(Self, f64)> {
        let size = self.size;
        let mut lower = Self::zero(size);
        let mut log_determinant = 0.0;
        for row in 0..size {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower.at(row, k) * lower.at(column, k)).sum();
                let rest = self.at(row, column) - known;
                if row == column {
                    if rest <= 0.0 || !rest.is_finite() {
                        return None;
                    }
                    log_determinant += rest.ln();
                    lower.cells[row * size + row] = rest.sqrt();
                } else {
                    lower.cells[row * size + column] = rest / lower.at(column, column);
                }
            }
        }
        let mut inverse = Self::zero(size);
        for column in 0..size {
            let solution = lower.solve(column);
            for (row, value) in solution.into_iter().enumerate() {
                inverse.cells[row * size + column] = value;
            }
        }
        Some((inverse, log_determinant))
    }

    /// Of a lower triangle L: x with L L' x = the unit vector.
    fn solve(&self, unit: usize) -> Vec<f64> {
        let mut x = vec![0.0; self.size];
        for row in 0..self.size {
            let known: f64 = (0..row).map(|k| self.at(row, k) * x[k]).sum();
            x[row] = (f64::from(row == unit) - known) / self.at(row, row);
        }
        for row in (0..self.size).rev() {
            let known: f64 = (row + 1..self.size).map(|k| self.at(k, row) * x[k]).sum();
            x[row] = (x[row] - known) / self.at(row, row);
        }
        x
    }
}

pub(crate) fn dot(first: &[f64], second: &[f64]) -> f64 {
    first.iter().zip(second).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_matrix() {
        let mut matrix = Square::zero(3);
        matrix.add_outer(&[1.0, 2.0, 3.0], 1.0);
        (0..3).for_each(|place| matrix.add(place, place, 1.0));
        let (inverse, log_determinant) = matrix.inverse().unwrap();
        // |I + vv'| = 1 + v'v
        assert!((log_determinant - 15.0_f64.ln()).abs() < 1e-12);
        let back = matrix.times(&inverse.times(&[1.0, -2.0, 5.0]));
        assert!(
            back.iter()
                .zip([1.0, -2.0, 5.0])
                .all(|(found, expected)| (found - expected).abs() < 1e-12)
        );
        let mut indefinite = Square::zero(2);
        indefinite.add_outer(&[1.0, 1.0], 1.0);
        assert!(indefinite.inverse().is_none());
    }
}
