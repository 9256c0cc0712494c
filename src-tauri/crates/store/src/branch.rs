//! Which stream is which coding. A pure function of the streams, so that every file that holds the same operations
//! comes to the same answer, in whatever order they arrived.
//!
//! A stream is a *tip* when nothing continues it from its last operation. One coding with several tips has branched:
//! the longest chain keeps the coding's id (ties: the smaller stream id), every other tip becomes a coding of its own
//! whose id follows from the coding's and the stream's. Work on such a branch goes on in streams that name the new id.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::hash::sha256;
use crate::payload::{Parent, Subject};

/// A stream as its first operation describes it, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(crate) id: String,
    pub(crate) subject: Subject,
    pub(crate) installation: String,
    pub(crate) parent: Option<Parent>,
    pub(crate) last_seq: u64,
    pub(crate) last_hash: Vec<u8>,
}

/// The operations of one stream up to and with `last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) stream: String,
    pub(crate) last: u64,
}

/// One coding: where it ends, and where it left the coding it is a branch of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Branch {
    pub(crate) coding_id: String,
    pub(crate) tip: String,
    /// Stream and seq of its first operation that the original coding has not.
    pub(crate) parted_at: Option<(String, u64)>,
}

/// All streams of a file, with the questions one asks of them.
#[derive(Debug)]
pub(crate) struct Forest {
    streams: BTreeMap<String, Stream>,
    continued: HashMap<String, HashSet<u64>>,
}

impl Forest {
    pub(crate) fn new(streams: impl IntoIterator<Item = Stream>) -> Self {
        let streams: BTreeMap<String, Stream> = streams
            .into_iter()
            .map(|stream| (stream.id.clone(), stream))
            .collect();
        let mut continued: HashMap<String, HashSet<u64>> = HashMap::new();
        for parent in streams.values().filter_map(|stream| stream.parent.as_ref()) {
            continued
                .entry(parent.stream.clone())
                .or_default()
                .insert(parent.seq);
        }
        Self { streams, continued }
    }

    pub(crate) fn streams(&self) -> impl Iterator<Item = &Stream> {
        self.streams.values()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Stream> {
        self.streams.get(id)
    }

    fn is_tip(&self, stream: &Stream) -> bool {
        !self
            .continued
            .get(&stream.id)
            .is_some_and(|seqs| seqs.contains(&stream.last_seq))
    }

    /// From the root to `tip`, all of it. A parent that is not in the file ends the way back.
    pub(crate) fn chain(&self, tip: &str) -> Vec<Stretch> {
        let mut chain = Vec::new();
        let mut seen = HashSet::new();
        let mut next = self.streams.get(tip).map(|stream| (stream, stream.last_seq));
        while let Some((stream, last)) = next {
            if !seen.insert(stream.id.as_str()) {
                break;
            }
            chain.push(Stretch {
                stream: stream.id.clone(),
                last: last.min(stream.last_seq),
            });
            next = stream.parent.as_ref().and_then(|parent| {
                self.streams
                    .get(&parent.stream)
                    .map(|stream| (stream, parent.seq))
            });
        }
        chain.reverse();
        chain
    }

    /// How many acts a chain holds; a stream's opening is none.
    fn length(&self, tip: &str) -> u64 {
        self.chain(tip)
            .iter()
            .map(|stretch| stretch.last.saturating_sub(1))
            .sum()
    }

    /// The set-up stream to go on from: the longest chain, ties to the smaller id.
    pub(crate) fn set_up_tip(&self) -> Option<&Stream> {
        self.streams
            .values()
            .filter(|stream| stream.subject == Subject::Setup && self.is_tip(stream))
            .max_by(|a, b| {
                self.length(&a.id)
                    .cmp(&self.length(&b.id))
                    .then_with(|| b.id.cmp(&a.id))
            })
    }

    /// Every coding of the file.
    pub(crate) fn branches(&self) -> Vec<Branch> {
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for stream in self.streams.values().filter(|stream| self.is_tip(stream)) {
            if let Subject::Coding { coding_id } = &stream.subject {
                groups.entry(coding_id.to_string()).or_default().push(&stream.id);
            }
        }
        while let Some(losers) = self.losers(&groups) {
            for (group, tip) in losers {
                if let Some(tips) = groups.get_mut(&group) {
                    tips.retain(|other| *other != tip);
                }
                groups.entry(branch_id(&group, tip)).or_default().push(tip);
            }
        }
        groups
            .iter()
            .filter_map(|(coding_id, tips)| {
                let tip = tips.first()?;
                Some(Branch {
                    coding_id: coding_id.clone(),
                    tip: (*tip).to_owned(),
                    parted_at: self.parted_at(coding_id, tip, &groups),
                })
            })
            .collect()
    }

    /// The tips that must leave their group, or `None` when every group has one.
    fn losers<'a>(&self, groups: &BTreeMap<String, Vec<&'a str>>) -> Option<Vec<(String, &'a str)>> {
        let mut losers = Vec::new();
        for (group, tips) in groups.iter().filter(|(_, tips)| tips.len() > 1) {
            let winner = tips
                .iter()
                .max_by(|a, b| self.length(a).cmp(&self.length(b)).then_with(|| b.cmp(a)));
            losers.extend(
                tips.iter()
                    .filter(|tip| Some(*tip) != winner)
                    .map(|tip| (group.clone(), *tip)),
            );
        }
        if losers.is_empty() { None } else { Some(losers) }
    }

    fn parted_at(
        &self,
        coding_id: &str,
        tip: &str,
        groups: &BTreeMap<String, Vec<&str>>,
    ) -> Option<(String, u64)> {
        let chain = self.chain(tip);
        let root = self.streams.get(&chain.first()?.stream)?;
        let Subject::Coding { coding_id: original } = &root.subject else {
            return None;
        };
        if original.as_str() == coding_id {
            return None;
        }
        let kept: HashMap<String, u64> = groups
            .get(original.as_str())
            .and_then(|tips| tips.first())
            .map(|winner| {
                self.chain(winner)
                    .into_iter()
                    .map(|s| (s.stream, s.last))
                    .collect()
            })
            .unwrap_or_default();
        chain.iter().find_map(|stretch| {
            let shared = kept.get(&stretch.stream).copied().unwrap_or(0);
            (shared < stretch.last).then(|| (stretch.stream.clone(), shared + 1))
        })
    }
}

/// The id of a branch: follows from the coding it left and its own stream, shaped as a UUID of version 8.
fn branch_id(coding_id: &str, stream_id: &str) -> String {
    let mut bytes = [0; 16];
    let hash = sha256(format!("branch\n{coding_id}\n{stream_id}").as_bytes());
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = from;
    }
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sunder_domain::CodingId;

    fn stream(id: &str, coding: &str, parent: Option<(&str, u64)>, last_seq: u64) -> Stream {
        Stream {
            id: id.to_owned(),
            subject: Subject::Coding {
                coding_id: CodingId::new(coding).unwrap(),
            },
            installation: "here".to_owned(),
            parent: parent.map(|(stream, seq)| Parent {
                stream: stream.to_owned(),
                seq,
                hash: String::new(),
            }),
            last_seq,
            last_hash: Vec::new(),
        }
    }

    #[test]
    fn one_stream_is_one_coding() {
        let branches = Forest::new([stream("s1", "c", None, 5)]).branches();
        assert_eq!(
            branches,
            [Branch {
                coding_id: "c".into(),
                tip: "s1".into(),
                parted_at: None
            }]
        );
    }

    #[test]
    fn a_continued_stream_is_the_same_coding() {
        let forest = Forest::new([stream("s1", "c", None, 5), stream("s2", "c", Some(("s1", 5)), 3)]);
        assert_eq!(
            forest.branches(),
            [Branch {
                coding_id: "c".into(),
                tip: "s2".into(),
                parted_at: None
            }]
        );
        let stretches: Vec<(String, u64)> = forest
            .chain("s2")
            .into_iter()
            .map(|s| (s.stream, s.last))
            .collect();
        assert_eq!(stretches, [("s1".into(), 5), ("s2".into(), 3)]);
    }

    #[test]
    fn the_longer_branch_stays_and_the_other_is_kept() {
        let forest = Forest::new([stream("s1", "c", None, 9), stream("s2", "c", Some(("s1", 5)), 3)]);
        let branches = forest.branches();
        assert_eq!(branches.len(), 2);
        let stays = branches.iter().find(|b| b.coding_id == "c").unwrap();
        assert_eq!(stays.tip, "s1");
        let other = branches.iter().find(|b| b.coding_id != "c").unwrap();
        assert_eq!(
            (other.tip.as_str(), other.parted_at.clone()),
            ("s2", Some(("s2".to_owned(), 1)))
        );
    }

    #[test]
    fn a_tie_goes_to_the_smaller_stream() {
        let forest = Forest::new([
            stream("root", "c", None, 5),
            stream("b", "c", Some(("root", 5)), 3),
            stream("a", "c", Some(("root", 5)), 3),
        ]);
        let stays = forest
            .branches()
            .into_iter()
            .find(|b| b.coding_id == "c")
            .unwrap();
        assert_eq!(stays.tip, "a");
    }

    #[test]
    fn work_on_a_branch_stays_with_the_branch_even_when_it_grows_longer() {
        let id = branch_id("c", "s2");
        let forest = Forest::new([
            stream("s1", "c", None, 9),
            stream("s2", "c", Some(("s1", 5)), 3),
            stream("s3", &id, Some(("s2", 3)), 50),
        ]);
        let branches = forest.branches();
        assert_eq!(branches.len(), 2);
        assert_eq!(branches.iter().find(|b| b.coding_id == "c").unwrap().tip, "s1");
        let branch = branches.iter().find(|b| b.coding_id == id).unwrap();
        assert_eq!(
            (branch.tip.as_str(), branch.parted_at.clone()),
            ("s3", Some(("s2".to_owned(), 1)))
        );
    }

    proptest! {
        #[test]
        fn every_tip_is_exactly_one_coding(parents in prop::collection::vec((0_usize..8, 1_u64..6), 1..8)) {
            let mut streams = vec![stream("s0", "c", None, 5)];
            for (n, (parent, seq)) in parents.iter().enumerate() {
                let parent = format!("s{}", parent % (n + 1));
                streams.push(stream(&format!("s{}", n + 1), "c", Some((&parent, *seq)), 5));
            }
            let forest = Forest::new(streams.clone());
            let branches = forest.branches();
            let ids: HashSet<&str> = branches.iter().map(|b| b.coding_id.as_str()).collect();
            prop_assert_eq!(ids.len(), branches.len());
            prop_assert!(ids.contains("c"));
            let tips = streams.iter().filter(|s| forest.is_tip(s)).count();
            prop_assert_eq!(tips, branches.len());
            streams.reverse();
            prop_assert_eq!(Forest::new(streams).branches(), branches);
        }
    }
}
