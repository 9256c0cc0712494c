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

/// Letters of hours or seconds outside quotes, escapes and brackets, or alone in brackets (`[mm]`). Other brackets hold
/// colours, conditions and languages.
fn shows_time(code: &str) -> bool {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => return false,
            '"' => {
                signs.by_ref().find(|sign| *sign == '"');
            }
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let lower = inside.to_ascii_lowercase();
                if ["h", "m", "s"]
                    .iter()
                    .any(|unit| !lower.is_empty() && lower.replace(unit, "").is_empty())
                {
                    return true;
                }
            }
            'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_show_times() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm:ss\"/><numFmt numFmtId=\"165\" formatCode=\"0.0&quot;h&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"46\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"21\"/></cellXfs></styleSheet>";
        assert_eq!(times(xml), Ok(vec![false, true, false, true]));
    }

    #[test]
    fn codes_that_show_times() {
        for code in [
            "m:ss",
            "mm:ss",
            "h:mm",
            "[h]:mm:ss",
            "[mm]:ss",
            "[ss].0",
            "[$-409]h:mm AM/PM",
            "mm:ss.000;@",
        ] {
            assert!(shows_time(code), "{code}");
        }
        for code in [
            "General",
            "0.0",
            "[White]0.0;-0.0",
            "[Cyan]0",
            "yyyy-mm-dd",
            "0.0\\s",
            "0_s",
            "[>9]0\"h\"",
            "0;h",
        ] {
            assert!(!shows_time(code), "{code}");
        }
    }
}
