//! Where files stand until all of them are whole: beside the place they are meant for, under names of their own. They
//! are put in place at the end, or are gone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sunder_formats::out::Target;

use crate::outgoing;
use crate::wire::{ApiError, ErrorCode};

/// Files on their way to one file or one folder.
pub(super) struct Staging {
    meant: PathBuf,
    part: PathBuf,
    folder: bool,
    names: Vec<String>,
    placed: bool,
}

impl Staging {
    /// A place beside `meant`. `id` sets it apart from that of any other export.
    ///
    /// # Errors
    /// `file` where the folder is not there, cannot be written, or something else has the name.
    pub(super) fn new(meant: &Path, folder: bool, id: &str) -> Result<Self, ApiError> {
        let name = meant.file_name().ok_or_else(|| {
            ApiError::new(
                ErrorCode::BadRequest,
                format!(
                    "{} names no file or folder. Give the export a name.",
                    meant.display()
                ),
            )
        })?;
        // A link leads where it leads; what it stands for is replaced, not the link.
        let meant = &fs::canonicalize(meant).unwrap_or_else(|_| meant.to_owned());
        if meant.exists() && !meant.is_file() && !meant.is_dir() {
            return Err(ApiError::new(
                ErrorCode::File,
                format!(
                    "{} is neither a file nor a folder. Give the export another name.",
                    meant.display()
                ),
            ));
        }
        outgoing::over_no_study(meant)?;
        if folder && meant.is_file() {
            return Err(ApiError::new(
                ErrorCode::Exists,
                format!(
                    "{} is a file; this form is a folder of files. Give it another name.",
                    meant.display()
                ),
            ));
        }
        if !folder && meant.is_dir() {
            return Err(ApiError::new(
                ErrorCode::Exists,
                format!(
                    "{} is a folder; this form is one file. Name the file.",
                    meant.display()
                ),
            ));
        }
        let part = meant.with_file_name(format!(".{}.{id}.part", name.to_string_lossy()));
        let made = if folder {
            fs::create_dir(&part)
        } else {
            File::create_new(&part).map(drop)
        };
        made.map_err(|error| unwritable(meant, &error))?;
        Ok(Self {
            meant: meant.to_owned(),
            part,
            folder,
            names: Vec::new(),
            placed: false,
        })
    }

    /// Puts everything in place. A folder that is there keeps its other files; those of the same names are replaced, each
    /// by a whole one.
    ///
    /// # Errors
    /// `file`, `disk-full`, `read-only`.
    pub(super) fn place(mut self) -> Result<u32, ApiError> {
        let files = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.put().map_err(|error| unwritable(&self.meant, &error))?;
        self.placed = true;
        Ok(files)
    }

    fn put(&self) -> io::Result<()> {
        for name in &self.names {
            on_disk(&self.path(name))?;
        }
        if !self.folder || !self.meant.exists() {
            fs::rename(&self.part, &self.meant)?;
        } else {
            for name in &self.names {
                fs::rename(self.path(name), self.meant.join(name))?;
            }
            fs::remove_dir(&self.part)?;
        }
        folder_on_disk(self.meant.parent());
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        if self.folder {
            self.part.join(name)
        } else {
            self.part.clone()
        }
    }
}

impl Target for Staging {
    fn file(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>> {
        let file = File::create(self.path(name))?;
        self.names.push(name.to_owned());
        Ok(Box::new(BufWriter::new(file)))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.placed {
            // Where even this fails, what is left has no final name.
            let _ = if self.folder {
                fs::remove_dir_all(&self.part)
            } else {
                fs::remove_file(&self.part)
            };
        }
    }
}

fn on_disk(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// The new name is on disk too, where the system lets folders be synced.
fn folder_on_disk(folder: Option<&Path>) {
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or_else(|| Path::new("."))) {
        let _ = folder.sync_all();
    }
}

/// A file that cannot be written: what to do depends on why.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> ApiError {
    let (code, remedy) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            (ErrorCode::DiskFull, "Make room, or choose another disk.")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            (ErrorCode::ReadOnly, "Choose a folder that you may write to.")
        }
        io::ErrorKind::NotFound => (ErrorCode::File, "Choose a folder that is there."),
        _ => (ErrorCode::File, "Choose another place."),
    };
    ApiError::new(
        code,
        format!("{} could not be written: {error}. {remedy}", path.display()),
    )
}
