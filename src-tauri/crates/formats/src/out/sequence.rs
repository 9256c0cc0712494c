//! Event sequences for lag-sequential analysis: timed events as SDIS has them, which GSEQ reads.
//!
//! One line of data for each coding of a session. A conflict is an event by its mode and, where classes may be seen, its
//! class (`withdrawal_rupture`); a repair attempt by its family and depth. Times are whole seconds, ends exclusive; an
//! event without length lasts a second.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sunder_domain::{Class, Depth, FamilyKind, Mode, mode_of};

use super::column::column_name;
use super::material::{Case, CodedSession, Session};
use super::setting::Setting;
use super::{OutError, Target, Writer};

/// Gathers the sequences.
pub(super) struct Sequences {
    setting: Setting,
    data: String,
}

impl Sequences {
    pub(super) fn new(setting: Setting) -> Self {
        Self {
            setting,
            data: String::new(),
        }
    }
}

impl Writer for Sequences {
    fn case(&mut self, case: &Case, _: &mut dyn Target) -> Result<(), OutError> {
        for session in &case.sessions {
            for coded in &session.codings {
                self.data.push_str(&sequence(&self.setting, case, session, coded));
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>, target: &mut dyn Target) -> Result<(), OutError> {
        let mut file = target.file("")?;
        write!(file, "Timed")?;
        let codes = codes(&self.setting);
        write!(file, " ({})", codes.join(" "))?;
        writeln!(file, ";")?;
        for line in super::dictionary::about_text(&self.setting).lines().take(4) {
            writeln!(file, "% {} %", line.replace('%', " "))?;
        }
        file.write_all(self.data.as_bytes())?;
        Ok(file.flush()?)
    }
}

/// Every code that can occur.
fn codes(setting: &Setting) -> Vec<String> {
    let mut codes = BTreeSet::new();
    for mode in Mode::ALL {
        if setting.classes {
            codes.extend(Class::ALL.iter().map(|class| conflict_code(*mode, Some(*class))));
        } else {
            codes.insert(conflict_code(*mode, None));
        }
    }
    for family in &setting.codebook.families {
        match family.kind {
            FamilyKind::Conflict => {}
            FamilyKind::Repair => {
                let depths = Depth::ALL.iter().copied().map(Some).chain([None]);
                codes.extend(depths.map(|depth| repair_code(&family.key, depth)));
            }
            FamilyKind::Other => {
                codes.insert(column_name(&family.key));
            }
        }
    }
    codes.into_iter().collect()
}

fn conflict_code(mode: Mode, class: Option<Class>) -> String {
    let mode = match mode {
        Mode::None => "care",
        shown => shown.key(),
    };
    match class {
        Some(class) => format!("{mode}_{}", class.key()),
        None => mode.to_owned(),
    }
}

fn repair_code(family: &str, depth: Option<Depth>) -> String {
    let family = column_name(family);
    match depth {
        Some(depth) => format!("{family}_{}", depth.key()),
        None => family,
    }
}

fn sequence(setting: &Setting, case: &Case, session: &Session, coded: &CodedSession) -> String {
    let mut events = events(setting, coded);
    events.sort();
    let last = events.iter().map(|(_, end, _)| *end).max().unwrap_or(0);
    let end = coded.transcript.duration_ms().div_ceil(1_000).max(last).max(1);
    let label = format!("{} {}", session.label(case), super::naming::set_name(coded));
    let mut line = format!("<{}> ,0", plain(&label));
    for (start, end, code) in events {
        let _ = write!(line, "\n{code},{start}-{end}");
    }
    let _ = writeln!(line, "\n,{end} /");
    line
}

/// Start and end in seconds, and the code.
fn events(setting: &Setting, coded: &CodedSession) -> Vec<(u32, u32, String)> {
    let mut events = Vec::new();
    let mut add = |(start_ms, end_ms): (u32, u32), code: String| {
        let start = start_ms / 1_000;
        events.push((start, end_ms.div_ceil(1_000).max(start + 1), code));
    };
    for (conflict, markers) in coded.conflicts() {
        if let Some(extent) = coded.extent(&markers) {
            let mode = mode_of(markers.iter().map(|marker| marker.code.family()));
            let class = coded.classes.get(&conflict.id).map(|judged| judged.class);
            add(extent, conflict_code(mode, class));
        }
    }
    for marker in coded.markers() {
        let code = match setting.codebook.kind_of(&marker.code) {
            Some(FamilyKind::Repair) => repair_code(marker.code.family(), marker.depth),
            Some(FamilyKind::Other) => column_name(marker.code.family()),
            Some(FamilyKind::Conflict) | None => continue,
        };
        add(coded.span(marker), code);
    }
    events
}

/// What may stand in a label of SDIS.
fn plain(label: &str) -> String {
    label
        .chars()
        .map(|character| {
            if "<>%/,;".contains(character) || character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}
