//! Files that appear whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::{FileError, Problem, plain};

/// Writes a file so that it is complete or not there.
///
/// A regular file is written beside its place under another name and moved there once it is whole; the folder is made if
/// it is missing. Anything else (a pipe, a device) is written to.
///
/// # Errors
/// If the path is a folder, or the folder or the file cannot be written; what stood there before is untouched then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut file = WholeFile::begin(path)?;
    file.write(bytes)?;
    file.finish()
}

/// A file that is written piece by piece and appears, as with [`write_whole`], only once it is finished.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Beside the place where it is to be.
    Beside(tempfile::NamedTempFile),
    /// Where it is.
    There(std::fs::File),
}

impl WholeFile {
    /// Begins to write.
    ///
    /// # Errors
    /// As [`write_whole`].
    pub fn begin(path: &Path) -> Result<Self, FileError> {
        let fail = |error: &std::io::Error| unwritable(path, error);
        let place = match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                return Err(FileError::whole(path.display().to_string(), Problem::IsFolder));
            }
            Ok(found) if !found.is_file() => {
                Place::There(std::fs::OpenOptions::new().write(true).open(path).map_err(|error| fail(&error))?)
            }
            found => {
                let folder = folder_of(path);
                // Where a file stands in the way of a folder, the check says so in plainer words.
                std::fs::create_dir_all(&folder)
                    .map_err(|error| check_writable(path).err().unwrap_or_else(|| fail(&error)))?;
                let mut builder = tempfile::Builder::new();
                builder.prefix(".fiberplan-").suffix(".part");
                builder.permissions(permissions(found.ok().as_ref()));
                Place::Beside(builder.tempfile_in(&folder).map_err(|error| fail(&error))?)
            }
        };
        Ok(Self { path: path.to_owned(), place })
    }

    /// Writes on.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let written = match &mut self.place {
            Place::Beside(file) => file.write_all(bytes),
            Place::There(file) => file.write_all(bytes),
        };
        written.map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts it in its place. A file that is dropped before that leaves nothing behind.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<(), FileError> {
        let Self { path, place } = self;
        let fail = |error: &std::io::Error| unwritable(&path, error);
        match place {
            Place::There(mut file) => file.flush().map_err(|error| fail(&error)),
            Place::Beside(file) => {
                file.as_file().sync_all().map_err(|error| fail(&error))?;
                // A link is followed, so that it is its target that is replaced.
                let target = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                file.persist(target).map(drop).map_err(|error| fail(&error.error))
            }
        }
    }
}

/// Checks, before long work, that a file could be written.
///
/// # Errors
/// As [`write_whole`]; nothing is left behind.
pub fn check_writable(path: &Path) -> Result<(), FileError> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(FileError::whole(path.display().to_string(), Problem::IsFolder)),
        Ok(found) if !found.is_file() => Ok(()),
        _ => {
            // The nearest folder that exists must let a file be made in it.
            let mut folder = folder_of(path);
            while !folder.exists() && folder.pop() {}
            if folder.as_os_str().is_empty() {
                folder = PathBuf::from(".");
            }
            tempfile::tempfile_in(&folder).map(drop).map_err(|error| unwritable(path, &error))
        }
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> FileError {
    FileError::whole(path.display().to_string(), Problem::Unwritable(plain(error)))
        .hint("give another place with -o, or `-o -` to print")
}

#[cfg(unix)]
fn permissions(old: Option<&std::fs::Metadata>) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    old.map_or_else(|| std::fs::Permissions::from_mode(0o666), std::fs::Metadata::permissions)
}

#[cfg(not(unix))]
fn permissions(_old: Option<&std::fs::Metadata>) -> std::fs::Permissions {
    // Only asked for where the platform has them; a plain file's are used.
    std::fs::metadata(".").map(|found| found.permissions()).expect("the working folder has permissions")
}
