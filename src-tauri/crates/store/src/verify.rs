//! Is the file what its log says? Checks the log itself, rebuilds the tables from it, and compares both ways.
//!
//! Findings name ids, never words. What is found is not repaired: the remedy is a backup.

use rusqlite::Connection;

use crate::compare::compare_tables;
use crate::error::StoreError;
use crate::hash::{BEGINNING, content_sha256, hex, sha256};
use crate::log::{self, LogRow};
use crate::operation::OperationKind;
use crate::study::Study;
use crate::{rebuild, schema};

/// What is wrong with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    Pages,
    Chain,
    Hash,
    Payload,
    UnknownKind,
    Parent,
    Head,
    Content,
    Rebuild,
    MissingRow,
    ExtraRow,
    DifferentRow,
    Orphan,
}

impl FindingKind {
    /// What it means, for the report.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Pages => "the database's pages do not fit together",
            Self::Chain => "the operation does not follow the one before it",
            Self::Hash => "the operation was altered: its hash does not fit",
            Self::Payload => "the operation's content was altered or is gone without an erasure",
            Self::UnknownKind => "the operation is of a kind this program does not know",
            Self::Parent => "the stream continues an operation that is not in the file",
            Self::Head => "operations that were recorded at submit or backup are missing or differ",
            Self::Content => "the content does not fit its SHA-256, or is gone without an erasure",
            Self::Rebuild => "the tables cannot be rebuilt from the log",
            Self::MissingRow => "the log says there is such a row, the table has none",
            Self::ExtraRow => "the table has a row that the log knows nothing of",
            Self::DifferentRow => "the row differs from what the log says",
            Self::Orphan => "the row refers to something that is not there",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// Table and id, stream and number, or SHA-256.
    pub subject: String,
}

impl Finding {
    pub(crate) fn new(kind: FindingKind, subject: impl Into<String>) -> Self {
        Self {
            kind,
            subject: subject.into(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.subject, self.kind.text())
    }
}

/// What was looked at and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    pub operations: u64,
    pub streams: u64,
    pub contents: u64,
    pub codings: u64,
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Pages, log, heads and content: what nothing else in the file could restore. Memory does not grow with the file.
    Truth,
    /// Also the tables that follow from the log: they are rebuilt in memory and compared.
    Whole,
}

impl Study {
    /// Checks everything. An error means that the check itself could not be done.
    pub fn verify(&self) -> Result<VerifyReport, StoreError> {
        let connection = self.connection();
        let findings = verify(connection, Depth::Whole)?;
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
        Ok(VerifyReport {
            operations: count("SELECT count(*) FROM ops")?,
            streams: count("SELECT count(DISTINCT stream_id) FROM ops")?,
            contents: count("SELECT count(*) FROM content")?,
            codings: count("SELECT count(*) FROM coding")?,
            findings,
        })
    }
}

/// What is wrong with the file of this connection.
pub(crate) fn verify(connection: &Connection, depth: Depth) -> Result<Vec<Finding>, StoreError> {
    let mut findings = check_pages(connection)?;
    findings.extend(check_log(connection)?);
    findings.extend(check_parents_and_heads(connection)?);
    findings.extend(check_contents(connection)?);
    if depth == Depth::Whole {
        findings.extend(check_tables(connection)?);
        findings.extend(check_references(connection)?);
    }
    Ok(findings)
}

fn check_pages(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(if found == "ok" {
        Vec::new()
    } else {
        vec![Finding::new(FindingKind::Pages, "file")]
    })
}

/// Numbers without gaps, hashes that fit and link, payloads that fit their hash or were erased.
pub(crate) fn check_log(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let study_id = crate::judge::study_id(connection)?;
    let mut is_erased = connection.prepare("SELECT 1 FROM erased WHERE id = ?1")?;
    let mut findings = Vec::new();
    let mut previous: Option<LogRow> = None;
    log::each(connection, |row| {
        let subject = || format!("operation {}", row.id);
        let (seq, hash) = match &previous {
            Some(last) if last.stream_id == row.stream_id => (last.seq + 1, last.hash.as_slice()),
            _ => (1, BEGINNING.as_slice()),
        };
        let opens = row.kind == OperationKind::StreamOpen.key();
        if row.seq != seq || row.prev_hash != hash || (seq == 1) != opens {
            findings.push(Finding::new(FindingKind::Chain, subject()));
        }
        if row.expected_hash(study_id.as_str()).as_slice() != row.hash {
            findings.push(Finding::new(FindingKind::Hash, subject()));
        }
        let sound = match &row.payload {
            Some(bytes) => sha256(bytes).as_slice() == row.payload_sha256,
            None => is_erased.exists([&row.id])?,
        };
        if !sound {
            findings.push(Finding::new(FindingKind::Payload, subject()));
        }
        if OperationKind::from_key(&row.kind).is_none() {
            findings.push(Finding::new(FindingKind::UnknownKind, subject()));
        }
        previous = Some(row);
        Ok(())
    })?;
    Ok(findings)
}

fn check_parents_and_heads(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut hash_at = connection.prepare("SELECT hash FROM ops WHERE stream_id = ?1 AND seq = ?2")?;
    let mut fits = |stream: &str, seq: u64, hash: &str| -> Result<bool, StoreError> {
        let mut rows = hash_at.query(rusqlite::params![stream, seq])?;
        match rows.next()? {
            Some(row) => Ok(hex(&row.get::<_, Vec<u8>>(0)?) == hash),
            None => Ok(false),
        }
    };
    if let Ok(forest) = rebuild::forest_of_log(connection) {
        for stream in forest.streams() {
            if let Some(parent) = &stream.parent
                && !fits(&parent.stream, parent.seq, &parent.hash)?
            {
                findings.push(Finding::new(FindingKind::Parent, format!("stream {}", stream.id)));
            }
        }
    }
    let heads = crate::read::all(connection, "SELECT stream_id, seq, hash FROM head", [], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, u64>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    for (stream, seq, hash) in heads {
        if !fits(&stream, seq, &hash)? {
            findings.push(Finding::new(
                FindingKind::Head,
                format!("stream {stream} at {seq}"),
            ));
        }
    }
    Ok(findings)
}

fn check_contents(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut is_erased = connection.prepare("SELECT 1 FROM erased WHERE id = ?1")?;
    let mut statement = connection.prepare("SELECT sha256, bytes FROM content")?;
    let mut rows = statement.query([])?;
    let mut findings = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let sound = match row.get_ref(1)?.as_blob_or_null() {
            Ok(Some(bytes)) => content_sha256(bytes) == name,
            Ok(None) => is_erased.exists([&name])?,
            Err(_) => false,
        };
        if !sound {
            findings.push(Finding::new(FindingKind::Content, format!("content {name}")));
        }
    }
    Ok(findings)
}

/// Rebuilds the tables beside the file, in memory, and compares them row by row.
fn check_tables(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut rebuilt = Connection::open_in_memory()?;
    rebuilt.pragma_update(None, "foreign_keys", true)?;
    schema::migrate(&mut rebuilt)?;
    let transaction = rebuilt.transaction()?;
    match rebuild::rebuild(connection, &transaction) {
        Ok(()) => {}
        Err(StoreError::Unreadable { kind, id }) | Err(StoreError::Unknown { kind, id }) => {
            return Ok(vec![Finding::new(FindingKind::Rebuild, format!("{kind} {id}"))]);
        }
        Err(error) => return Err(error),
    }
    match transaction.commit().map_err(StoreError::from) {
        Ok(()) => compare_tables(connection, &rebuilt),
        Err(StoreError::Inconsistent) => Ok(vec![Finding::new(
            FindingKind::Rebuild,
            "a marker names a conflict that is not there",
        )]),
        Err(error) => Err(error),
    }
}

fn check_references(connection: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut findings = crate::read::all(connection, include_str!("sql/orphans.sql"), [], |row| {
        Ok(Finding::new(FindingKind::Orphan, row.get::<_, String>(0)?))
    })?;
    let broken = crate::read::all(connection, "PRAGMA foreign_key_check", [], |row| {
        Ok(Finding::new(
            FindingKind::Orphan,
            format!("a row of {}", row.get::<_, String>(0)?),
        ))
    })?;
    findings.extend(broken);
    Ok(findings)
}
