//! The sample study, and what `npm start` shows where there is no display.

use crate::desk::Desk;

#[test]
fn a_session_of_the_sample_is_shown_in_80_columns() {
    let desk = Desk::new();
    let shown = desk.done(&["demo"]);
    assert_eq!(shown.said, "");
    let copy = desk.path("home/Sunder/Sample study.sunder");
    assert!(copy.is_file() || desk.path("home/Documents/Sunder/Sample study.sunder").is_file());
    shown.prints("Sample study · Ada · 3");
    for heading in ["Ruptures (", "Strains (", "Totals", "Build-ups proposed"] {
        shown.prints(heading);
    }
    let totals = |name: &str| -> usize {
        let line = shown
            .out
            .lines()
            .find(|line| line.ends_with(&format!("  {name}")))
            .unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    shown.prints(&format!("Ruptures ({})", totals("ruptures")));
    shown.prints(&format!("Strains ({})", totals("strains")));
    assert_eq!(
        totals("conflicts in all"),
        totals("ruptures") + totals("strains") + totals("not scored")
    );
    // Every conflict has its reason in words.
    let reasons = shown
        .out
        .lines()
        .filter(|line| line.contains("significance ") && line.contains(" cut 3"))
        .count();
    assert_eq!(reasons, totals("ruptures") + totals("strains"));
    let widest = shown.out.lines().max_by_key(|line| line.chars().count()).unwrap();
    assert!(widest.chars().count() <= 80, "{widest}");
    assert!(
        !shown.out.contains('\u{1b}'),
        "colours only where a terminal shows them"
    );
}

#[test]
fn the_users_copy_is_never_overwritten() {
    let desk = Desk::new();
    desk.done(&["demo"]);
    let path = [
        desk.path("home/Sunder/Sample study.sunder"),
        desk.path("home/Documents/Sunder/Sample study.sunder"),
    ]
    .into_iter()
    .find(|path| path.is_file())
    .unwrap();
    let file = path.display().to_string();
    desk.done(&["coding", "import", &file, &own(&desk)]);
    desk.done(&["demo"]);
    let kept = desk.data(&["coding", "export", &file, "--rater", "Somebody"]);
    assert_eq!(kept["rater"], "Somebody");
}

fn own(desk: &Desk) -> String {
    let coding = std::fs::read_to_string(crate::desk::sample("codings/ada-2-novak.json")).unwrap();
    let path = desk.write("own.json", coding.replace("R. Novak", "Somebody"));
    path.display().to_string()
}

#[test]
fn the_page_is_data_too() {
    let desk = Desk::new();
    let view = desk.data(&["demo"]);
    assert!(view["transcript"]["turns"].as_array().unwrap().len() >= 120);
    assert!(
        view["coding"]["conflicts"]
            .as_array()
            .unwrap()
            .iter()
            .all(|conflict| conflict["verdict"].is_object())
    );
}
