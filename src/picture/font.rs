//! The font: DejaVu Sans, carried by a crate, and how wide a text is in it.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Families named in the SVG: the font that goes with the program, then the likes of it.
pub(crate) const FAMILIES: &str = "DejaVu Sans, Verdana, sans-serif";
/// What a box of text reaches above its baseline, in sizes.
pub(crate) const ASCENT: f64 = 0.78;
/// What it reaches below, in sizes.
pub(crate) const DESCENT: f64 = 0.24;
/// Width of a letter that the font does not have, in sizes.
const MISSING: f64 = 0.6;

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Weight {
    /// For most.
    Regular,
    /// For titles and the ends of routes.
    Bold,
}

/// The font file.
pub(crate) fn data(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => dejavu::sans::regular(),
        Weight::Bold => dejavu::sans::bold(),
    }
}

/// Width of a text in sizes: the sum of its letters' advances. Pairs set closer by the font make it narrower, never
/// wider, so the text fits the box.
pub(crate) fn width(text: &str, weight: Weight) -> f64 {
    static TABLES: OnceLock<[Advances; 2]> = OnceLock::new();
    let tables = TABLES.get_or_init(|| [Advances::read(Weight::Regular), Advances::read(Weight::Bold)]);
    let table = match weight {
        Weight::Regular => &tables[0],
        Weight::Bold => &tables[1],
    };
    text.chars().map(|letter| table.of(letter)).sum()
}

/// The advances of the letters most texts are made of, and the font for the rest.
struct Advances {
    common: Vec<f64>,
    font: Option<FontRef<'static>>,
}

impl Advances {
    /// Letters kept in the table: up to the end of Latin Extended-A.
    const COMMON: u32 = 0x180;

    fn read(weight: Weight) -> Self {
        let font = FontRef::new(data(weight)).ok();
        let common =
            (0..Self::COMMON).map(|code| advance(font.as_ref(), char::from_u32(code).unwrap_or(' '))).collect();
        Self { common, font }
    }

    fn of(&self, letter: char) -> f64 {
        let common = usize::try_from(u32::from(letter)).ok().and_then(|code| self.common.get(code));
        common.copied().unwrap_or_else(|| advance(self.font.as_ref(), letter))
    }
}

fn advance(font: Option<&FontRef<'static>>, letter: char) -> f64 {
    font.and_then(|font| {
        let glyph = font.charmap().map(letter)?;
        font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph).map(f64::from)
    })
    .unwrap_or(MISSING)
}

/// Breaks a text at spaces into lines no wider than `width_px`; a word wider than that stands alone.
pub(crate) fn wrap(text: &str, size_px: f64, weight: Weight, width_px: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if width(&longer, weight) * size_px <= width_px {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

/// The text, cut at its end with an ellipsis if it is wider than `width_px`.
pub(crate) fn shortened(text: &str, size_px: f64, weight: Weight, width_px: f64) -> String {
    if width(text, weight) * size_px <= width_px {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if width(&format!("{kept}…"), weight) * size_px > width_px {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_the_fonts_own() {
        // Advances of DejaVu Sans in units of 2048 to the em: i 569, m 1995; bold W 2259.
        assert!((width("i", Weight::Regular) - 569.0 / 2048.0).abs() < 1e-4);
        assert!((width("mi", Weight::Regular) - 2564.0 / 2048.0).abs() < 1e-4);
        assert!((width("W", Weight::Bold) - 2259.0 / 2048.0).abs() < 1e-4);
        assert!(width("Ж", Weight::Regular) > 0.9);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "Ashgabat-Karachi by Herat and Chaman: 2,431 km, 12.4 ms one way";
        let lines = wrap(text, 10.0, Weight::Bold, 150.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| width(line, Weight::Bold) * 10.0 <= 150.0));
        assert_eq!(lines.join(" "), text);
        assert_eq!(shortened("Karachi", 10.0, Weight::Regular, 500.0), "Karachi");
        let short = shortened(text, 10.0, Weight::Regular, 100.0);
        assert!(short.ends_with('…') && width(&short, Weight::Regular) * 10.0 <= 100.0);
    }
}
