//! CSV text → rows of fields with their places, under a header that names the columns.

use csv::{ReaderBuilder, StringRecord};

use crate::diag::{Code, Diagnostic, Problems};
use crate::source::{FileId, Span, Spanned};
use crate::text::{did_you_mean, list};

use super::keys::TableKeys;

/// Number of wrong rows after which the rest of a file isn't read.
const MAX_WRONG: usize = 20;

/// A row under the header.
pub(super) struct CsvRow {
    line: CsvLine,
    /// The place of each known column, if the table has it.
    places: Vec<(&'static str, usize)>,
}

impl CsvRow {
    /// The field of a column, without white space around it; empty where the table has no such column.
    pub fn field(&self, column: &str) -> Spanned<String> {
        let place = self.places.iter().find(|(name, _)| *name == column);
        place.map_or_else(|| Spanned::new(String::new(), self.line.span), |(_, at)| self.line.field(*at))
    }

    /// The whole row.
    pub fn span(&self) -> Span {
        self.line.span
    }
}

/// The rows of a table, noting everything that is wrong with it; what is right is kept.
pub(super) fn rows(text: &str, file: FileId, columns: &TableKeys, problems: &mut Problems) -> Vec<CsvRow> {
    read_rows(text, file, columns, problems, |row, _| Some(row))
}

/// What `read` makes of each row of a table, noting everything that is wrong with it. After [`MAX_WRONG`] rows that are
/// wrong, reading stops.
pub(super) fn read_rows<T>(
    text: &str,
    file: FileId,
    columns: &TableKeys,
    problems: &mut Problems,
    mut read: impl FnMut(CsvRow, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut lines = lines(text, b',', file);
    let header = match lines.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => {
            problems.push(not_csv(&error, file, columns));
            return Vec::new();
        }
        None => {
            let empty = Diagnostic::new(Code::EmptyFile, "the file says nothing").in_file(file);
            let names = columns.required().collect::<Vec<_>>().join(",");
            problems.push(empty.help(format!("its first line names the columns: `{names}`")));
            return Vec::new();
        }
    };
    if let Some(problem) = other_layout(&header, columns) {
        problems.push(problem);
        return Vec::new();
    }
    let Some(places) = read_header(&header, columns, problems) else { return Vec::new() };
    let width = header.record.len();
    let (mut rows, mut wrong) = (Vec::new(), 0);
    for line in lines {
        let mut own = Problems::default();
        let place = match &line {
            Ok(line) => line.span,
            Err(_) => header.span,
        };
        match line {
            Ok(line) if line.record.len() == width => {
                rows.extend(read(CsvRow { line, places: places.clone() }, &mut own));
            }
            Ok(line) => {
                let title = "a line with another number of fields than the first";
                let label = format!("{} here, {width} there", line.record.len());
                let problem = Diagnostic::new(Code::InvalidCsv, title).at(line.span, label);
                own.push(problem.help("a comma separates fields: write decimals with a point, and put text that has a comma in double quotes"));
            }
            Err(error) => own.push(not_csv(&error, file, columns)),
        }
        wrong += usize::from(!own.is_empty());
        problems.extend(own);
        if wrong == MAX_WRONG {
            let title = format!("{MAX_WRONG} rows of this file are wrong");
            let problem = Diagnostic::new(Code::InvalidCsv, title).at(place, "reading stops here");
            problems.push(problem.help(format!("are these really {}?", columns.what)));
            break;
        }
    }
    rows
}

/// The lines of a text with a separator between fields.
pub(super) fn lines(text: &str, separator: u8, file: FileId) -> impl Iterator<Item = csv::Result<CsvLine>> {
    let mut builder = ReaderBuilder::new();
    let reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let line = move |record: csv::Result<StringRecord>| Ok(CsvLine::new(record?, text, separator, file));
    reader.into_records().map(line)
}

/// A line of the file, and where it is.
pub(super) struct CsvLine {
    record: StringRecord,
    span: Span,
    /// Where each field is written, with its quotes.
    fields: Vec<Span>,
}

impl CsvLine {
    fn new(record: StringRecord, text: &str, separator: u8, file: FileId) -> Self {
        let start = record
            .position()
            .map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX))
            .min(text.len());
        // Empty lines before it are passed over, but counted in.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\n', '\r']).len();
        let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
        let span = Span::new(file, start..start + line.len());
        let mut at = start;
        let fields = (0..record.len()).map(|_| {
            let length = field_length(&text.as_bytes()[at.min(text.len())..], separator);
            let here = Span::new(file, at..at + length);
            at += length + 1;
            here
        });
        Self { span, fields: fields.collect(), record }
    }

    /// The number of fields.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// The whole line; the first of several where text has line breaks.
    pub fn span(&self) -> Span {
        self.span
    }

    /// A field, without white space around it.
    pub fn field(&self, at: usize) -> Spanned<String> {
        let text = self.record.get(at).unwrap_or_default().trim().to_owned();
        Spanned::new(text, self.fields.get(at).copied().unwrap_or(self.span))
    }
}

/// The number of bytes of the field at the beginning of a text, with its quotes.
fn field_length(text: &[u8], separator: u8) -> usize {
    let ends = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let mut is_quoted = text.first() == Some(&b'"');
    for (at, byte) in text.iter().enumerate().skip(usize::from(is_quoted)) {
        if *byte == b'"' {
            // Of two quotes, the second opens again what the first closed.
            is_quoted = !is_quoted && text[0] == b'"';
        } else if !is_quoted && ends(*byte) {
            return at;
        }
    }
    text.len()
}

/// What another program made of a table, if its first line shows that.
fn other_layout(header: &CsvLine, columns: &TableKeys) -> Option<Diagnostic> {
    let first = header.field(0);
    let (title, label, help) = if first.value.contains('\0') {
        ("this is UTF-16 text".to_owned(), "every other character is NUL", "save it as UTF-8".to_owned())
    } else {
        let separators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
        let (sign, name) = separators.into_iter().find(|(sign, _)| first.value.contains(*sign))?;
        let names = first.value.split(sign).map(|name| name.trim().trim_matches('"'));
        if header.record.len() > 1 || !names.into_iter().any(|name| columns.requires(name)) {
            return None;
        }
        let help = "separate them with commas; a spreadsheet offers that when it saves CSV".to_owned();
        (format!("the fields are separated by {name}"), "no comma here", help)
    };
    Some(Diagnostic::new(Code::InvalidCsv, title).at(header.span, label).help(help))
}

/// The places of the columns that are there.
fn read_header(
    header: &CsvLine,
    columns: &TableKeys,
    problems: &mut Problems,
) -> Option<Vec<(&'static str, usize)>> {
    let known = columns.names();
    let names: Vec<_> = (0..header.record.len()).map(|at| header.field(at)).collect();
    let mut is_right = true;
    for (at, name) in names.iter().enumerate() {
        let is_known = known.contains(&name.value.as_str());
        let is_first = names.iter().position(|other| other.value == name.value) == Some(at);
        if !is_known || !is_first {
            is_right = false;
            let what = if is_known {
                "a column that is there twice".to_owned()
            } else {
                format!("not a column of {}", columns.what)
            };
            let otherwise = format!("the columns are {}", list(&known));
            let help = if is_known {
                otherwise
            } else {
                did_you_mean(&name.value, known.iter().copied(), &otherwise)
            };
            let problem = Diagnostic::new(Code::InvalidCsv, format!("the column `{}`", name.value));
            problems.push(problem.at(name.span, what).help(help));
        }
    }
    let place = |column: &str| names.iter().position(|name| name.value == column);
    let missing: Vec<_> = columns.required().filter(|column| place(column).is_none()).collect();
    if !missing.is_empty() {
        let noun = if missing.len() == 1 { "column" } else { "columns" };
        let title = format!("{} need the {noun} {}", columns.what, list(&missing));
        let problem = Diagnostic::new(Code::InvalidCsv, title).at(header.span, "not among these");
        problems.push(
            problem
                .help(format!("begin the file with `{}`", columns.required().collect::<Vec<_>>().join(","))),
        );
        return None;
    }
    is_right.then(|| known.into_iter().filter_map(|name| Some((name, place(name)?))).collect())
}

fn not_csv(error: &csv::Error, file: FileId, columns: &TableKeys) -> Diagnostic {
    let problem = Diagnostic::new(Code::InvalidCsv, format!("this is not CSV: {error}")).in_file(file);
    problem.help(format!("write one a line, with the columns {}", list(&columns.names())))
}
