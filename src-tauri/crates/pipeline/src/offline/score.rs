//! Points for what a resume shows of a posting.

use crate::stages::{Importance, Met};

/// What a posting insists on weighs three times what would be nice to have.
const MUST: u32 = 3;
const NICE: u32 = 1;

/// 0 to 100 points: the share of the requirements that is met, by weight. What is met in part counts half.
/// Without requirements there is nothing to score: 0.
pub(crate) fn score(requirements: impl Iterator<Item = (Importance, Met)>) -> u8 {
    let (mut half_points, mut most) = (0, 0);
    for (importance, status) in requirements {
        let weight = match importance {
            Importance::Must => MUST,
            Importance::Nice => NICE,
        };
        most += 2 * weight;
        half_points += match status {
            Met::Met => 2 * weight,
            Met::Partial => weight,
            Met::Missing => 0,
        };
    }
    let points = (half_points * 200 + most).checked_div(2 * most).unwrap_or(0);
    u8::try_from(points.min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn musts_weigh_more() {
        let half = [(Importance::Must, Met::Met), (Importance::Nice, Met::Missing)];
        assert_eq!(score(half.into_iter()), 75);
        assert_eq!(score([(Importance::Must, Met::Partial)].into_iter()), 50);
        assert_eq!(score([(Importance::Must, Met::Met)].into_iter()), 100);
        assert_eq!(score(std::iter::empty()), 0);
    }
}
