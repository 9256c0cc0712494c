//! Which of a workbook's cell styles show a number as a time or date.

use crate::markup::{Markup, Node, Problem};

/// Formats that every workbook has: dates, times, and lengths of time.
const BUILT_IN: [std::ops::RangeInclusive<u32>; 2] = [14..=22, 45..=47];

/// For every style of a cell, whether it shows times.
pub(super) fn times(xml: &str) -> Result<Vec<bool>, Problem> {
    let mut markup = Markup::new(xml);
    let mut own: Vec<u32> = Vec::new();
    let mut done = Vec::new();
    let mut in_cells = false;
    while let Some((_, node)) = markup.next()? {
        match node {
            Node::Open(element) => {
                let id = |name: &str| element.attribute(name).and_then(|id| id.parse().ok());
                match element.name() {
                    "numFmt"
                        if element
                            .attribute("formatCode")
                            .is_some_and(|code| shows_time(&code)) =>
                    {
                        own.extend(id("numFmtId"));
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let format: u32 = id("numFmtId").unwrap_or(0);
                        let built_in = BUILT_IN.iter().any(|range| range.contains(&format));
                        done.push(built_in || own.contains(&format));
                    }
                    _ => {}
                }
            }
            Node::Close(closing) => in_cells &= closing.name() != "cellXfs",
            Node::Text(_) => {}
        }
    }
    Ok(done)
}

/// Letters of hours, minutes or seconds outside quotes and brackets that hold colours.
fn shows_time(code: &str) -> bool {
    let mut quoted = false;
    let mut plain = String::new();
    for sign in code.chars() {
        quoted ^= sign == '"';
        if !quoted {
            plain.extend(sign.to_lowercase());
        }
    }
    plain.contains('h') || plain.contains("mm:ss") || plain.contains("[m") || plain.contains("[s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_show_times() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss\"/><numFmt numFmtId=\"165\" formatCode=\"0.0&quot;h&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"46\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"21\"/></cellXfs></styleSheet>";
        assert_eq!(times(xml), Ok(vec![false, true, false, true]));
    }
}
