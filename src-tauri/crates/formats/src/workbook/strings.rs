//! The strings that cells share.

use crate::markup::{Markup, Node, Problem};

/// All strings, in the order that cells count them.
pub(super) fn strings(xml: &str) -> Result<Vec<String>, Problem> {
    let mut markup = Markup::new(xml);
    let mut done = Vec::new();
    let mut text = Runs::default();
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Close(closing) if closing.name() == "si" => {
                done.push(unescaped(std::mem::take(&mut text).text));
            }
            node => text.take(&node),
        }
    }
    Ok(done)
}

/// The text with signs in place of their escapes (`_x000D_`), as ISO/IEC 29500-1, 22.9.2.19 has them.
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, from)) = rest.split_once("_x") {
        plain.push_str(before);
        match escaped(from) {
            Some((sign, after)) => {
                plain.push(sign);
                rest = after;
            }
            None => {
                plain.push_str("_x");
                rest = from;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The sign of `000D_` and what follows it.
fn escaped(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.split_at_checked(4)?;
    let after = after.strip_prefix('_')?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some((char::from_u32(code)?, after))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let check = |text: &str, expected| assert_eq!(unescaped(text.into()), expected);
        check("one_x000D_\ntwo", "one\r\ntwo");
        check("_x005F_x000D_", "_x000D_");
        check("file_x, _x12 _xD800_ _x+12A_", "file_x, _x12 _xD800_ _x+12A_");
        let xml = "<sst><si><r><t>a_x00</t></r><r><t>41_</t></r></si></sst>";
        assert_eq!(strings(xml).unwrap(), ["aA"]);
    }
}
