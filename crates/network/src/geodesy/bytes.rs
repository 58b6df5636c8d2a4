//! Numbers, boxes and codes out of the atlas's bytes.
//!
//! Where the bytes end too soon a number is zero and a list is empty: a damaged atlas must not panic.

/// A box in stored units: west, south, east, north.
pub(super) type UnitBox = [i32; 4];

/// Records `first` to `first + count` of a section; none if they do not fit.
pub(super) fn records(
    section: &'static [u8],
    record_bytes: usize,
    first: usize,
    count: usize,
) -> impl Iterator<Item = &'static [u8]> {
    let start = first.saturating_mul(record_bytes);
    let end = start.saturating_add(count.saturating_mul(record_bytes));
    section.get(start..end).unwrap_or_default().chunks_exact(record_bytes)
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes_at(bytes, at))
}

pub(super) fn i32_at(bytes: &[u8], at: usize) -> i32 {
    i32::from_le_bytes(bytes_at(bytes, at))
}

/// A stored count or offset.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> usize {
    usize::try_from(u32::from_le_bytes(bytes_at(bytes, at))).unwrap_or(usize::MAX)
}

pub(super) fn pair_at(bytes: &[u8], at: usize) -> (usize, usize) {
    (u32_at(bytes, at), u32_at(bytes, at + 4))
}

pub(super) fn box_at(bytes: &[u8], at: usize) -> UnitBox {
    std::array::from_fn(|side| i32_at(bytes, at + 4 * side))
}

/// A country code as it is stored; `None` if it is too long to be one.
pub(super) fn stored_code(code: &str) -> Option<[u8; 4]> {
    let mut bytes = [0; 4];
    bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
    Some(bytes)
}

/// A country code, stored in four bytes with zeros at the end.
pub(super) fn code_at(bytes: &'static [u8], at: usize) -> &'static str {
    let code = bytes.get(at..at + 4).unwrap_or_default();
    let length = code.iter().position(|&byte| byte == 0).unwrap_or(code.len());
    std::str::from_utf8(&code[..length]).unwrap_or_default()
}
