//! The strings that cells share.

use crate::markup::{Markup, Node, Problem};

/// All strings, in the order that cells count them.
pub(super) fn strings(xml: &str) -> Result<Vec<String>, Problem> {
    let mut markup = Markup::new(xml);
    let mut done = Vec::new();
    let mut text = Runs::default();
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Close(closing) if closing.name() == "si" => done.push(std::mem::take(&mut text).text),
            node => text.take(&node),
        }
    }
    Ok(done)
}

/// Text in runs, without what tells how a word is spoken (`rPh`).
#[derive(Default)]
pub(super) struct Runs {
    pub(super) text: String,
    inside: bool,
    phonetic: bool,
}

impl Runs {
    pub(super) fn take(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(element) => match element.name() {
                "t" => self.inside = true,
                "rPh" => self.phonetic = true,
                _ => {}
            },
            Node::Close(closing) => match closing.name() {
                "t" => self.inside = false,
                "rPh" => self.phonetic = false,
                _ => {}
            },
            Node::Text(text) if self.inside && !self.phonetic => self.text.push_str(text),
            Node::Text(_) => {}
        }
    }
}
