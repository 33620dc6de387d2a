//! Choices taken from a list of bytes, so that what is made up becomes smaller and plainer as bytes go.

use std::fmt;

use proptest::prelude::*;

/// Bytes that are used up; once none are left, every choice is the first one.
#[derive(Clone)]
pub struct Choices {
    bytes: Vec<u8>,
    used: usize,
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} choices", self.bytes.len())
    }
}

/// So many bytes at most.
pub fn choices(most: usize) -> impl Strategy<Value = Choices> {
    proptest::collection::vec(any::<u8>(), 0..most).prop_map(|bytes| Choices { bytes, used: 0 })
}

impl Choices {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let byte = self.bytes.get(self.used).copied().unwrap_or(0);
        self.used += 1;
        usize::from(byte) % end
    }

    /// True once in so many times, and never once nothing is left.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of these.
    pub fn one_of<T: Clone>(&mut self, these: &[T]) -> T {
        these[self.below(these.len())].clone()
    }

    /// Some of these, in their order.
    pub fn some_of<T: Clone>(&mut self, these: &[T]) -> Vec<T> {
        these.iter().filter(|_| self.once_in(2)).cloned().collect()
    }

    /// These in another order.
    pub fn shuffled<T>(&mut self, mut these: Vec<T>) -> Vec<T> {
        for at in 1..these.len() {
            let other = at - self.below(at + 1);
            these.swap(at, other);
        }
        these
    }
}
