//! What goes with the tables: what they are and come from, what each column means, and the codebook.

use super::cell::Cell;
use super::column::{Column, Kind};
use super::setting::Setting;
use super::tables::Table;

/// A small table that is known whole.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Study, rule, program, and what was left out.
pub(super) fn about(setting: &Setting) -> Sheet {
    let origin = &setting.origin;
    let mut rows = vec![
        line("study", &origin.study),
        line("program", &origin.program),
        line(
            "codebook",
            &format!("{} ({})", setting.codebook.name, setting.codebook.reference()),
        ),
    ];
    if setting.classes {
        rows.push(line("rule", origin.rule_name()));
        rows.push(line("rule as JSON", &origin.rule_json()));
    }
    let words = if setting.words { "put in" } else { "left out" };
    rows.push(line("what was said", words));
    rows.push(line("times", "ms from the session’s start"));
    rows.push(line(
        "turns and characters",
        "counted from 0, characters are Unicode scalars, ends are exclusive",
    ));
    rows.push(line("several values in a cell", "apart by “; ”"));
    Sheet {
        name: "about",
        title: "About",
        head: vec!["what", "is"],
        rows,
    }
}

/// The same as lines, for folders of files that are no tables.
pub(super) fn about_text(setting: &Setting) -> String {
    let lines = about(setting).rows.into_iter().map(|row| {
        let parts: Vec<String> = row
            .into_iter()
            .map(|cell| match cell {
                Cell::Text(text) => text,
                other => other.written(),
            })
            .collect();
        format!("{}\n", parts.join(": "))
    });
    lines.collect()
}

/// Every column of every table.
pub(super) fn columns(tables: &[Table]) -> Sheet {
    let rows = tables.iter().flat_map(|table| {
        table.columns.iter().map(|column| {
            vec![
                Cell::text(table.name),
                Cell::text(&column.key),
                Cell::text(&column.label),
                Cell::text(column.kind.name()),
                Cell::text(values(column)),
            ]
        })
    });
    Sheet {
        name: "columns",
        title: "Columns",
        head: vec!["table", "column", "label", "holds", "values"],
        rows: rows.collect(),
    }
}

/// Every code with its definition, and every scale and rating with its question.
pub(super) fn codebook(setting: &Setting) -> Sheet {
    let codebook = &setting.codebook;
    let mut rows = Vec::new();
    for family in &codebook.families {
        for code in &family.codes {
            rows.push(vec![
                Cell::text(family.kind.key()),
                Cell::text(&family.name),
                Cell::text(code.key.as_str()),
                Cell::text(&code.name),
                Cell::text(&code.definition),
                Cell::text(code.examples.join("; ")),
                Cell::text(code.not_this.join("; ")),
            ]);
        }
    }
    for scale in &codebook.scales {
        rows.push(asked(
            "scale",
            "Conflicts",
            &scale.key,
            &scale.name,
            &scale.question,
            &scale.anchors,
        ));
    }
    for rating in &codebook.ratings {
        rows.push(asked(
            "rating",
            &rating.group,
            &rating.key,
            &rating.name,
            &rating.question,
            &rating.anchors,
        ));
    }
    Sheet {
        name: "codebook",
        title: "Codebook",
        head: vec![
            "kind",
            "family",
            "key",
            "name",
            "definition",
            "examples",
            "is not this",
        ],
        rows,
    }
}

fn asked(
    kind: &str,
    group: &str,
    key: &str,
    name: &str,
    question: &str,
    anchors: &[sunder_domain::Anchor],
) -> Vec<Cell> {
    let anchors: Vec<String> = anchors
        .iter()
        .map(|anchor| format!("{} = {}", anchor.value, anchor.label))
        .collect();
    vec![
        Cell::text(kind),
        Cell::text(group),
        Cell::text(key),
        Cell::text(name),
        Cell::text(question),
        Cell::text(anchors.join("; ")),
        Cell::Empty,
    ]
}

fn line(what: &str, is: &str) -> Vec<Cell> {
    vec![Cell::text(what), Cell::text(is)]
}

fn values(column: &Column) -> String {
    match &column.kind {
        Kind::Text | Kind::Whole | Kind::Number => String::new(),
        Kind::YesNo => "yes; no".to_owned(),
        Kind::Word(words) => {
            let words: Vec<String> = words
                .iter()
                .map(|(key, label)| {
                    if *key == *label {
                        key.clone()
                    } else {
                        format!("{key} = {label}")
                    }
                })
                .collect();
            words.join("; ")
        }
        Kind::Score(anchors) => {
            let mut values: Vec<String> = (1..)
                .zip(anchors.iter())
                .map(|(value, label)| format!("{value} = {label}"))
                .collect();
            values.push("cannot-judge".to_owned());
            values.join("; ")
        }
    }
}
