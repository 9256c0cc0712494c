//! REFI-QDA files as another program would read them: whether they have the form of the schema, and their selections.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element: its children in order, each with whether several may stand there; the attributes it must and may have.
type Form = (
    &'static [(&'static str, bool)],
    &'static [&'static str],
    &'static [&'static str],
);

/// What of the schema is used here: what stands in which element, in this order.
fn form(name: &str) -> Form {
    match name {
        "Project" => (
            &[
                ("Users", false),
                ("CodeBook", false),
                ("Variables", false),
                ("Cases", false),
                ("Sources", false),
                ("Notes", false),
                ("Links", false),
                ("Sets", false),
                ("Graphs", false),
                ("Description", false),
                ("NoteRef", true),
            ],
            &["name"],
            &["origin", "xmlns"],
        ),
        "Users" => (&[("User", true)], &[], &[]),
        "User" => (&[], &["guid"], &["name", "id"]),
        "CodeBook" => (&[("Codes", false), ("Sets", false)], &[], &["origin", "xmlns"]),
        "Codes" => (&[("Code", true)], &[], &[]),
        "Code" => (
            &[("Description", false), ("NoteRef", true), ("Code", true)],
            &["guid", "name", "isCodable"],
            &["color"],
        ),
        "Sources" => (&[("TextSource", true)], &[], &[]),
        "TextSource" => (
            &[
                ("Description", false),
                ("PlainTextContent", false),
                ("PlainTextSelection", true),
                ("Coding", true),
                ("NoteRef", true),
                ("VariableValue", true),
            ],
            &["guid"],
            &["name", "plainTextPath", "creatingUser"],
        ),
        "PlainTextSelection" => (
            &[("Description", false), ("Coding", true), ("NoteRef", true)],
            &["guid", "startPosition", "endPosition"],
            &["name", "creatingUser"],
        ),
        "Coding" => (
            &[("CodeRef", false), ("NoteRef", true)],
            &["guid"],
            &["creatingUser"],
        ),
        "CodeRef" | "NoteRef" => (&[], &["targetGUID"], &[]),
        "Notes" => (&[("Note", true)], &[], &[]),
        "Note" => (
            &[("Description", false), ("PlainTextContent", false)],
            &["guid"],
            &["name", "creatingUser"],
        ),
        "Description" | "PlainTextContent" => (&[], &[], &[]),
        other => panic!("the schema has no {other} here"),
    }
}

/// Panics where the document has not the form of the schema, names a thing twice, or refers to nothing.
pub(crate) fn check(xml: &str) {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let (mut guids, mut referred) = (BTreeSet::new(), BTreeSet::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                begin(&element, &mut open, &mut guids, &mut referred);
                open.push((name(&element), Vec::new()));
            }
            Event::Empty(element) => {
                begin(&element, &mut open, &mut guids, &mut referred);
                end(&name(&element), &[]);
            }
            Event::End(_) => {
                let (name, children) = open.pop().unwrap();
                end(&name, &children);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    let nowhere: Vec<&String> = referred.difference(&guids).collect();
    assert!(nowhere.is_empty(), "nothing has the guid {nowhere:?}");
}

fn name(element: &BytesStart<'_>) -> String {
    element.local_name().into_inner().to_owned()
}

fn begin(
    element: &BytesStart<'_>,
    open: &mut [(String, Vec<String>)],
    guids: &mut BTreeSet<String>,
    referred: &mut BTreeSet<String>,
) {
    let name = name(element);
    if let Some((_, children)) = open.last_mut() {
        children.push(name.clone());
    }
    let (_, must, may) = form(&name);
    let attributes: Vec<(String, String)> = element
        .attributes()
        .map(|attribute| {
            let attribute = attribute.unwrap();
            (attribute.key.into_inner().to_owned(), attribute.value.to_string())
        })
        .collect();
    for key in must {
        assert!(
            attributes.iter().any(|(own, _)| own == key),
            "{name} has no {key}"
        );
    }
    for (key, value) in &attributes {
        let known = must.contains(&key.as_str()) || may.contains(&key.as_str());
        assert!(known, "{name} has no attribute {key}");
        match key.as_str() {
            "guid" => {
                assert_guid(value);
                assert!(guids.insert(value.clone()), "{value} is there twice");
            }
            "targetGUID" | "creatingUser" => {
                assert_guid(value);
                referred.insert(value.clone());
            }
            "isCodable" => assert!(["true", "false"].contains(&value.as_str())),
            "startPosition" | "endPosition" => assert!(value.parse::<u32>().is_ok()),
            "color" => assert!(value.len() == 7 && value.starts_with('#')),
            "plainTextPath" => assert!(value.starts_with("internal://")),
            _ => {}
        }
    }
}

fn assert_guid(text: &str) {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{text}");
    assert!(text.chars().all(|c| c == '-' || c.is_ascii_hexdigit()));
}

/// Children stand in the order of the schema, and only those that may be several are.
fn end(name: &str, children: &[String]) {
    let (order, _, _) = form(name);
    let mut at = 0;
    let mut before: Option<&str> = None;
    for child in children {
        let place = order.iter().skip(at).position(|(known, _)| known == child);
        let place = at + place.unwrap_or_else(|| panic!("{child} may not stand there in {name}"));
        let several = order[place].1;
        assert!(
            several || before != Some(child.as_str()),
            "{name} has {child} twice"
        );
        at = place;
        before = Some(child);
    }
    if ["Users", "Codes", "Notes"].contains(&name) {
        assert!(!children.is_empty(), "{name} is empty");
    }
    if name == "Coding" {
        assert_eq!(children.first().map(String::as_str), Some("CodeRef"));
    }
}

/// A coded stretch of a text source.
pub(crate) struct Selection {
    /// The GUID of its source.
    pub(crate) source: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) description: String,
}

/// All selections of a project.
pub(crate) fn selections(xml: &str) -> Vec<Selection> {
    let mut reader = Reader::from_str(xml);
    let mut source = String::new();
    let mut found: Vec<Selection> = Vec::new();
    let mut describing = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                let told = |key: &str| {
                    let attribute = element.try_get_attribute(key).unwrap();
                    attribute
                        .map(|attribute| attribute.value.to_string())
                        .unwrap_or_default()
                };
                match name(&element).as_str() {
                    "TextSource" => source = told("guid"),
                    "PlainTextSelection" => found.push(Selection {
                        source: source.clone(),
                        start: told("startPosition").parse().unwrap(),
                        end: told("endPosition").parse().unwrap(),
                        description: String::new(),
                    }),
                    "Description" => {
                        describing = found.last().is_some_and(|last| last.description.is_empty());
                    }
                    _ => {}
                }
            }
            Event::Text(text) if describing => {
                found.last_mut().unwrap().description.push_str(&text.into_inner());
            }
            Event::GeneralRef(reference) if describing => {
                let character = match &*reference {
                    "quot" => '"',
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "apos" => '\'',
                    other => panic!("an entity {other}"),
                };
                found.last_mut().unwrap().description.push(character);
            }
            Event::End(_) => describing = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}
