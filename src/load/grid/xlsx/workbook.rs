//! What a workbook consists of: its sheets, and where its parts are.

use std::collections::HashMap;

use super::super::Epoch;
use super::archive::{Archive, Result, attribute, broken, too_much};

/// Sheets that a workbook may have.
const MAX_SHEETS: usize = 1_000;

/// The list of a workbook's sheets and parts.
pub(super) struct Workbook {
    pub sheets: Vec<SheetEntry>,
    pub epoch: Epoch,
    pub strings: Option<String>,
    pub styles: Option<String>,
    pub theme: Option<String>,
}

/// A sheet and the part that holds it.
pub(super) struct SheetEntry {
    pub name: String,
    pub is_hidden: bool,
    pub part: String,
}

/// A part that another one refers to.
struct Relationship {
    id: String,
    /// The last word of its type.
    kind: String,
    part: String,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Workbook> {
    let root = relationships(archive, "")?;
    let path = root.into_iter().find(|it| it.kind == "officeDocument").map(|it| it.part);
    let path = path.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let parts = relationships(archive, &path)?;
    let by_id: HashMap<_, _> = parts.iter().map(|it| (it.id.as_str(), it)).collect();
    let of_kind = |kind: &str| parts.iter().find(|it| it.kind == kind).map(|it| it.part.clone());
    let Some(mut xml) = archive.part(&path)? else {
        return Err(broken("it has no list of sheets; is it really an `.xlsx` file?"));
    };
    let (mut sheets, mut epoch, mut buffer) = (Vec::new(), Epoch::Of1900, Vec::new());
    while let Some(piece) = xml.next(&mut buffer)? {
        let Some(tag) = piece.opened() else { continue };
        match tag.local_name().as_ref() {
            b"sheet" => {
                if sheets.len() == MAX_SHEETS {
                    return Err(too_much(&format!("more than {MAX_SHEETS} sheets")));
                }
                let relationship = attribute(tag, "id").and_then(|id| by_id.get(id.as_str()).copied());
                let name = attribute(tag, "name").unwrap_or_default();
                // A sheet that is a chart has no cells.
                if let Some(worksheet) = relationship.filter(|it| it.kind == "worksheet") {
                    let is_hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                    sheets.push(SheetEntry { name, is_hidden, part: worksheet.part.clone() });
                }
            }
            b"workbookPr" => {
                let is_1904 = attribute(tag, "date1904").is_some_and(|value| value == "1" || value == "true");
                epoch = if is_1904 { Epoch::Of1904 } else { Epoch::Of1900 };
            }
            _ => {}
        }
    }
    Ok(Workbook {
        sheets,
        epoch,
        strings: of_kind("sharedStrings"),
        styles: of_kind("styles"),
        theme: of_kind("theme"),
    })
}

/// The parts of this file that a part refers to.
fn relationships(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relationship>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = join(folder, &format!("_rels/{name}.rels"));
    let Some(mut xml) = archive.part(&list)? else { return Ok(Vec::new()) };
    let (mut found, mut buffer) = (Vec::new(), Vec::new());
    while let Some(piece) = xml.next(&mut buffer)? {
        let Some(tag) = piece.opened() else { continue };
        let is_elsewhere = attribute(tag, "TargetMode").is_some_and(|mode| mode == "External");
        if tag.local_name().as_ref() != b"Relationship" || is_elsewhere {
            continue;
        }
        let [id, kind, target] = ["Id", "Type", "Target"].map(|name| attribute(tag, name));
        let (Some(id), Some(kind), Some(target)) = (id, kind, target) else { continue };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.push(Relationship { id, kind, part: join(folder, &target) });
        if found.len() > 4 * MAX_SHEETS {
            return Err(too_much(&format!("more than {MAX_SHEETS} sheets")));
        }
    }
    Ok(found)
}

/// The name of a part as seen from a folder of the archive.
fn join(folder: &str, target: &str) -> String {
    let from_root = target.strip_prefix('/');
    let mut names: Vec<&str> = match from_root {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in from_root.unwrap_or(target).split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
