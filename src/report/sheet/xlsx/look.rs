//! How cells look, and which words have which colour.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, FormatAlign,
    FormatBorder, Formula, Worksheet, XlsxError,
};

use crate::eval::RollUp;
use crate::report::glyph;

/// Lines between cells.
const LINE: Color = Color::RGB(0x00D0_D7DE);
/// Behind headings.
const HEADING: Color = Color::RGB(0x00E7_EBF0);
/// Text on a light ground.
const INK: Color = Color::RGB(0x001F_2933);
/// Text that matters less; still 4.5 : 1 on white.
const GREY: Color = Color::RGB(0x0059_636E);

fn left(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn right(format: Format) -> Format {
    format.set_align(FormatAlign::Right).set_indent(1)
}

fn middle(format: Format) -> Format {
    format.set_align(FormatAlign::Center)
}

/// The formats of a workbook.
#[derive(Debug)]
pub(in crate::report) struct Look {
    /// Names of columns.
    pub(in crate::report) heading: Format,
    /// Names of columns that are narrow: upright.
    pub(in crate::report) upright: Format,
    /// Above a group of columns.
    pub(in crate::report) group: Format,
    /// Names and sentences.
    pub(in crate::report) text: Format,
    /// Words out of a list, and what isn't there.
    pub(in crate::report) word: Format,
    /// A letter of the map.
    pub(in crate::report) letter: Format,
    /// A category that a service's rubric doesn't have.
    pub(in crate::report) nothing: Format,
    /// Whole numbers.
    pub(in crate::report) number: Format,
    /// Out of 100.
    pub(in crate::report) percent: Format,
    /// From 0 to 1.
    pub(in crate::report) share: Format,
    /// Whether something is so.
    pub(in crate::report) yes_no: Format,
    pub(in crate::report) day: Format,
    /// What explains.
    pub(in crate::report) note: Format,
}

impl Look {
    pub(in crate::report) fn new() -> Self {
        let cell = || {
            let cell = Format::new().set_font_color(INK).set_align(FormatAlign::Top);
            cell.set_border(FormatBorder::Thin).set_border_color(LINE)
        };
        let heading = || cell().set_bold().set_background_color(HEADING).set_text_wrap();
        Self {
            heading: left(heading()).set_align(FormatAlign::VerticalCenter),
            upright: middle(heading()).set_align(FormatAlign::Bottom).set_rotation(90),
            group: middle(heading()).set_align(FormatAlign::VerticalCenter),
            text: left(cell()).set_text_wrap(),
            word: left(cell()),
            letter: middle(cell()),
            nothing: cell().set_background_color(HEADING),
            number: right(cell()).set_num_format("0"),
            percent: right(cell()).set_num_format("0.0#####\"%\""),
            share: right(cell()).set_num_format("0%"),
            // Some programs take it for the number 1 or 0.
            yes_no: middle(cell()).set_num_format("\"TRUE\";\"TRUE\";\"FALSE\""),
            day: middle(cell()).set_num_format("yyyy-mm-dd"),
            note: Format::new().set_font_color(GREY),
        }
    }

    /// The same with all values on the left, where a column mixes text and numbers.
    pub(in crate::report) fn aligned_left(self) -> Self {
        Self {
            number: left(self.number),
            percent: left(self.percent),
            share: left(self.share),
            yes_no: left(self.yes_no),
            day: left(self.day),
            ..self
        }
    }
}

/// What a word or letter says, in colours.
#[derive(Clone, Copy, Debug)]
enum Tone {
    Bad,
    Middling,
    Good,
    Open,
    Aside,
}

/// The words of all tables that have a colour. Nothing that is unknown looks good.
const WORDS: [(&str, Tone); 15] = [
    ("red", Tone::Bad),
    ("amber", Tone::Middling),
    ("green", Tone::Good),
    ("needs-rescore", Tone::Open),
    ("not-assessed", Tone::Open),
    ("incomplete", Tone::Open),
    ("not-applicable", Tone::Aside),
    ("dropped", Tone::Bad),
    ("still-red", Tone::Bad),
    ("overdue", Tone::Bad),
    ("slipped", Tone::Middling),
    ("no-longer-rated", Tone::Open),
    ("recovered", Tone::Good),
    ("improved", Tone::Good),
    ("kept", Tone::Good),
];

/// Red is dark, amber is bright, green is pale: told apart by lightness as well, as on paper without colours.
fn toned(tone: Tone) -> Format {
    let format = Format::new();
    match tone {
        Tone::Bad => {
            let dark = format.set_background_color(Color::RGB(0x00A8_1E2A));
            dark.set_font_color(Color::White).set_bold()
        }
        Tone::Middling => format.set_background_color(Color::RGB(0x00FF_C145)).set_font_color(INK),
        Tone::Good => format.set_background_color(Color::RGB(0x00D8_F0DC)).set_font_color(INK),
        Tone::Open => {
            let blue = format.set_background_color(Color::RGB(0x00DC_E8F7));
            blue.set_font_color(INK).set_italic()
        }
        Tone::Aside => format.set_font_color(GREY).set_italic(),
    }
}

/// A part of a sheet: first row and column, last row and column.
pub(in crate::report) type Range = (u32, u16, u32, u16);

/// Colours words.
pub(in crate::report) fn colour_words(page: &mut Worksheet, range: Range) -> Result<(), XlsxError> {
    let (top, left, bottom, right) = range;
    for (word, tone) in WORDS {
        let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo(word));
        page.add_conditional_format(top, left, bottom, right, &rule.set_format(toned(tone)))?;
    }
    Ok(())
}

/// Colours letters, whatever marks stand beside them.
pub(in crate::report) fn colour_letters(page: &mut Worksheet, range: Range) -> Result<(), XlsxError> {
    let (top, left, bottom, right) = range;
    let cell = rust_xlsxwriter::utility::row_col_to_cell(top, left);
    for (colour, tone) in [
        (RollUp::Red, Tone::Bad),
        (RollUp::Amber, Tone::Middling),
        (RollUp::Green, Tone::Good),
        (RollUp::Incomplete, Tone::Open),
        (RollUp::NotAssessed, Tone::Open),
        (RollUp::NotApplicable, Tone::Aside),
    ] {
        // Unlike SEARCH, FIND tells `A` from the `a` of `n/a`, and knows no wildcards.
        let letter = glyph::roll_up(colour);
        let found = Formula::new(format!("=ISNUMBER(FIND(\"{letter}\",{cell}))"));
        let rule = ConditionalFormatFormula::new().set_rule(found).set_format(toned(tone));
        page.add_conditional_format(top, left, bottom, right, &rule)?;
    }
    Ok(())
}
