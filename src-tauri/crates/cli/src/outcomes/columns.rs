//! `case=Patient,session=Nr`: which heading is what.

use sunder_api::wire::OutcomeColumns;

use crate::exit::Failure;

pub(super) fn parse(text: Option<&str>, scores: Vec<String>) -> Result<OutcomeColumns, Failure> {
    let mut columns = OutcomeColumns {
        scores,
        ..OutcomeColumns::default()
    };
    for part in text
        .unwrap_or_default()
        .split(',')
        .filter(|part| !part.trim().is_empty())
    {
        let told = part
            .split_once('=')
            .map(|(field, heading)| (field.trim(), heading.trim()));
        let (place, heading) = match told {
            Some(("case", heading)) => (&mut columns.case, heading),
            Some(("session", heading)) => (&mut columns.session, heading),
            Some(("perspective", heading)) => (&mut columns.perspective, heading),
            Some(("name", heading)) => (&mut columns.name, heading),
            Some(("score", heading)) => (&mut columns.score, heading),
            _ => {
                return Err(Failure::usage(
                    "A column is chosen as FIELD=HEADING, with case, session, perspective, name or score as field: \
                     --columns case=Patient,session=Nr.",
                ));
            }
        };
        *place = Some(heading.to_owned());
    }
    Ok(columns)
}
