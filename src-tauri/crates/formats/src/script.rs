//! What is known of writing systems.

/// Chinese, Japanese, Thai, Lao, Khmer and Burmese signs, which stand without spaces between words.
pub(crate) const fn stands_without_spaces(sign: char) -> bool {
    matches!(
        sign,
        '\u{0E00}'..='\u{0EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{3040}'..='\u{30FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}

/// A letter, a digit, or an accent that stands as a sign of its own.
pub(crate) fn belongs_to_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '\u{300}'..='\u{36F}')
}
