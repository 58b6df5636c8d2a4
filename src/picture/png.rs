//! From SVG to PNG: resvg draws it with the font that goes with the program; no font of the system is asked for.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use super::PictureError;
use super::font::{self, Weight};

/// A PNG image of an SVG document, width and height in pixels. The picture has no transparency.
pub(crate) fn encode(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, PictureError> {
    let options = usvg::Options { fontdb: fonts(), font_family: "DejaVu Sans".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|cause| pixels(&cause))?;
    let mut picture = tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| PictureError::Pixels { reason: format!("no memory for {width}x{height}") })?;
    picture.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut picture.as_mut());
    let rgb: Vec<u8> = picture.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::with_capacity(rgb.len() / 8);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(|cause| pixels(&cause))?;
    writer.write_image_data(&rgb).map_err(|cause| pixels(&cause))?;
    writer.finish().map_err(|cause| pixels(&cause))?;
    Ok(bytes)
}

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = usvg::fontdb::Database::new();
        for weight in [Weight::Regular, Weight::Bold] {
            fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font::data(weight))));
        }
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}

fn pixels(cause: &dyn std::fmt::Display) -> PictureError {
    PictureError::Pixels { reason: cause.to_string() }
}
