use super::*;
use crate::error::FormatError;

fn check(list: &str, text: &str, expected: &str) {
    let list = Pseudonyms::parse(list).unwrap();
    assert_eq!(list.replaced(text), expected, "{text}");
}

#[test]
fn whole_words_in_their_case() {
    check(
        "Anna = Ada",
        "Anna, ANNA and anna; Annas, Johanna",
        "Ada, ADA and ada; Annas, Johanna",
    );
    check(
        "Anna = Ada",
        "Anna's (Anna) Anna-Maria “Anna”.",
        "Ada's (Ada) Ada-Maria “Ada”.",
    );
    check("berlin => [city]", "BERLIN, Berlin, x", "[CITY], [city], x");
    check("A = B", "A a AA", "B b AA");
    check("Łukasz → Jan", "łukasz ŁUKASZ Łukasza", "jan JAN Łukasza");
    check("O'Neil = Lind", "o’neil O'Neils", "lind O'Neils");
    check("张三 = 某人", "我是张三吗", "我是某人吗");
}

#[test]
fn the_longest_is_taken_and_what_is_put_in_stays() {
    let list = "Anna = Ada\nAnna Lind = Eva Berg\nAda = Uma\n";
    check(
        list,
        "Anna  Lind, Anna\nLind, Anna and Ada",
        "Eva Berg, Eva Berg, Ada and Uma",
    );
    check("Frank = Carl\nFrank* = [name]", "Frank, Franks", "Carl, [name]");
}

#[test]
fn patterns() {
    check(
        "##### = [code]",
        "10115 Berlin, 1011 and 101155",
        "[code] Berlin, 1011 and 101155",
    );
    check("*straße = [street]", "no", "no");
    check("0## #* = [phone]", "call 030 123456 now", "call [phone] now");
    check(
        "Lind* = [name]",
        "Linda, Lindt, Lind; Berlind",
        "[name], [name], [name]; Berlind",
    );
}

#[test]
fn lists_as_they_are_written() {
    let list = Pseudonyms::parse("\u{FEFF}// names\nAnna\tAda\r\n\n  Bo = Per \n").unwrap();
    assert_eq!((list.len(), list.line(0), list.line(1)), (2, Some(2), Some(4)));
    assert_eq!(list.replaced("Anna and Bo"), "Ada and Per");
    for wrong in ["Anna", "= Ada", "Anna =", "* = x", "- = x"] {
        let text = format!("Bo = Per\n{wrong}\n");
        let refused = Pseudonyms::parse(&text);
        assert_eq!(refused, Err(FormatError::PseudonymLine { line: 2 }), "{wrong}");
    }
    assert!(Pseudonyms::parse("\n// none\n").unwrap().is_empty());
}

#[test]
fn hits_say_what_stands_around() {
    let list = Pseudonyms::parse("Anna = Ada\nBo = Per").unwrap();
    let mut replacing = Replacing::by(&list);
    let text = replacing.text("So Anna came with Bo.").unwrap();
    assert_eq!(text, "So Ada came with Per.");
    replacing.place(0, 0, Some(3));
    let hit = replacing.hits.last().unwrap();
    assert_eq!(
        (hit.entry, hit.turn, hit.before.as_str(), hit.after.as_str()),
        (1, Some(3), "So Ada came with ", ".")
    );
    assert_eq!(replacing.text("nobody here"), None);
    assert_eq!(replacing.hits.len(), 2);
    assert_eq!(replacing.counts, [1, 1]);
    replacing.text(&"Bo ".repeat(20_000));
    assert_eq!(
        (replacing.hits.len(), replacing.counts),
        (10_000, vec![1, 20_001])
    );
}
