//! The page and its pieces. Every text goes through [`escaped`].

/// The text as HTML shows it, also inside quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A paragraph of text.
pub(super) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

/// A part with a heading; `content` is HTML.
pub(super) fn section(title: &str, content: &str) -> String {
    let content = if content.is_empty() {
        "<p>Nothing.</p>\n"
    } else {
        content
    };
    format!("<section>\n<h2>{}</h2>\n{content}</section>\n", escaped(title))
}

/// A table of texts; rows may be shorter than the head. Figures stand to the right.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = String::from("<table>\n<thead><tr>");
    for name in head {
        table.push_str(&format!("<th scope=\"col\">{}</th>", escaped(name)));
    }
    table.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        table.push_str("<tr>");
        for (column, field) in row.iter().enumerate() {
            let field_html = escaped(field);
            table.push_str(&match column {
                0 => format!("<th scope=\"row\">{field_html}</th>"),
                _ if is_figure(field) => format!("<td class=\"figure\">{field_html}</td>"),
                _ => format!("<td>{field_html}</td>"),
            });
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</tbody>\n</table>\n");
    table
}

fn is_figure(field: &str) -> bool {
    let start = field.trim_start_matches(['−', '-', '.', '[']);
    start.starts_with(|letter: char| letter.is_ascii_digit()) && !field.contains(' ')
}

/// A list of texts.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items
        .iter()
        .map(|item| format!("<li>{}</li>\n", escaped(item.as_ref())))
        .collect();
    format!("<ul>\n{items}</ul>\n")
}

const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d1c1a;background:#fdfcfa}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2.5rem}h3{font-size:1rem}
.lead{font-size:1.1rem}.quiet{color:#5d5950}
table{border-collapse:collapse;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #e4e0d9;padding:.3rem .7rem;text-align:left;vertical-align:top;font-weight:normal}
thead th{font-weight:600}td.figure{text-align:right}
blockquote{margin:.25rem 0;font-family:serif}
@media(prefers-color-scheme:dark){body{color:#e9e7e2;background:#17181b}th,td{border-color:#303339}.quiet{color:#a9a69e}}
";

/// The whole page around `body`, which is HTML.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(title)
    )
}

#[cfg(test)]
mod tests {
    use super::{escaped, table};

    #[test]
    fn nothing_that_was_typed_is_taken_for_markup() {
        assert_eq!(
            escaped("<script>alert('a & \"b\"')</script>"),
            "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;"
        );
        let shown = table(&["<a>"], &[vec!["<b>".to_owned(), ".81".to_owned()]]);
        assert!(shown.contains("&lt;a&gt;") && shown.contains("&lt;b&gt;"));
        assert!(shown.contains("<td class=\"figure\">.81</td>"));
    }
}
