//! The pack as one page for a browser.

use std::io::{self, Write};

use maud::{DOCTYPE, html};

use super::ReportModel;

pub(super) fn render(report: &ReportModel, out: &mut dyn Write) -> io::Result<()> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (report.about.title) } }
            body { main { h1 { (report.about.title) } } }
        }
    };
    out.write_all(page.into_string().as_bytes())
}
