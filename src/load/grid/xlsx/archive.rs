//! The parts of an XLSX file, read within bounds: how much comes out of the archive, and how much of it at once, is
//! limited whatever its entries say of themselves.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Error, Read};
use std::rc::Rc;

use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::diag::{Code, Diagnostic};

/// Entries that an archive may have.
const MAX_ENTRIES: usize = 20_000;
/// Bytes of all parts together, at least and at most.
const MIN_TOTAL: u64 = 16 * 1024 * 1024;
const MAX_TOTAL: u64 = 256 * 1024 * 1024;
/// Parts may have these many times the bytes of the file, within the bounds above.
const EXPANSION: u64 = 16;
/// Bytes of a tag or a run of text.
const MAX_EVENT: u64 = 1024 * 1024;

/// Why a workbook isn't read; the problem has no place yet.
pub(super) struct XlsxRefusal(Box<Diagnostic>);

/// The result of reading a part of a workbook.
pub(super) type Result<T> = std::result::Result<T, XlsxRefusal>;

impl XlsxRefusal {
    pub fn into_diagnostic(self) -> Diagnostic {
        *self.0
    }
}

impl From<Diagnostic> for XlsxRefusal {
    fn from(problem: Diagnostic) -> Self {
        Self(Box::new(problem))
    }
}

/// The problem with a workbook that can't be read.
pub(super) fn refusal(title: impl Into<String>, help: &str) -> XlsxRefusal {
    Diagnostic::new(Code::InvalidTable, title).help(help).into()
}

/// The problem with a workbook that is built wrongly.
pub(super) fn broken(what: &str) -> XlsxRefusal {
    refusal(
        format!("the workbook can't be read: {what}"),
        "open it in a spreadsheet program and save it again",
    )
}

/// The problem with a workbook that is larger inside than scores can be.
pub(super) fn too_much(what: &str) -> XlsxRefusal {
    refusal(
        format!("the workbook holds too much: {what}"),
        "is this really a table of scores? copy it into a new workbook, without the rest",
    )
}

/// An XLSX file.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still come out of it.
    left: Rc<Cell<u64>>,
}

impl<'b> Archive<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error.to_string()))?;
        if zip.len() > MAX_ENTRIES {
            return Err(too_much(&format!("{} parts, of which {MAX_ENTRIES} would be read", zip.len())));
        }
        let left = (bytes.len() as u64).saturating_mul(EXPANSION).clamp(MIN_TOTAL, MAX_TOTAL);
        Ok(Self { zip, left: Rc::new(Cell::new(left)) })
    }

    /// A part by its name, if it is there.
    pub fn part(&mut self, name: &str) -> Result<Option<PartXml<'_, 'b>>> {
        let Some(at) = self.zip.index_for_name(name) else { return Ok(None) };
        let file = self.zip.by_index(at).map_err(|error| broken(&format!("`{name}`: {error}")))?;
        let bounded = BoundedPart { file, left: Rc::clone(&self.left), at_once: MAX_EVENT };
        Ok(Some(PartXml { reader: Reader::from_reader(BufReader::new(bounded)), name: name.to_owned() }))
    }
}

/// The bytes of a part, up to the bounds.
struct BoundedPart<'a, 'b> {
    file: ZipFile<'a, Cursor<&'b [u8]>>,
    left: Rc<Cell<u64>>,
    at_once: u64,
}

/// Begins the message of an error that is about size.
const TOO_MUCH: &str = "more than";

impl Read for BoundedPart<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        let bytes = read as u64;
        if bytes > self.left.get() {
            return Err(Error::other(format!("{TOO_MUCH} {EXPANSION} times the size of the file")));
        }
        if bytes > self.at_once {
            return Err(Error::other(format!("{TOO_MUCH} {MAX_EVENT} bytes in one piece")));
        }
        self.left.set(self.left.get() - bytes);
        self.at_once -= bytes;
        Ok(read)
    }
}

/// A part as a stream of XML.
pub(super) struct PartXml<'a, 'b> {
    reader: Reader<BufReader<BoundedPart<'a, 'b>>>,
    name: String,
}

impl PartXml<'_, '_> {
    /// The next piece; `None` at the end.
    pub fn next<'e>(&mut self, buffer: &'e mut Vec<u8>) -> Result<Option<XmlPiece<'e>>> {
        buffer.clear();
        self.reader.get_mut().get_mut().at_once = MAX_EVENT;
        let event = self.reader.read_event_into(buffer).map_err(|error| {
            let message = error.to_string();
            match message.find(TOO_MUCH) {
                Some(at) => too_much(&format!("`{}` has {}", self.name, &message[at..])),
                None => broken(&format!("`{}`: {message}", self.name)),
            }
        })?;
        Ok(Some(match event {
            Event::Start(tag) => XmlPiece::Start(tag),
            Event::Empty(tag) => XmlPiece::Empty(tag),
            Event::End(tag) => XmlPiece::End(tag),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => XmlPiece::Text(event),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => XmlPiece::Ignored,
            // Entities of its own could lead to other files, or stand for any amount of text.
            Event::DocType(_) => {
                return Err(refusal(
                    "the workbook declares a document type, which no spreadsheet program does",
                    "don't trust this file; ask whoever sent it for CSV",
                ));
            }
            Event::Eof => return Ok(None),
        }))
    }

    /// Appends the letters of a text.
    pub fn text(&self, event: &Event<'_>, text: &mut String) -> Result<()> {
        let wrong = || broken(&format!("`{}` has text that can't be read", self.name));
        if let Event::Text(part) = event {
            text.push_str(&part.xml10_content().map_err(|_| wrong())?);
        } else if let Event::CData(part) = event {
            text.push_str(&part.xml10_content().map_err(|_| wrong())?);
        } else if let Event::GeneralRef(reference) = event {
            text.push(letter(reference).ok_or_else(wrong)?);
        }
        Ok(())
    }
}

/// A piece of XML.
pub(super) enum XmlPiece<'e> {
    Start(BytesStart<'e>),
    /// A tag without anything in it.
    Empty(BytesStart<'e>),
    End(BytesEnd<'e>),
    /// Text, or a reference to a letter in it.
    Text(Event<'e>),
    Ignored,
}

impl<'e> XmlPiece<'e> {
    /// The tag that begins here.
    pub fn opened(&self) -> Option<&BytesStart<'e>> {
        match self {
            Self::Start(tag) | Self::Empty(tag) => Some(tag),
            Self::End(_) | Self::Text(_) | Self::Ignored => None,
        }
    }

    /// Whether this is the end of a tag of this name.
    pub fn closes(&self, name: &[u8]) -> bool {
        match self {
            Self::End(tag) => tag.local_name().as_ref() == name,
            Self::Start(_) | Self::Empty(_) | Self::Text(_) | Self::Ignored => false,
        }
    }

    /// Whether there is something in the tag that begins here.
    pub fn has_content(&self) -> bool {
        match self {
            Self::Start(_) => true,
            Self::Empty(_) | Self::End(_) | Self::Text(_) | Self::Ignored => false,
        }
    }
}

/// The letter that `&amp;` or `&#10;` stands for.
fn letter(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    match &*reference.decode().ok()? {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten();
    let mut found = found.filter(|attribute| attribute.key.local_name().as_ref() == name.as_bytes());
    let value = found.next()?;
    value.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}
