//! One JSON document with every coding as its file holds it, and what follows from each under the rule. It goes in again
//! by `sunder coding import`.

use std::io::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sunder_domain::{Class, Coding, ConflictId, Purpose, Rule, Totals, Transcript};

use super::material::{Case, CodedSession};
use super::setting::Setting;
use super::{OutError, Target, Writer};

/// The document as other programs read it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportFile {
    /// Always `sunder-export`.
    #[schemars(extend("const" = ExportFile::FORMAT))]
    pub format: String,
    /// Version of the format: 1.
    #[schemars(extend("const" = ExportFile::VERSION))]
    pub version: u32,
    pub study: String,
    /// Name and version of the program that wrote it.
    pub program: String,
    /// The rule that the classes follow from; left out where it may not be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    pub codings: Vec<Coding>,
    /// What each coding comes to under the rule; left out where it may not be seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classified: Vec<ClassifiedFile>,
    /// What was said, where it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<TranscriptFile>,
}

/// One coding under the rule.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassifiedFile {
    pub case: String,
    pub session: u32,
    pub rater: String,
    pub purpose: Purpose,
    pub of_record: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<Totals>,
    pub conflicts: Vec<ClassFile>,
}

/// One conflict under the rule.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassFile {
    pub id: ConflictId,
    pub class: Class,
    #[serde(serialize_with = "sunder_domain::number::plain_option")]
    pub score: Option<f64>,
    #[serde(serialize_with = "sunder_domain::number::plain_option")]
    pub cut: Option<f64>,
    /// Sentences.
    pub reasons: Vec<String>,
}

/// The transcript that codings were made on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TranscriptFile {
    pub case: String,
    pub session: u32,
    pub sha256: String,
    pub transcript: Transcript,
}

impl ExportFile {
    pub const FORMAT: &'static str = "sunder-export";
    pub const VERSION: u32 = 1;
}

/// Gathers the parts of the document.
pub(super) struct Document {
    setting: Setting,
    codings: Vec<Coding>,
    classified: Vec<ClassifiedFile>,
    transcripts: Vec<TranscriptFile>,
}

impl Document {
    pub(super) fn new(setting: Setting) -> Self {
        Self {
            setting,
            codings: Vec::new(),
            classified: Vec::new(),
            transcripts: Vec::new(),
        }
    }

    fn take(&mut self, coded: &CodedSession) {
        if self.setting.classes {
            self.classified.push(classified(coded));
        }
        let sha256 = coded
            .coding
            .transcript
            .as_ref()
            .map(|reference| &reference.sha256);
        if let Some(sha256) = sha256.filter(|_| self.setting.words && !coded.transcript.turns.is_empty())
            && !self.transcripts.iter().any(|known| known.sha256 == *sha256)
        {
            self.transcripts.push(TranscriptFile {
                case: coded.coding.case.clone(),
                session: coded.coding.session,
                sha256: sha256.clone(),
                transcript: coded.transcript.as_ref().clone(),
            });
        }
        self.codings.push(coded.coding.clone());
    }
}

impl Writer for Document {
    fn case(&mut self, case: &Case, _: &mut dyn Target) -> Result<(), OutError> {
        for coded in case.sessions.iter().flat_map(|session| &session.codings) {
            self.take(coded);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let origin = self.setting.origin;
        let document = ExportFile {
            format: ExportFile::FORMAT.to_owned(),
            version: ExportFile::VERSION,
            study: origin.study,
            program: origin.program,
            rule: origin.rule,
            codings: self.codings,
            classified: self.classified,
            transcripts: self.transcripts,
        };
        let mut file = target.file("")?;
        serde_json::to_writer_pretty(&mut file, &document).map_err(std::io::Error::from)?;
        writeln!(file)?;
        Ok(file.flush()?)
    }
}

fn classified(coded: &CodedSession) -> ClassifiedFile {
    let coding = &coded.coding;
    let conflicts = coded.conflicts().into_iter().filter_map(|(conflict, _)| {
        let judged = coded.classes.get(&conflict.id)?;
        Some(ClassFile {
            id: conflict.id.clone(),
            class: judged.class,
            score: judged.score,
            cut: judged.cut,
            reasons: judged.reasons.clone(),
        })
    });
    ClassifiedFile {
        case: coding.case.clone(),
        session: coding.session,
        rater: coding.rater.clone(),
        purpose: coding.purpose,
        of_record: coded.of_record,
        totals: coded.totals,
        conflicts: conflicts.collect(),
    }
}
