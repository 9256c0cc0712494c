//! A syntax file for SPSS (and PSPP): each table becomes a data set with labels, levels and missing values.

use std::fmt::Write as _;

use super::labels;
use crate::out::column::{Column, Kind};
use crate::out::setting::Setting;
use crate::out::tables::Table;

/// Widths of text, in bytes; longer ones are cut.
const LONG: u32 = 4_000;
const SHORT: u32 = 255;
/// The longest label of a value, in bytes, and of a variable.
const LABEL: usize = 120;
/// Stands for "cannot judge", as a missing value.
const DARK: u32 = 9;

/// The syntax.
pub(in crate::out) fn spss(setting: &Setting, tables: &[Table]) -> String {
    let origin = &setting.origin;
    let mut syntax = format!(
        "* Encoding: UTF-8.\n* Reads the tables beside this file. Set the folder first: CD 'the folder of this file'.\n* Study: {}.\n* Program: {}.\n",
        comment(&origin.study),
        comment(&origin.program)
    );
    if setting.classes {
        let _ = writeln!(syntax, "* Rule: {}.", comment(origin.rule_name()));
    }
    for table in tables {
        table_of(&mut syntax, table);
    }
    syntax
}

fn table_of(syntax: &mut String, table: &Table) {
    let name = table.name;
    let _ = write!(
        syntax,
        "\nGET DATA\n  /TYPE=TXT\n  /FILE='{name}.csv'\n  /ENCODING='UTF8'\n  /ARRANGEMENT=DELIMITED\n  /DELCASE=LINE\n  /FIRSTCASE=2\n  /DELIMITERS=\",\"\n  /QUALIFIER='\"'\n  /VARIABLES="
    );
    for column in &table.columns {
        let _ = write!(syntax, "\n    {} {}", read_as(column), format_of(column));
    }
    syntax.push_str(".\n");
    for column in &table.columns {
        value(syntax, column);
    }
    syntax.push_str("VARIABLE LABELS");
    for column in &table.columns {
        let _ = write!(syntax, "\n  {} {}", column.key, text(&column.label));
    }
    syntax.push_str(".\n");
    let passing: Vec<String> = table
        .columns
        .iter()
        .filter(|column| is_coded(column))
        .map(read_as)
        .collect();
    if !passing.is_empty() {
        let _ = writeln!(syntax, "DELETE VARIABLES {}.", passing.join("\n  "));
    }
    // A copy stays open in SPSS and PSPP alike when the next table is read.
    let _ = writeln!(syntax, "EXECUTE.\nDATASET COPY {name}.");
}

/// Scores and yes/no are read as text and become numbers.
const fn is_coded(column: &Column) -> bool {
    matches!(column.kind, Kind::Score(_) | Kind::YesNo)
}

fn read_as(column: &Column) -> String {
    if is_coded(column) {
        format!("{}_", column.key)
    } else {
        column.key.clone()
    }
}

fn format_of(column: &Column) -> String {
    match column.kind {
        Kind::Whole | Kind::Number => "F12.2".to_owned(),
        Kind::Score(_) | Kind::YesNo => "A12".to_owned(),
        Kind::Word(_) => format!("A{SHORT}"),
        Kind::Text => {
            let long = matches!(
                column.key.as_str(),
                "note" | "words" | "reasons" | "codes" | "built_from" | "answers" | "repair_codes"
            );
            format!("A{}", if long { LONG } else { SHORT })
        }
    }
}

/// What makes a column's values what they are.
fn value(syntax: &mut String, column: &Column) {
    let key = &column.key;
    match &column.kind {
        Kind::Whole | Kind::Number => {
            if column.kind == Kind::Whole {
                let _ = writeln!(syntax, "FORMATS {key} (F12.0).");
            }
        }
        // Text that a spreadsheet would take for a formula has an apostrophe before it.
        Kind::Text => {
            let _ = writeln!(
                syntax,
                "IF (SUBSTR({key}, 1, 1) = \"'\") {key} = SUBSTR({key}, 2)."
            );
        }
        Kind::YesNo => {
            let _ = writeln!(
                syntax,
                "RECODE {key}_ ('yes'=1) ('no'=0) (ELSE=SYSMIS) INTO {key}.\nVALUE LABELS {key} 0 'no' 1 'yes'.\nFORMATS {key} (F1.0)."
            );
        }
        Kind::Word(words) => {
            let _ = write!(syntax, "VALUE LABELS {key}");
            for (word, label) in labels(words) {
                let _ = write!(syntax, "\n  {} {}", text(word), text(&label));
            }
            syntax.push_str(".\n");
        }
        Kind::Score(anchors) => {
            let _ = write!(
                syntax,
                "RECODE {key}_ ('1'=1) ('2'=2) ('3'=3) ('4'=4) ('5'=5) ('cannot-judge'={DARK}) (ELSE=SYSMIS) INTO {key}.\nVALUE LABELS {key}"
            );
            for (value, label) in (1..).zip(anchors.iter()) {
                let _ = write!(syntax, "\n  {value} {}", text(label));
            }
            let _ = writeln!(
                syntax,
                "\n  {DARK} 'cannot judge'.\nMISSING VALUES {key} ({DARK}).\nFORMATS {key} (F1.0)."
            );
        }
    }
}

fn text(words: &str) -> String {
    let mut short = String::new();
    for character in words.chars() {
        if short.len() + character.len_utf8() > LABEL {
            break;
        }
        short.push(if character.is_control() { ' ' } else { character });
    }
    format!("'{}'", short.replace('\'', "''"))
}

/// A comment ends with a full stop at the end of its line, so that none may come earlier.
fn comment(words: &str) -> String {
    words
        .chars()
        .map(|character| match character {
            '.' => '·',
            other if other.is_control() => ' ',
            other => other,
        })
        .collect()
}
