//! A network by its path, whatever its format.

use std::path::Path;

use super::{FileError, read_network_folder, read_network_geojson, read_text};
use crate::Network;
use crate::geodesy::Atlas;

/// Reads a network: a folder of CSV files, or a GeoJSON file.
///
/// # Errors
/// If it cannot be read or is wrong: see [`FileError`].
pub fn read_network(path: &Path, atlas: &Atlas) -> Result<Network, FileError> {
    if path.is_dir() {
        return read_network_folder(path, atlas);
    }
    let text = read_text(path)?;
    read_network_geojson(&path.display().to_string(), &text, atlas)
}
