//! JSON Schemas of the files that other programs read and write.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};

/// Name and text of every schema, as committed under `schemas/json`.
#[must_use]
pub fn json_schemas() -> Vec<(&'static str, String)> {
    vec![
        ("codebook", schema::<sunder_domain::Codebook>("A codebook")),
        (
            "rule",
            schema::<sunder_domain::Rule>("A rule that tells strain from rupture"),
        ),
        ("transcript", schema::<sunder_domain::Transcript>("A transcript")),
        (
            "coding",
            schema::<sunder_domain::Coding>("One rater's coding of one session"),
        ),
        (
            "export",
            schema::<sunder_formats::out::ExportFile>("Codings of a study, exported"),
        ),
    ]
}

fn schema<T: JsonSchema>(title: &str) -> String {
    let mut schema = SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
