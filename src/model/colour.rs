//! Red, amber, green.

use std::fmt;

use clap::ValueEnum;

/// What a category was judged to be. Ordered worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Colour {
    /// The rubric's red definition describes the service.
    Red,
    /// Part of the way.
    Amber,
    /// The aim.
    Green,
}

impl Colour {
    /// All colours, worst first.
    pub const ALL: [Self; 3] = [Self::Red, Self::Amber, Self::Green];

    /// The word used in files and in machine-readable output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
        }
    }

    /// The letter that stands for it wherever space is short.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Red => 'R',
            Self::Amber => 'A',
            Self::Green => 'G',
        }
    }

    /// The colour that a word in a file names; exactly as written, so that a typo is never a pass.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.word() == word)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
