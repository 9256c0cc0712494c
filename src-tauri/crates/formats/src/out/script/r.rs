//! An R script: base R, nothing to install.

use std::fmt::Write as _;

use super::labels;
use crate::out::column::{Column, Kind};
use crate::out::setting::Setting;
use crate::out::tables::Table;

/// How columns are turned into what R works with. Everything is read as text first, so that nothing is guessed.
const READING: &str = r#"read_text <- function(file) {
  read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
}
# Text that a spreadsheet would take for a formula has an apostrophe before it; here it is taken off.
as_text <- function(x, label) {
  structure(sub("^'", "", x), label = label)
}
as_count <- function(x, label) {
  structure(as.numeric(x), label = label)
}
as_yes_no <- function(x, label) {
  structure(x == "yes", label = label)
}
as_word <- function(x, label, levels, labels) {
  structure(factor(sub("^'", "", x), levels = levels, labels = labels), label = label)
}
# A score is 1 to 5 or missing; a column beside it says where the rater could not judge.
with_score <- function(data, column, label, labels) {
  given <- data[[column]]
  value <- suppressWarnings(as.integer(given))
  data[[column]] <- structure(value, label = label, labels = labels)
  dark <- structure(!is.na(given) & given == "cannot-judge", label = paste0(label, ": cannot judge"))
  data[[paste0(column, "_cannot_judge")]] <- dark
  data
}
"#;

/// The script.
pub(in crate::out) fn r(setting: &Setting, tables: &[Table]) -> String {
    let origin = &setting.origin;
    let mut script = format!(
        "# Reads the tables beside this file: source(\"read.R\", chdir = TRUE).\n# Study: {}\n# Program: {}\n",
        one_line(&origin.study),
        one_line(&origin.program)
    );
    if setting.classes {
        let _ = writeln!(script, "# Rule: {} (rule.json)", one_line(origin.rule_name()));
    }
    let _ = writeln!(script, "\n{READING}");
    for table in tables {
        let name = table.name;
        let _ = writeln!(
            script,
            "# One row is {}.\n{name} <- read_text(\"{name}.csv\")",
            table.about
        );
        for column in &table.columns {
            let _ = writeln!(script, "{}", line(name, column));
        }
        script.push('\n');
    }
    script
}

fn line(table: &str, column: &Column) -> String {
    let key = &column.key;
    let label = text(&column.label);
    let simple = |function: &str| format!("{table}${key} <- {function}({table}${key}, {label})");
    match &column.kind {
        Kind::Text => simple("as_text"),
        Kind::Whole | Kind::Number => simple("as_count"),
        Kind::YesNo => simple("as_yes_no"),
        Kind::Word(words) => {
            let (keys, labels): (Vec<String>, Vec<String>) = labels(words)
                .into_iter()
                .map(|(key, label)| (text(key), text(&label)))
                .unzip();
            format!(
                "{table}${key} <- as_word({table}${key}, {label},\n  c({}),\n  c({}))",
                keys.join(", "),
                labels.join(", ")
            )
        }
        Kind::Score(anchors) => {
            let labels: Vec<String> = (1..)
                .zip(anchors.iter())
                .map(|(value, name)| format!("{} = {value}", text(name)))
                .collect();
            format!(
                "{table} <- with_score({table}, \"{key}\", {label},\n  c({}))",
                labels.join(", ")
            )
        }
    }
}

/// A text of R, in ASCII, so that it reads alike whatever the locale.
fn text(words: &str) -> String {
    let mut quoted = String::from("\"");
    for character in words.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            ' '..='~' => quoted.push(character),
            other => {
                let _ = write!(quoted, "\\U{{{:x}}}", u32::from(other));
            }
        }
    }
    quoted.push('"');
    quoted
}

fn one_line(words: &str) -> String {
    words
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}
