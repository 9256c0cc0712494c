//! The codebook as REFI-QDA has it: families hold codes; in a project, classes and relationships are codes too.

use std::io::Write as _;

use sunder_domain::{Class, Code};

use super::guid::guid;
use crate::out::material::Case;
use crate::out::setting::Setting;
use crate::out::xml::Xml;
use crate::out::{OutError, Target, Writer};

/// The group that holds the classes.
const CLASSES: &str = "class";

/// Writes the codebook alone.
pub(in crate::out) struct CodebookFile {
    setting: Setting,
}

impl CodebookFile {
    pub(in crate::out) fn new(setting: Setting) -> Self {
        Self { setting }
    }
}

impl Writer for CodebookFile {
    fn case(&mut self, _: &Case, _: &mut dyn Target) -> Result<(), OutError> {
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let mut xml = Xml::new();
        xml.open(
            "CodeBook",
            &[
                ("xmlns", "urn:QDA-XML:codebook:1.0"),
                ("origin", &self.setting.origin.program),
            ],
        );
        codes(&mut xml, &self.setting, false);
        let mut file = target.file("")?;
        file.write_all(xml.finish().as_bytes())?;
        Ok(file.flush()?)
    }
}

/// The GUID of a code.
pub(super) fn code_guid(key: &str) -> String {
    guid("code", key)
}

/// The GUID of the code that stands for a class.
pub(super) fn class_guid(class: Class) -> String {
    guid(CLASSES, class.key())
}

/// All codes, by family.
pub(super) fn codes(xml: &mut Xml, setting: &Setting, with_classes: bool) {
    xml.open("Codes", &[]);
    for family in &setting.codebook.families {
        xml.open(
            "Code",
            &[
                ("guid", &guid("family", &family.key)),
                ("name", &family.name),
                ("isCodable", "false"),
                ("color", colour(&family.key)),
            ],
        );
        xml.words("Description", &[], &family.description);
        for code in &family.codes {
            xml.open(
                "Code",
                &[
                    ("guid", &code_guid(code.key.as_str())),
                    ("name", &code.name),
                    ("isCodable", "true"),
                    ("color", colour(&family.key)),
                ],
            );
            xml.words("Description", &[], &description(code));
            xml.close();
        }
        xml.close();
    }
    if with_classes {
        xml.open(
            "Code",
            &[
                ("guid", &guid(CLASSES, "")),
                ("name", "Class"),
                ("isCodable", "false"),
            ],
        );
        xml.words(
            "Description",
            &[],
            &format!(
                "Under the rule {}: {}",
                setting.origin.rule_name(),
                setting.origin.rule_json()
            ),
        );
        for class in Class::ALL {
            xml.empty(
                "Code",
                &[
                    ("guid", &class_guid(*class)),
                    ("name", class.key()),
                    ("isCodable", "true"),
                ],
            );
        }
        xml.close();
    }
    xml.close();
}

fn description(code: &Code) -> String {
    let mut text = format!("{}\nKey: {}", code.definition, code.key.as_str());
    for (head, lines) in [("Examples", &code.examples), ("Is not this", &code.not_this)] {
        if !lines.is_empty() {
            text.push_str(&format!("\n{head}: {}", lines.join("; ")));
        }
    }
    text
}

/// The hue of a family, as the window has it.
fn colour(family: &str) -> &'static str {
    match family {
        "withdrawal" => "#3f51c4",
        "confrontation" => "#bb3f22",
        "failure-of-care" => "#86358a",
        "repair-therapist" | "repair-patient" => "#21724d",
        _ => "#5d5950",
    }
}
