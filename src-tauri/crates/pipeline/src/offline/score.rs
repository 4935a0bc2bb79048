//! Points for what a resume shows of a posting.
//!
//! The score is a share of the posting's requirements, so that a person can work it out from the list on the screen:
//!
//! ```text
//!                weight of all that is met + half the weight of all that is met in part
//! score = 100 ×  ----------------------------------------------------------------------
//!                                     weight of all requirements
//! ```
//!
//! A must-have weighs 3, a nice-to-have 1. The score is rounded to the nearest whole number, halves up. With two
//! must-haves, one met and one met in part, and one nice-to-have that is missing: 100 × (3 + 1.5) / 7 = 64.

use crate::stages::{Importance, Met};

/// What a posting insists on weighs three times what would be nice to have.
const MUST: u32 = 3;
const NICE: u32 = 1;

/// 0 to 100 points: the share of the requirements that is met, by weight; see the formula above. requirements there is nothing to score: 0.
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn musts_weigh_more() {
        let half = [(Importance::Must, Met::Met), (Importance::Nice, Met::Missing)];
        assert_eq!(score(half.into_iter()), 75);
        assert_eq!(score([(Importance::Must, Met::Partial)].into_iter()), 50);
        assert_eq!(score([(Importance::Must, Met::Met)].into_iter()), 100);
        assert_eq!(score(std::iter::empty()), 0);
        let documented = [
            (Importance::Must, Met::Met),
            (Importance::Must, Met::Partial),
            (Importance::Nice, Met::Missing),
        ];
        assert_eq!(score(documented.into_iter()), 64);
    }

    proptest! {
        #[test]
        fn showing_more_never_lowers_the_score(
            list in prop::collection::vec((0..2_usize, 0..3_usize), 1..40),
            place in 0..40_usize,
        ) {
            let read = |list: &[(usize, usize)]| {
                score(list.iter().map(|(importance, status)| {
                    (
                        [Importance::Must, Importance::Nice][*importance],
                        [Met::Missing, Met::Partial, Met::Met][*status],
                    )
                }))
            };
            let mut better = list.clone();
            let place = place % list.len();
            better[place].1 = (better[place].1 + 1).min(2);
            prop_assert!(read(&list) <= read(&better) && read(&better) <= 100);
            let all = list.iter().all(|(_, status)| *status == 2);
            prop_assert_eq!(read(&list) == 100, all);
        }
    }
}
