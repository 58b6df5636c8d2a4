//! Files in and out, one file a format.
//!
//! What a file says is checked here, row by row, so that an error names the file, the line and the field, what was
//! expected and what was found, and gives a hint.

mod csv_folder;
mod csv_table;
mod error;
mod geojson;
mod network_file;
mod network_reading;
mod network_rows;
mod output;
mod price_book;
mod problems;
mod query_file;
mod toml_file;

pub use csv_folder::{
    FolderTexts, collect_network_folder, network_folder_texts, read_network_folder, read_network_texts,
    write_network_folder,
};
pub use csv_table::{Row, Table};
pub(crate) use error::plain;
pub use error::{FileError, Located, Problem, read_all_text, read_text};
pub use geojson::{collect_network_geojson, read_network_geojson, write_network_geojson};
pub use network_file::read_network;
pub use network_reading::NetworkReading;
pub(crate) use network_rows::resolve_row;
pub use network_rows::{NODE_COLUMNS, SEGMENT_COLUMNS, SOURCE_COLUMNS, segment_cell, segment_row};
pub use output::{WholeFile, check_writable, write_whole};
pub use price_book::{collect_price_book, parse_price_book, price_override};
pub use problems::{MOST_PROBLEMS, Problems};
pub use query_file::{Field, FieldKind, QueryForm, QueryRow, read_queries};
pub use toml_file::{TomlTable, TomlValue, parse_toml};
