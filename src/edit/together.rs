//! Changes of several files that are made together: all of them or none.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, Result};

use super::replace::{
    PreparedFile, Replaced, prepare_new, remove_unchanged, replace, sync_folders, write_elsewhere,
};

/// Another text for a file.
#[derive(Clone, Debug)]
pub struct Rewrite {
    pub path: PathBuf,
    /// What was read from it, without byte-order mark.
    pub old: String,
    pub new: String,
}

/// Another place for the file of a rewrite.
#[derive(Clone, Debug)]
pub struct Relocation {
    pub rewrite: Rewrite,
    /// Where nothing is yet, unless a process that was killed wrote it.
    pub to: PathBuf,
}

/// Gives files other texts, and one another place: all, or none if one fails or was changed meanwhile. The new place is
/// written before the old one is removed, so that the text is in one of them even if the process is killed; the same change
/// then goes on from there.
///
/// # Errors
/// When a file can't be written. All are then as they were, or the error says which are not.
pub fn rewrite_together(relocation: Option<&Relocation>, rewrites: &[Rewrite]) -> Result<Replaced> {
    rewrite_in_steps(relocation, rewrites, &mut || ())
}

/// A file that isn't there yet.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub path: PathBuf,
    pub text: String,
}

/// Writes files that aren't there yet, with the folders that lead to them: all, or none if one is there or fails.
///
/// # Errors
/// When a file is there, or can't be written. Nothing is then left of the others, or the error says what is.
pub fn create_together(files: &[NewFile]) -> Result<()> {
    let is_missing = |folder: &&Path| folder.symlink_metadata().is_err();
    let folders = files.iter().flat_map(|file| file.path.ancestors().skip(1)).filter(is_missing);
    let folders: BTreeSet<_> = folders.collect();
    let created = create_in_steps(files);
    if created.is_err() {
        // A folder comes before those in it.
        for folder in folders.into_iter().rev() {
            let _: io::Result<()> = fs::remove_dir(folder);
        }
    }
    created
}

fn create_in_steps(files: &[NewFile]) -> Result<()> {
    let texts: Vec<_> = files.iter().map(|file| (file.path.as_path(), file.text.as_str())).collect();
    let prepared = prepare_new(&texts).context("failed to write the new files")?;
    let prepared: Vec<_> = prepared.into_iter().map(|beside| Cell::new(Some(beside))).collect();
    let steps = files.iter().zip(&prepared).map(|(file, beside)| Step::Create(file, beside));
    if run_steps(steps, &mut || ())? == Replaced::Yes {
        sync_folders(files.iter().map(|file| file.path.as_path()));
    }
    Ok(())
}

/// One step, which can be undone.
#[derive(Clone, Copy)]
enum Step<'s> {
    WriteElsewhere(&'s Relocation),
    Rewrite(&'s Rewrite),
    RemoveOld(&'s Relocation),
    /// With its text, which lies beside its place until then.
    Create(&'s NewFile, &'s Cell<Option<PreparedFile>>),
}

fn rewrite_in_steps(
    relocation: Option<&Relocation>,
    rewrites: &[Rewrite],
    reached: &mut dyn FnMut(),
) -> Result<Replaced> {
    let relocated = relocation.into_iter().flat_map(|it| [Step::WriteElsewhere(it), Step::RemoveOld(it)]);
    run_steps(relocated.chain(rewrites.iter().map(Step::Rewrite)), reached)
}

fn run_steps<'s>(steps: impl Iterator<Item = Step<'s>>, reached: &mut dyn FnMut()) -> Result<Replaced> {
    let mut done = Vec::new();
    for step in steps {
        reached();
        match step.run() {
            Ok(Replaced::Yes) => done.push(step),
            Ok(Replaced::ChangedMeanwhile) => {
                undo(&done)?;
                return Ok(Replaced::ChangedMeanwhile);
            }
            Err(error) => {
                return Err(match undo(&done) {
                    Ok(()) => error,
                    Err(undone) => undone.context(error),
                });
            }
        }
    }
    reached();
    Ok(Replaced::Yes)
}

/// Takes steps back, the last one first. The error names what could not be put back.
fn undo(done: &[Step<'_>]) -> Result<()> {
    let left: Vec<_> = done
        .iter()
        .rev()
        .filter_map(|step| step.undo().err())
        .map(|path| path.display().to_string())
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(Error::msg(format!("these files could not be put back as they were: {}", left.join(", "))))
}

impl<'s> Step<'s> {
    fn run(self) -> Result<Replaced> {
        match self {
            Self::WriteElsewhere(Relocation { rewrite: Rewrite { path, old, new }, to }) => {
                let written = write_elsewhere(path, to, old, new);
                if written.is_err() {
                    remove_empty_folder(to, path);
                }
                written.with_context(|| format!("failed to write {}", to.display()))
            }
            Self::Rewrite(Rewrite { path, old, new }) => replace(path, old, new),
            Self::RemoveOld(Relocation { rewrite: Rewrite { path, old, .. }, to }) => {
                let removed = remove_unchanged(path, old);
                let removed = removed.with_context(|| format!("failed to remove {}", path.display()))?;
                remove_empty_folder(path, to);
                Ok(removed)
            }
            Self::Create(NewFile { path, .. }, beside) => {
                let put = beside.take().map_or(Ok(()), |beside| beside.put(path));
                put.with_context(|| format!("failed to write {}", path.display()))?;
                Ok(Replaced::Yes)
            }
        }
    }

    /// Takes the step back. The error is the path of a file that is not as it was.
    fn undo(self) -> std::result::Result<(), &'s Path> {
        let (path, undone) = match self {
            Self::WriteElsewhere(Relocation { rewrite, to }) => {
                let removed = remove_unchanged(to, &rewrite.new).map_err(Error::from);
                remove_empty_folder(to, &rewrite.path);
                (to, removed)
            }
            Self::Rewrite(Rewrite { path, old, new }) => (path, replace(path, new, old)),
            Self::RemoveOld(Relocation { rewrite: Rewrite { path, old, new }, to }) => {
                (path, write_elsewhere(to, path, new, old).map_err(Error::from))
            }
            Self::Create(NewFile { path, text }, _) => {
                (path, remove_unchanged(path, text).map_err(Error::from))
            }
        };
        match undone {
            Ok(Replaced::Yes) => Ok(()),
            Ok(Replaced::ChangedMeanwhile) | Err(_) => Err(path),
        }
    }
}

/// Removes the folder of a file that has gone elsewhere, if nothing is left in it. That it can't be removed is no failure.
fn remove_empty_folder(gone: &Path, to: &Path) {
    if let Some(folder) = gone.parent().filter(|folder| Some(*folder) != to.parent()) {
        let _: io::Result<()> = fs::remove_dir(folder);
    }
}

#[cfg(test)]
mod tests;
