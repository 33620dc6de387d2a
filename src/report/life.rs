//! What a change in a service's life means for the reports: what the commands say that make it.

use std::io::{self, Write};

use super::layout::MIN_WIDTH;
use crate::eval::{Heir, promises};
use crate::model::{Date, Identity, Retirement, RubricId, Service, ServiceId};
use crate::text::{plural, wrap};

/// A service that was retired.
#[derive(Debug)]
pub struct Retired<'e> {
    pub service: &'e Service,
    pub retirement: &'e Retirement,
    /// Who inherits from it today.
    pub heirs: Vec<Heir<'e>>,
}

/// Says from when a service is retired, what ends with it, and what to do about those that inherit from it.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_retired(
    retired: &Retired<'_>,
    today: Date,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Retired { service, retirement: Retirement { on, because, .. }, heirs } = retired;
    let because = because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
    let mut lines = Lines { width, out };
    lines.write(&format!("{} is retired from {on} on{because}", service.id))?;
    lines.write(&format!(
        "Figures up to {} count it as before; from {on} on it is in no count, no gate and no list of what is due.",
        on.day_before()
    ))?;
    let open = promises(service, today).len();
    if open > 0 {
        let ends = if open == 1 { "ends" } else { "end" };
        lines.write(&format!("{} {ends} with it.", plural(open, "open action", "open actions")))?;
    }
    let Some(first) = heirs.first() else { return Ok(()) };
    let inherit = if heirs.len() == 1 { "service inherits" } else { "services inherit" };
    lines.write(&format!("{} {inherit} from it what is not assessed from {on} on:", heirs.len()))?;
    for heir in heirs {
        lines.item(&format!("{}: {}", heir.service.id, categories(heir).join(", ")))?;
    }
    let category = categories(first).first().copied().unwrap_or_default();
    let command = format!("fundamentals score {} --set {category}", first.service.id);
    lines.write(&format!(
        "Next: assess them anew, such as `{command}=green` or `{command}=inherited-from:SERVICE`."
    ))
}

fn categories<'h>(heir: &'h Heir<'_>) -> Vec<&'h str> {
    heir.categories.iter().map(|category| category.id.as_str()).collect()
}

/// Says from when a service is back. `until` is the last day on which it was retired; `None` where it never was.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_back(
    service: &Service,
    on: Date,
    until: Option<Date>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let id = &service.id;
    let line = match until {
        Some(until) => {
            let time = if on == until { format!("of {on}") } else { format!("from {on} to {until}") };
            format!("{id} is back from {} on; figures {time} stay without it.", until.day_after())
        }
        None => format!("{id} is not retired; its figures go on without a gap."),
    };
    Lines { width, out }.write(&line)
}

/// Says what a service was and is, for all that changed. `until` is the last day on which it was so; `None` where it had not
/// joined by then.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_moved(
    before: &Service,
    after: &Service,
    until: Option<Date>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (was, is) = (facts(before.identities.latest()), facts(after.identities.latest()));
    let turned: Vec<_> = was.iter().zip(&is).filter(|((_, was), (_, is))| was != is).collect();
    if turned.is_empty() {
        return Ok(());
    }
    let mut lines = Lines { width, out };
    let from = until.map(|until| format!(" from {} on", until.day_after())).unwrap_or_default();
    lines.write(&format!("{}{from}:", after.id))?;
    for ((what, was), (_, is)) in turned {
        lines.item(&format!("{what}: {was} → {is}"))?;
    }
    lines.write(&match until {
        Some(until) => format!("Figures up to {until} count it as what it was."),
        None => "It had not joined before, so there is no earlier time to keep.".to_owned(),
    })
}

/// Says what a service is called now, and in whose files that was written down.
///
/// # Errors
/// When `out` can't be written to.
pub fn render_renamed(
    old: &ServiceId,
    new: &ServiceId,
    heirs: &[ServiceId],
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = Lines { width, out };
    lines.write(&format!("{old} is called {new} now. Where `{old}` is still written, it means {new}."))?;
    match heirs {
        [] => Ok(()),
        [one] => lines.write(&format!("1 service inherits from it, and names it anew: {one}")),
        some => {
            let names: Vec<_> = some.iter().map(ServiceId::as_str).collect();
            lines.write(&format!(
                "{} services inherit from it, and name it anew: {}",
                some.len(),
                names.join(", ")
            ))
        }
    }
}

/// Who a service is: each fact's name and value.
fn facts(identity: &Identity) -> [(&'static str, String); 7] {
    let rubrics = identity.rubrics.as_ref().map(|ids| ids.iter().map(RubricId::as_str).collect::<Vec<_>>());
    [
        ("domain", identity.domain.to_string()),
        ("platform", identity.platform.to_string()),
        ("owner", identity.owner.clone().unwrap_or_else(|| "nobody".to_owned())),
        ("criticality", identity.criticality.name().to_owned()),
        ("Golden Thread", if identity.golden_thread { "yes" } else { "no" }.to_owned()),
        ("tags", if identity.tags.is_empty() { "none".to_owned() } else { identity.tags.join(", ") }),
        ("rubrics", rubrics.map_or_else(|| "all that its assessments use".to_owned(), |ids| ids.join(", "))),
    ]
}

/// Lines of a message, wrapped.
struct Lines<'o> {
    width: usize,
    out: &'o mut dyn Write,
}

impl Lines<'_> {
    fn write(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrap(line, self.width.max(MIN_WIDTH), "  "))
    }

    fn item(&mut self, line: &str) -> io::Result<()> {
        self.write(&format!("- {line}"))
    }
}
