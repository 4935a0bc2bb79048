//! A limit in dollars that several questions share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::tokens::Counting;
use crate::{Error, Price, Usage, Usd};

/// So much may be spent, by all questions that are asked with it. Clones share what is left.
#[derive(Clone, Debug)]
pub struct Budget {
    limit: Usd,
    price: Price,
    counting: Counting,
    spent: Arc<Mutex<Usd>>,
}

/// Two budgets are the same where what one spends is missing in the other.
impl PartialEq for Budget {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.spent, &other.spent)
    }
}

impl Eq for Budget {}

impl Budget {
    /// `limit` for questions that cost `price`. `counting` says who counts the tokens, for as long as the provider
    /// has not told its count.
    pub fn new(limit: Usd, price: Price, counting: Counting) -> Self {
        Self { limit, price, counting, spent: Arc::default() }
    }

    /// The limit.
    pub fn limit(&self) -> Usd {
        self.limit
    }

    /// What was spent so far.
    pub fn spent(&self) -> Usd {
        *self.lock()
    }

    pub(crate) fn counting(&self) -> Counting {
        self.counting
    }

    /// Whether there is enough left for what a request is expected to take.
    pub(crate) fn admits(&self, expected: &Usage) -> Result<(), Error> {
        let spent = self.spent();
        let whole = spent + self.price.cost(expected);
        if whole > self.limit {
            return Err(Error::BudgetReached { limit: self.limit, spent, needed: Some(whole) });
        }
        Ok(())
    }

    /// Whether a request that has taken `usage` so far may go on.
    pub(crate) fn covers(&self, usage: &Usage) -> Result<(), Error> {
        let spent = self.spent() + self.price.cost(usage);
        if spent > self.limit {
            return Err(Error::BudgetReached { limit: self.limit, spent, needed: None });
        }
        Ok(())
    }

    /// Takes note of what a request took.
    pub(crate) fn charge(&self, usage: &Usage) {
        let mut spent = self.lock();
        *spent = *spent + self.price.cost(usage);
    }

    fn lock(&self) -> MutexGuard<'_, Usd> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
