//! Figures are written as the window drew them, by the lead alone.

use serde_json::json;
use sunder_api::ErrorCode;

use crate::program::Program;

#[test]
fn a_figure_is_written_as_it_was_drawn() {
    let (mut program, _) = Program::sample();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("curve.svg");
    let drawn = r#"<svg xmlns="http://www.w3.org/2000/svg"/>"#;
    let wanted = json!({ "path": path, "form": "svg", "bytes": drawn.as_bytes() });
    assert_eq!(
        program.try_call("figure_save", wanted.clone()).unwrap_err().code,
        ErrorCode::NotAllowed
    );

    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    program.call("figure_save", wanted);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), drawn);
}

#[test]
fn what_is_no_picture_is_not_written() {
    let (mut program, _) = Program::sample();
    program.call("person_choose", json!({ "person": { "kind": "lead" } }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("curve.png");
    let wanted = json!({ "path": path, "form": "png", "bytes": b"<svg/>" });
    assert_eq!(
        program.try_call("figure_save", wanted).unwrap_err().code,
        ErrorCode::BadRequest
    );
    assert!(!path.exists());
}
