//! A project: each session a text source, each rater a user, each marker a coded selection.
//!
//! A selection carries its marker's details as a description; a coding's other judgements are a note of its source: both in
//! the words of the coding file, so that the codings can be read back whole. Markers without a place in the text (the
//! whole session, stretches of time where nobody speaks) are codings of the source, with a note each.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use sunder_domain::{Coding, Marker};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::codebook::{class_guid, code_guid, codes};
use super::guid::guid;
use super::source::SourceText;
use crate::coded::{MARKER_NOTE, MarkerDetails};
use crate::out::material::{Case, CodedSession, Session};
use crate::out::naming::{code_name, set_name};
use crate::out::setting::Setting;
use crate::out::xml::Xml;
use crate::out::{OutError, Target, Writer};

/// Gathers the sources.
pub(in crate::out) struct Project {
    setting: Setting,
    /// GUID and name.
    users: BTreeMap<String, String>,
    sources: Vec<Source>,
    notes: Vec<Note>,
}

struct Source {
    guid: String,
    name: String,
    text: String,
    selections: Vec<Selection>,
    codings: Vec<Coded>,
    notes: Vec<String>,
}

struct Selection {
    guid: String,
    name: String,
    start: usize,
    end: usize,
    details: String,
    coded: Vec<Coded>,
}

/// A code given by a user.
struct Coded {
    guid: String,
    code: String,
    user: String,
    note: Option<String>,
}

struct Note {
    guid: String,
    name: String,
    user: String,
    text: String,
}

impl Project {
    pub(in crate::out) fn new(setting: Setting) -> Self {
        Self {
            setting,
            users: BTreeMap::new(),
            sources: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// One source for each transcript that codings of the session stand on.
    fn session(&mut self, case: &Case, session: &Session) {
        let label = session.label(case);
        let mut versions: BTreeMap<(u32, &str), Vec<&CodedSession>> = BTreeMap::new();
        for coded in &session.codings {
            let reference = coded.coding.transcript.as_ref();
            let version = reference.map_or((0, ""), |reference| {
                (reference.version, reference.sha256.as_str())
            });
            versions.entry(version).or_default().push(coded);
        }
        let several = versions.len() > 1;
        for ((version, sha256), codings) in versions {
            let name = if several {
                format!("{label}, transcript {version}")
            } else {
                label.clone()
            };
            self.source(&format!("{}/{sha256}", session.code), name, &codings);
        }
    }

    fn source(&mut self, id: &str, name: String, codings: &[&CodedSession]) {
        let text = codings.first().map_or_else(
            || {
                SourceText::of(
                    &sunder_domain::Transcript::new(
                        sunder_domain::ClockSource::Estimated,
                        Vec::new(),
                        Vec::new(),
                    ),
                    true,
                )
            },
            |coded| SourceText::of(&coded.transcript, self.setting.words),
        );
        let mut source = Source {
            guid: guid("source", id),
            name,
            text: String::new(),
            selections: Vec::new(),
            codings: Vec::new(),
            notes: Vec::new(),
        };
        for coded in codings {
            self.coding(&mut source, &text, coded);
        }
        source.text = text.text;
        self.sources.push(source);
    }

    fn coding(&mut self, source: &mut Source, text: &SourceText, coded: &CodedSession) {
        let rater = &coded.coding.rater;
        let user = guid("user", rater);
        self.users.insert(user.clone(), rater.clone());
        // One rater may have coded the session twice, for different purposes.
        let id = format!("{}/{}/{}", source.guid, set_name(coded), source.notes.len());
        let coding_guid = guid("coding", &id);
        let rest = Coding {
            markers: Vec::new(),
            ..coded.coding.clone()
        };
        self.notes.push(Note {
            guid: coding_guid.clone(),
            name: format!("Coding of {}: {}", source.name, set_name(coded)),
            user: user.clone(),
            text: rest.to_json(),
        });
        source.notes.push(coding_guid.clone());
        for marker in coded.markers() {
            self.marker(source, text, coded, marker, &coding_guid, &user);
        }
    }

    fn marker(
        &mut self,
        source: &mut Source,
        text: &SourceText,
        coded: &CodedSession,
        marker: &Marker,
        coding_guid: &str,
        user: &str,
    ) {
        let id = format!("{coding_guid}/{}", marker.id);
        let name = code_name(&self.setting, marker).to_owned();
        let details = MarkerDetails {
            coding: coding_guid.to_owned(),
            marker: marker.clone(),
        };
        let details = serde_json::to_string(&details).unwrap_or_default();
        let given = |kind: &str, code: String, note: Option<String>| Coded {
            guid: guid(kind, &id),
            code,
            user: user.to_owned(),
            note,
        };
        let class = marker
            .conflict
            .as_ref()
            .and_then(|conflict| coded.classes.get(conflict))
            .map(|judged| class_guid(judged.class));
        match text.stretch(&marker.segment, &coded.transcript) {
            Some((start, end)) => {
                let mut codes = vec![given("marker-code", code_guid(marker.code.as_str()), None)];
                codes.extend(class.map(|class| given("marker-class", class, None)));
                source.selections.push(Selection {
                    guid: guid("selection", &id),
                    name,
                    start,
                    end,
                    details,
                    coded: codes,
                });
            }
            None => {
                let note = guid("marker-note", &id);
                self.notes.push(Note {
                    guid: note.clone(),
                    name: format!("{MARKER_NOTE}{name}"),
                    user: user.to_owned(),
                    text: details,
                });
                let coded = given("marker-code", code_guid(marker.code.as_str()), Some(note));
                source.codings.push(coded);
            }
        }
    }

    fn xml(&self) -> String {
        let origin = &self.setting.origin;
        let mut xml = Xml::new();
        xml.open(
            "Project",
            &[
                ("xmlns", "urn:QDA-XML:project:1.0"),
                ("name", &origin.study),
                ("origin", &origin.program),
            ],
        );
        if !self.users.is_empty() {
            xml.open("Users", &[]);
            for (guid, name) in &self.users {
                xml.empty("User", &[("guid", guid), ("name", name)]);
            }
            xml.close();
        }
        xml.open("CodeBook", &[]);
        codes(&mut xml, &self.setting, self.setting.classes);
        xml.close();
        if !self.sources.is_empty() {
            xml.open("Sources", &[]);
            for source in &self.sources {
                source_xml(&mut xml, source);
            }
            xml.close();
        }
        if !self.notes.is_empty() {
            xml.open("Notes", &[]);
            for note in &self.notes {
                xml.open(
                    "Note",
                    &[
                        ("guid", &note.guid),
                        ("name", &note.name),
                        ("creatingUser", &note.user),
                    ],
                );
                xml.words("PlainTextContent", &[], &note.text);
                xml.close();
            }
            xml.close();
        }
        xml.words(
            "Description",
            &[],
            &crate::out::dictionary::about_text(&self.setting),
        );
        xml.finish()
    }
}

impl Writer for Project {
    fn case(&mut self, case: &Case, _: &mut dyn Target) -> Result<(), OutError> {
        for session in &case.sessions {
            self.session(case, session);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a time of its own each part has that of the format's beginning: the same study gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        let packed = |error: zip::result::ZipError| OutError::Io(std::io::Error::other(error));
        archive.start_file("project.qde", options).map_err(packed)?;
        archive.write_all(self.xml().as_bytes())?;
        for source in &self.sources {
            archive
                .start_file(format!("sources/{}.txt", source.guid), options)
                .map_err(packed)?;
            archive.write_all(source.text.as_bytes())?;
        }
        let bytes = archive.finish().map_err(packed)?.into_inner();
        let mut file = target.file("")?;
        file.write_all(&bytes)?;
        Ok(file.flush()?)
    }
}

/// The order of the parts is the schema's.
fn source_xml(xml: &mut Xml, source: &Source) {
    xml.open(
        "TextSource",
        &[
            ("guid", &source.guid),
            ("name", &source.name),
            ("plainTextPath", &format!("internal://{}.txt", source.guid)),
        ],
    );
    for selection in &source.selections {
        let user = selection.coded.first().map_or("", |coded| coded.user.as_str());
        xml.open(
            "PlainTextSelection",
            &[
                ("guid", &selection.guid),
                ("name", &selection.name),
                ("startPosition", &selection.start.to_string()),
                ("endPosition", &selection.end.to_string()),
                ("creatingUser", user),
            ],
        );
        xml.words("Description", &[], &selection.details);
        for coded in &selection.coded {
            coded_xml(xml, coded);
        }
        xml.close();
    }
    for coded in &source.codings {
        coded_xml(xml, coded);
    }
    for note in &source.notes {
        xml.empty("NoteRef", &[("targetGUID", note)]);
    }
    xml.close();
}

fn coded_xml(xml: &mut Xml, coded: &Coded) {
    xml.open("Coding", &[("guid", &coded.guid), ("creatingUser", &coded.user)]);
    xml.empty("CodeRef", &[("targetGUID", &coded.code)]);
    if let Some(note) = &coded.note {
        xml.empty("NoteRef", &[("targetGUID", note)]);
    }
    xml.close();
}
