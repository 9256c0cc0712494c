//! What every reader hands on: a stretch of speech as the file has it, before it becomes a turn.

/// One cue, row, or paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Utterance {
    /// Offset in the decoded text, for warnings.
    pub(crate) at: usize,
    pub(crate) speaker: Option<String>,
    pub(crate) start_ms: Option<u32>,
    pub(crate) end_ms: Option<u32>,
    /// The file gives no such time; the reader worked it out from the times around it.
    pub(crate) start_estimated: bool,
    pub(crate) end_estimated: bool,
    pub(crate) text: String,
}

impl Utterance {
    /// Adds a further line or cue to what is said.
    pub(crate) fn append(&mut self, separator: char, text: &str) {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push(separator);
        }
        self.text.push_str(text);
    }
}

#[cfg(test)]
impl Utterance {
    /// `speaker|start|end|text` as tests compare it: `-` for no time, `~` before one that is estimated.
    pub(crate) fn told(&self) -> String {
        let show = |ms: Option<u32>, estimated: bool| {
            let mark = if estimated { "~" } else { "" };
            ms.map_or("-".to_owned(), |ms| format!("{mark}{ms}"))
        };
        let speaker = self.speaker.as_deref().unwrap_or_default();
        let start = show(self.start_ms, self.start_estimated);
        let end = show(self.end_ms, self.end_estimated);
        format!("{speaker}|{start}|{end}|{}", self.text)
    }
}
