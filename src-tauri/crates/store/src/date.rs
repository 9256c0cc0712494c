//! Calendar dates (UTC) from Unix milliseconds, for the names of backups and branches.

const DAY_MS: i64 = 86_400_000;

/// Year, month 1–12, day 1–31 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date
/// algorithms", `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// `2026-11-23`.
pub(crate) fn date(at_ms: i64) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    format!("{year:04}-{month:02}-{day:02}")
}

/// `20261123T182412123Z`: sorts by time, safe in file names.
pub(crate) fn stamp(at_ms: i64) -> String {
    let (year, month, day) = civil(at_ms.div_euclid(DAY_MS));
    let of_day = at_ms.rem_euclid(DAY_MS);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    let (second, ms) = (of_day / 1_000 % 60, of_day % 1_000);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}{ms:03}Z")
}

/// The moment a `stamp` was made from, or `None` where the text is none.
pub(crate) fn from_stamp(text: &str) -> Option<i64> {
    let (day_part, time_part) = text.strip_suffix('Z')?.split_once('T')?;
    if day_part.len() != 8 || time_part.len() != 9 {
        return None;
    }
    let number = |part: &str, from: usize, to: usize| part.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (
        number(day_part, 0, 4)?,
        number(day_part, 4, 6)?,
        number(day_part, 6, 8)?,
    );
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (hour, minute) = (number(time_part, 0, 2)?, number(time_part, 2, 4)?);
    let (second, ms) = (number(time_part, 4, 6)?, number(time_part, 6, 9)?);
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 + ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_dates() {
        for (at_ms, expected) in [
            (0, "1970-01-01"),
            (951_782_400_000, "2000-02-29"),
            (1_709_164_800_000, "2024-02-29"),
            (1_795_478_400_000, "2026-11-24"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(date(at_ms), expected);
        }
    }

    proptest! {
        #[test]
        fn a_stamp_reads_back(at_ms in 0_i64..4_102_444_800_000) {
            prop_assert_eq!(from_stamp(&stamp(at_ms)), Some(at_ms));
        }
    }
}
