//! Where answers go: stdout, or files that appear whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::args::Common;
use super::picture::Picture;
use crate::formats::{FileError, check_writable, plain, read_all_text, write_whole};
use crate::picture::PictureSize;
use crate::report::answer::Answer;
use crate::report::{Format, FormatUnavailable, check_format};
use crate::world::World;

/// Prints an answer.
pub(super) fn stdout(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes())).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::BrokenPipe),
        Err(error) => Err(Failure::Usage { text: format!("stdout cannot be written: {}", plain(&error)), hint: None }),
    }
}

/// Prints something that is not the answer.
pub(super) fn stderr(text: &str) {
    // There is nowhere left to say that stderr is closed.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Reads all of stdin as text; `name` is what errors call it.
pub(super) fn read_stdin(name: &str) -> Result<String, FileError> {
    read_all_text(name, std::io::stdin().lock())
}

/// Whether somebody may be looking at stderr.
#[cfg(feature = "terminal")]
pub(super) fn has_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stderr())
}

/// What kind of file an `-o` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png,
    Svg,
    Text(Format),
    Stdout,
}

/// The outputs a command was asked for.
#[derive(Debug)]
pub(super) struct Targets<'a> {
    world: &'a World,
    files: Vec<(PathBuf, Kind)>,
    /// Width and height of pictures, in pixels.
    pub(super) size: PictureSize,
    format: Format,
    quiet: bool,
    explicit_format: bool,
}

impl<'a> Targets<'a> {
    /// Reads `-o` and `--format`, and checks that every file could be written before any work is done.
    pub(super) fn new(world: &'a World, common: &Common) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for path in &common.output {
            let kind = kind_of(path, common.format)?;
            if kind != Kind::Stdout {
                check_writable(path)?;
            }
            files.push((path.clone(), kind));
        }
        let format = common.format.unwrap_or(Format::Table);
        Ok(Self {
            world,
            files,
            size: common.size,
            format,
            quiet: common.quiet,
            explicit_format: common.format.is_some(),
        })
    }

    /// The same for an answer: a format that it does not have is refused.
    pub(super) fn of<A: Answer>(world: &'a World, common: &Common) -> Result<Self, Failure> {
        let targets = Self::new(world, common)?;
        if let Some(format) = common.format {
            check_format::<A>(format).map_err(|error| unavailable("--format", error))?;
        }
        for (path, kind) in &targets.files {
            if let Kind::Text(format) = kind {
                let option = format!("-o {}", path.display());
                check_format::<A>(*format).map_err(|error| unavailable(&option, error))?;
            }
        }
        Ok(targets)
    }

    /// Whether nothing was asked for but the table on the terminal.
    pub(super) fn is_plain(&self) -> bool {
        self.files.is_empty() && !self.explicit_format
    }

    /// Draws the picture of an answer into out/ where nothing was asked for but the table; it is an extra, so that the
    /// answer is not lost for want of a place to put it.
    pub(super) fn draw_beside(&self, quiet: bool, name: &str, picture: impl FnOnce() -> Picture) {
        if !self.is_plain() {
            return;
        }
        let path = Path::new("out").join(format!("{}.png", file_name(name)));
        match self.draw(&path, &picture()) {
            Ok(()) if quiet => {}
            Ok(()) => stderr(&format!("wrote {}", path.display())),
            Err(failure) => stderr(&format!("warning: no picture: {failure}")),
        }
    }

    /// Whether a file's extension is that of a picture.
    pub(super) fn is_picture(path: &Path) -> bool {
        matches!(kind_of(path, None), Ok(Kind::Png | Kind::Svg))
    }

    /// The maps among the files.
    pub(super) fn maps(&self) -> impl Iterator<Item = &Path> {
        let is_map = |kind: &Kind| matches!(kind, Kind::Png | Kind::Svg);
        self.files.iter().filter(move |(_, kind)| is_map(kind)).map(|(path, _)| path.as_path())
    }

    /// Delivers the answer: `text` makes it in a format, `picture` as a map or a chart.
    ///
    /// The answer is printed unless it was asked for in a file of its own.
    pub(super) fn deliver<P: Into<Picture>>(
        &self,
        text: &dyn Fn(Format) -> Result<String, FormatUnavailable>,
        picture: &dyn Fn() -> P,
    ) -> Result<(), Failure> {
        let picture = || -> Picture { picture().into() };
        let text = |format: Format| text(format).map_err(|error| unavailable("--format", error));
        // Everything is made before anything is written: an error leaves every file as it was.
        let mut files = Vec::new();
        let mut printed = false;
        for (path, kind) in &self.files {
            match kind {
                Kind::Png => files.push((path, picture().png(self.world)?)),
                Kind::Svg => files.push((path, picture().svg(self.world)?)),
                Kind::Text(format) => {
                    files.push((path, text(*format)?.into_bytes()));
                    printed = true;
                }
                Kind::Stdout => {}
            }
        }
        for (path, bytes) in files {
            write_whole(path, &bytes)?;
            self.tell(path);
        }
        if self.files.iter().any(|(_, kind)| *kind == Kind::Stdout) || !printed {
            stdout(&text(self.format)?)?;
        }
        Ok(())
    }

    /// Draws a picture into a file, in the format of its extension.
    pub(super) fn draw(&self, path: &Path, picture: &Picture) -> Result<(), Failure> {
        let bytes = match kind_of(path, None)? {
            Kind::Svg => picture.svg(self.world)?,
            Kind::Png | Kind::Text(_) | Kind::Stdout => picture.png(self.world)?,
        };
        write_whole(path, &bytes)?;
        Ok(())
    }

    /// Names a file that was written.
    pub(super) fn tell(&self, path: &Path) {
        if !self.quiet {
            stderr(&format!("wrote {}", path.display()));
        }
    }
}

/// Says which formats an answer has.
fn unavailable(option: &str, error: FormatUnavailable) -> Failure {
    Failure::usage(format!("{option}: {error}"), format!("use {}", error.formats()))
}

/// A name as part of a file's.
pub(super) fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    name.chars().map(plain).take(40).collect()
}

fn kind_of(path: &Path, format: Option<Format>) -> Result<Kind, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Kind::Stdout);
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "png" => Ok(Kind::Png),
        "svg" => Ok(Kind::Svg),
        _ => match (Format::from_path(path), format) {
            (Some(by_name), _) => Ok(Kind::Text(by_name)),
            (None, Some(format)) => Ok(Kind::Text(format)),
            (None, None) => Err(Failure::usage(
                format!("-o {}: the extension does not say which format is meant", path.display()),
                "use .png, .svg, .json, .csv, .geojson, .md or .txt, or give --format",
            )),
        },
    }
}
