//! The closed vocabularies of the network files, each word written as the files write it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that its vocabulary does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {}, found {found:?}", allowed.join(", "))]
pub struct UnknownWord {
    /// Every word that would have been understood.
    pub allowed: Vec<&'static str>,
    /// The word as given.
    pub found: String,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order in which the documentation lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for the value in files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { allowed: vec![$($word),+], found: text.to_owned() }),
                }
            }
        }
    };
}

vocabulary! {
    /// What a node is. Country nodes are implied by the `country` column and have no kind.
    NodeKind {
        /// A town.
        City = "city",
        /// A border post.
        BorderCrossing = "border_crossing",
        /// Where a submarine cable comes ashore.
        LandingStation = "landing_station",
        /// An internet exchange, data centre or point of presence.
        Exchange = "exchange",
        /// A point where cables meet or a way ends, with nothing of its own.
        Junction = "junction",
    }
}

vocabulary! {
    /// How a cable is laid.
    Medium {
        /// In the ground.
        Buried = "buried",
        /// In a duct.
        Duct = "duct",
        /// On poles.
        Aerial = "aerial",
        /// Inside the ground wire of a power line.
        Opgw = "opgw",
        /// On or under the sea bed.
        Submarine = "submarine",
    }
}

vocabulary! {
    /// Where in its life a segment is.
    Status {
        /// Carrying traffic.
        InService = "in_service",
        /// Being built.
        UnderConstruction = "under_construction",
        /// Decided, not begun.
        Planned = "planned",
        /// Under discussion.
        Proposed = "proposed",
        /// Built, and dormant or destroyed.
        OutOfService = "out_of_service",
        /// Gone.
        Retired = "retired",
    }
}

vocabulary! {
    /// The ground a segment lies in, for its price.
    Terrain {
        /// Flat, easy ground.
        Plain = "plain",
        /// Rolling ground.
        Hills = "hills",
        /// Mountains.
        Mountain = "mountain",
        /// Above about 2,500 m.
        HighMountain = "high_mountain",
        /// Sand and gravel desert.
        Desert = "desert",
        /// Inside a town.
        Urban = "urban",
        /// Sea bed above about 1,000 m depth, where cables are buried and armoured.
        ShallowSea = "shallow_sea",
        /// Deeper sea bed.
        DeepSea = "deep_sea",
    }
}

vocabulary! {
    /// Where a length comes from.
    LengthKind {
        /// A source states it.
        Published = "published",
        /// Measured on site.
        Surveyed = "surveyed",
        /// Worked out from the line.
        Estimated = "estimated",
    }
}

vocabulary! {
    /// How sure a row is.
    Confidence {
        /// Measured on site.
        Surveyed = "surveyed",
        /// A source states it.
        Published = "published",
        /// Partly stated, partly concluded.
        Inferred = "inferred",
        /// Believed, with no source.
        Assumed = "assumed",
    }
}

vocabulary! {
    /// How capacity on a segment is had.
    Tenure {
        /// Rented on a cable that exists.
        Lease = "lease",
        /// Dug or laid for the purpose.
        Build = "build",
    }
}

vocabulary! {
    /// What is being built anyway where a cable is laid along with it.
    LaidWith {
        /// A road.
        Road = "road",
        /// A railway.
        Railway = "railway",
        /// A pipeline.
        Pipeline = "pipeline",
        /// A power line.
        PowerLine = "power_line",
    }
}

impl Medium {
    /// Whether the cable lies in the sea.
    #[must_use]
    pub const fn is_submarine(self) -> bool {
        matches!(self, Self::Submarine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for &status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        for &medium in Medium::ALL {
            assert_eq!(medium.as_str().parse(), Ok(medium));
        }
        let error = "gravel".parse::<Terrain>().expect_err("no such terrain");
        assert_eq!(
            error.to_string(),
            "expected one of plain, hills, mountain, high_mountain, desert, urban, shallow_sea, deep_sea, \
             found \"gravel\""
        );
    }
}
