//! Files in and out, one file a format.
//!
//! What a file says is checked here, row by row, so that an error names the file, the line and the field, what was
//! expected and what was found, and gives a hint.

mod csv_folder;
mod csv_table;
mod error;
#[cfg(feature = "formats")]
mod geojson;
#[cfg(feature = "formats")]
mod network_file;
mod network_reading;
mod network_rows;
mod output;
mod price_book;
mod problems;
mod toml_file;

pub use csv_folder::{
    FolderTexts, collect_network_folder, network_folder_texts, read_network_folder, read_network_texts,
    write_network_folder,
};
pub use csv_table::{Row, Table};

pub use error::{FileError, Located, Problem, cut, plain, read_all_text, read_text};
#[cfg(feature = "formats")]
pub use geojson::{collect_network_geojson, read_network_geojson, write_network_geojson};
#[cfg(feature = "formats")]
pub use network_file::read_network;
pub use network_reading::NetworkReading;

pub use network_rows::{NODE_COLUMNS, SEGMENT_COLUMNS, SOURCE_COLUMNS, resolve_row, segment_cell, segment_row};
pub use output::{WholeFile, check_writable, write_whole};
pub use price_book::{collect_price_book, parse_price_book, price_override};
pub use problems::{MOST_PROBLEMS, Problems};
pub use toml_file::{TomlTable, TomlValue, parse_toml};
