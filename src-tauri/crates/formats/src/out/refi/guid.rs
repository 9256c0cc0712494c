//! GUIDs that follow from what they stand for: the same study gives the same file.

/// The GUID of a thing of this kind. Two 64-bit FNV-1a hashes (Fowler, Noll, Vo) over kind and name, with the marks of a
/// UUID of version 8 (RFC 9562).
pub(super) fn guid(kind: &str, name: &str) -> String {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = |seed: u64| {
        let bytes = kind.bytes().chain([0]).chain(name.bytes());
        bytes.fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    };
    let high = hash(0xcbf2_9ce4_8422_2325);
    let low = hash(high ^ 0x9e37_79b9_7f4a_7c15);
    let high = high & 0xffff_ffff_ffff_0fff | 0x8000;
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::guid;

    #[test]
    fn a_guid_has_its_form_and_follows_from_what_it_stands_for() {
        let one = guid("code", "withdrawal/denial");
        assert_eq!(one.len(), 36);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(one.as_bytes()[14], b'8');
        assert!(b"89ab".contains(&one.as_bytes()[19]));
        assert_eq!(one, guid("code", "withdrawal/denial"));
        let mut others: Vec<String> = (0..10_000).map(|n| guid("marker", &n.to_string())).collect();
        others.sort();
        others.dedup();
        assert_eq!(others.len(), 10_000);
        assert_ne!(guid("a", "bc"), guid("ab", "c"));
    }
}
