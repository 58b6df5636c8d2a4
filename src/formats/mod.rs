//! Files in and out, one file a format.
//!
//! What a file says is checked here, row by row, so that an error names the file, the line and the field, what was
//! expected and what was found, and gives a hint.

mod csv_folder;
mod csv_table;
mod error;
mod output;
mod price_book;
mod toml_file;

pub(crate) use csv_folder::resolve_row;
pub use csv_folder::{
    FolderTexts, NODE_COLUMNS, SEGMENT_COLUMNS, SOURCE_COLUMNS, read_network_folder, read_network_texts, segment_cell,
    segment_row, write_network_folder,
};
pub use csv_table::{Row, Table};
pub use error::{FileError, Located, Problem, read_text};
pub use output::{check_writable, write_whole};
pub use price_book::{parse_price_book, price_override};
pub use toml_file::{TomlTable, TomlValue, parse_toml};
