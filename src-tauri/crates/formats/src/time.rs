//! Times as files write them: `h:mm:ss.mmm`, `mm:ss`, `0:0:0.570`, bare seconds; bracketed or leading stamps.

/// How a bare number in a time column is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Milliseconds,
}

/// A clock time at the start of `text`: milliseconds and how many bytes it takes. Seconds are below 60, and so
/// are minutes where hours are given; a comma may stand for the point.
pub(crate) fn clock_prefix(text: &str) -> Option<(u32, usize)> {
    let mut parts = [0_u64; 3];
    let mut count = 0;
    let mut at = 0;
    loop {
        let digits = leading_digits(text.get(at..)?);
        let limit = if count == 0 { 1..=5 } else { 1..=2 };
        if !limit.contains(&digits.len()) {
            return None;
        }
        *parts.get_mut(count)? = digits.parse().ok()?;
        count += 1;
        at += digits.len();
        let more = text
            .get(at..)
            .is_some_and(|rest| rest.starts_with(':') && starts_with_digit(rest.get(1..)));
        if !more || count == 3 {
            break;
        }
        at += 1;
    }
    let (hours, minutes, seconds) = match (count, parts) {
        (2, [minutes, seconds, _]) => (0, minutes, seconds),
        (3, [hours, minutes, seconds]) if minutes < 60 => (hours, minutes, seconds),
        _ => return None,
    };
    if seconds >= 60 {
        return None;
    }
    let rest = text.get(at..)?;
    let mut thousandths = 0;
    if rest.starts_with(['.', ',']) && starts_with_digit(rest.get(1..)) {
        let digits = leading_digits(rest.get(1..)?);
        thousandths = fraction_ms(digits);
        at += 1 + digits.len();
    }
    let total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
    Some((u32::try_from(total).ok()?, at))
}

/// The whole of `text` as a clock time.
pub(crate) fn clock(text: &str) -> Option<u32> {
    let text = text.trim();
    clock_prefix(text).and_then(|(ms, length)| (length == text.len()).then_some(ms))
}

/// A cell of a time column: a clock time, a bare number of the column's unit, or a stamp or range as text has them.
pub(crate) fn cell(text: &str, unit: Unit) -> Option<u32> {
    span(text, unit).map(|(start_ms, _)| start_ms)
}

/// A cell of a time column with the end that a range tells (`0:05 - 0:09`).
pub(crate) fn span(text: &str, unit: Unit) -> Option<(u32, Option<u32>)> {
    let text = text.trim();
    let stamp = || {
        let stamp = leading_stamp(text).filter(|stamp| stamp.length == text.len())?;
        Some((stamp.start_ms, stamp.end_ms))
    };
    let alone = clock(text).or_else(|| bare(text, unit));
    alone.map(|start_ms| (start_ms, None)).or_else(stamp)
}

/// A bare number (`12`, `12.5`, `12,5`, `12.5s`).
pub(crate) fn bare(text: &str, unit: Unit) -> Option<u32> {
    let text = text.trim();
    let text = if unit == Unit::Seconds {
        text.strip_suffix('s').unwrap_or(text).trim_end()
    } else {
        text
    };
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let ms = match unit {
        Unit::Seconds => whole.checked_mul(1000)?.checked_add(fraction_ms(fraction))?,
        Unit::Milliseconds => whole,
    };
    u32::try_from(ms).ok()
}

/// Digits after the point, as thousandths, rounded half up.
fn fraction_ms(digits: &str) -> u64 {
    let digit = |index: usize| {
        digits
            .as_bytes()
            .get(index)
            .map_or(0, |byte| u64::from(byte.saturating_sub(b'0')))
    };
    digit(0) * 100 + digit(1) * 10 + digit(2) + u64::from(digit(3) >= 5)
}

fn leading_digits(text: &str) -> &str {
    let end = text
        .bytes()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

fn starts_with_digit(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.starts_with(|character: char| character.is_ascii_digit()))
}

/// A time mark in a text: `[00:12:03]`, `(12:03)`, `[0:05 - 0:09]`, `#00:12:03-4#`, `00:12:03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) start_ms: u32,
    pub(crate) end_ms: Option<u32>,
    /// In bytes.
    pub(crate) length: usize,
    /// No brackets around it, and no hours: could be a time of day that somebody speaks of.
    pub(crate) weak: bool,
}

/// The stamp that `text` starts with.
pub(crate) fn leading_stamp(text: &str) -> Option<Stamp> {
    let closing = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        '<' => '>',
        '#' => '#',
        character if character.is_ascii_digit() => return bare_stamp(text),
        _ => return None,
    };
    let inside = text.get(1..)?;
    let skipped = inside.len() - inside.trim_start_matches(' ').len();
    let (start_ms, end_ms, length) = range_prefix(inside.get(skipped..)?, closing == '#')?;
    let rest = inside.get(skipped + length..)?;
    let padding = rest.len() - rest.trim_start_matches(' ').len();
    rest.trim_start_matches(' ').starts_with(closing).then_some(())?;
    Some(Stamp {
        start_ms,
        end_ms,
        length: 1 + skipped + length + padding + 1,
        weak: false,
    })
}

fn bare_stamp(text: &str) -> Option<Stamp> {
    let (_, first) = clock_prefix(text)?;
    let (start_ms, end_ms, length) = range_prefix(text, false)?;
    let clean = text.get(length..)?.chars().next().is_none_or(char::is_whitespace);
    let hours = text.get(..first)?.matches(':').count() == 2;
    clean.then_some(Stamp {
        start_ms,
        end_ms,
        length,
        weak: !hours && end_ms.is_none(),
    })
}

/// One clock time, or two with a dash or arrow between. Between number signs `-4` is tenths of a second.
fn range_prefix(text: &str, tenths: bool) -> Option<(u32, Option<u32>, usize)> {
    let (start_ms, length) = clock_prefix(text)?;
    let rest = text.get(length..)?;
    if tenths {
        let digits = rest.strip_prefix('-').map(leading_digits).unwrap_or("");
        let extra = if digits.is_empty() { 0 } else { digits.len() + 1 };
        return Some((
            start_ms.checked_add(u32::try_from(fraction_ms(digits)).ok()?)?,
            None,
            length + extra,
        ));
    }
    let trimmed = rest.trim_start_matches(' ');
    let arrow = ["-->", "->", "–", "—", "-"]
        .into_iter()
        .find_map(|arrow| trimmed.strip_prefix(arrow));
    if let Some(after) = arrow.map(|after| after.trim_start_matches(' '))
        && let Some((end_ms, end_length)) = clock_prefix(after)
    {
        return Some((start_ms, Some(end_ms), text.len() - after.len() + end_length));
    }
    Some((start_ms, None, length))
}

/// A stamp between number signs at the end of a line, which tells when the turn ended, and where it starts.
pub(crate) fn trailing_end(text: &str) -> Option<(u32, usize)> {
    let body = text.trim_end().strip_suffix('#')?;
    let at = body.rfind('#')?;
    let stamp = leading_stamp(text.get(at..)?)?;
    Some((stamp.start_ms, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        let check = |text, ms| assert_eq!(clock(text), ms, "{text}");
        check("00:12:03", Some(723_000));
        check("12:03", Some(723_000));
        check("75:10", Some(4_510_000));
        check("0:0:0.570", Some(570));
        check("00:00:07,5", Some(7_500));
        check(" 1:02:03.4567 ", Some(3_723_457));
        check("00:00:00.9996", Some(1_000));
        check("1:60:00", None);
        check("12:60", None);
        check("12", None);
        check("12:3x", None);
        check("1:2:3:4", None);
        check("99999:00:00", None);
        check("-1:00", None);
        check("", None);
    }

    #[test]
    fn bare_numbers() {
        let check = |text, unit, ms| assert_eq!(bare(text, unit), ms, "{text}");
        check("12", Unit::Seconds, Some(12_000));
        check("12.5", Unit::Seconds, Some(12_500));
        check("12,5 s", Unit::Seconds, Some(12_500));
        check(".25", Unit::Seconds, Some(250));
        check("1500", Unit::Milliseconds, Some(1_500));
        check("-3", Unit::Seconds, None);
        check("1e3", Unit::Seconds, None);
        check("", Unit::Seconds, None);
        check(".", Unit::Seconds, None);
        check("99999999999999999999", Unit::Seconds, None);
        check("5000000", Unit::Seconds, None);
    }

    #[test]
    fn cells() {
        let check = |text, told| assert_eq!(span(text, Unit::Seconds), told, "{text}");
        check("12.5", Some((12_500, None)));
        check(" 0:12 ", Some((12_000, None)));
        check("[00:00:12]", Some((12_000, None)));
        check("0:00.0 - 0:12.5", Some((0, Some(12_500))));
        check("0:12 late", None);
    }

    #[test]
    fn stamps() {
        let check = |text, start_ms, end_ms, length, weak| {
            assert_eq!(
                leading_stamp(text),
                Some(Stamp {
                    start_ms,
                    end_ms,
                    length,
                    weak
                }),
                "{text}"
            );
        };
        check("[00:12:03] so", 723_000, None, 10, false);
        check("(12:03) so", 723_000, None, 7, false);
        check("[ 0:05 - 0:09 ] so", 5_000, Some(9_000), 15, false);
        check("[00:00.000 --> 00:05.500] so", 0, Some(5_500), 25, false);
        check("#00:12:03-4# so", 723_400, None, 12, false);
        check("00:12:03 so", 723_000, None, 8, false);
        check("12:03 so", 723_000, None, 5, true);
        for text in [
            "(p:00:05) so",
            "(5) so",
            "12:03pm",
            "[laughs]",
            "12 so",
            "(12:03 so",
        ] {
            assert_eq!(leading_stamp(text), None, "{text}");
        }
        assert_eq!(trailing_end("and so. #00:01:02-5#"), Some((62_500, 8)));
        assert_eq!(trailing_end("and so #"), None);
    }
}
