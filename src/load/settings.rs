//! `fundamentals.toml` → [`Settings`].

use crate::diag::{Code, Diagnostic, Problems};
use crate::model::{
    CriticalityLevels, Domain, DomainId, IdFrom, OwnApproval, Requirement, ReviewSettings, RubricId,
    RubricKey, RubricSettings, Settings, WaiverPolicy, is_name,
};
use crate::source::{Entry, Node, Spanned};
use crate::text::{did_you_mean, list};

use super::catalog::settings as catalog;
use super::gate;
use super::keys::settings as keys;
use super::rubric::applies_to;
use super::table::{Table, texts};
use super::values::{date, date_of, id_in, report_twice};

/// What the settings' file came to.
pub(super) struct ParsedSettings {
    /// What it sets, and defaults for the rest; wrong parts are reported and keep their default.
    pub settings: Settings,
    /// The default rubric and where it is named: whether it exists is known only later.
    pub default_rubric: Option<Spanned<RubricKey>>,
}

/// Reads the settings, noting everything that is wrong with them.
pub(super) fn read(root: &Node, problems: &mut Problems) -> ParsedSettings {
    let mut reading = ParsedSettings { settings: Settings::default(), default_rubric: None };
    let settings = &mut reading.settings;
    let Some(file) = Table::open(root, root.span, &keys::FILE, problems) else { return reading };
    if let Some(node) = file.get("estate") {
        reading.default_rubric = read_estate(node, settings, problems);
    }
    if let Some(node) = file.get("criticality") {
        read_criticality(node, settings, problems);
    }
    settings.domains = read_domains(&file, problems);
    settings.required = read_required(&file, settings, problems);
    if let Some(node) = file.get("review") {
        settings.review = read_review(node, problems);
    }
    if let Some(node) = file.get("rubric") {
        settings.rubric = read_rubric(node, problems);
    }
    if let Some(node) = file.get("slo")
        && let Some(table) = Table::open(node, node.span, &keys::SLO, problems)
        && table.get("files").is_some()
    {
        settings.slos = globs(&table, "files", problems);
    }
    if let Some(node) = file.get("catalog")
        && let Some(table) = Table::open(node, node.span, &keys::CATALOG, problems)
    {
        let files = globs(&table, "files", problems);
        settings.catalog = catalog::read(&table, files, settings, problems);
    }
    if let Some(node) = file.get("gate") {
        settings.gate = gate::read(node, settings, problems);
    }
    if let Some(node) = file.get("waivers") {
        settings.waivers = read_waivers(node, settings, problems);
    }
    reading
}

fn id_from(word: &Spanned<String>, problems: &mut Problems) -> Option<IdFrom> {
    let found = IdFrom::ALL.into_iter().find(|from| from.word() == word.value);
    if found.is_none() {
        let words = IdFrom::ALL.map(IdFrom::word);
        let title = format!("`{}` is not a source of service ids", word.value);
        let help = did_you_mean(&word.value, words, &format!("use one of: {}", list(&words)));
        problems.push(Diagnostic::new(Code::InvalidValue, title).at(word.span, "unknown").help(help));
    }
    found
}

/// Reads `[estate]`; returns the rubric that it names as the default.
fn read_estate(node: &Node, settings: &mut Settings, problems: &mut Problems) -> Option<Spanned<RubricKey>> {
    let table = Table::open(node, node.span, &keys::ESTATE, problems)?;
    settings.name = table.text("name", problems).map(|name| name.value);
    if table.get("services").is_some() {
        settings.services = globs(&table, "services", problems);
    }
    if table.get("id-from").is_some() {
        let word = table.text("id-from", problems);
        let known = word.and_then(|word| id_from(&word, problems));
        // Where it is unknown what was meant, no name is called wrong.
        settings.id_from = known.unwrap_or(IdFrom::Key);
    }
    if table.get("rubrics").is_some() {
        settings.rubrics = globs(&table, "rubrics", problems);
    }
    if let Some(size) = table.count("max-file-mib", problems) {
        settings.max_file_bytes = u64::from(size.value.max(1)) * 1024 * 1024;
    }
    let name = table.text("default-rubric", problems)?;
    settings.default_rubric = RubricKey::parse(&name.value);
    if settings.default_rubric.is_none() {
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` does not name a rubric", name.value));
        problems.push(problem.at(name.span, "not of the form id@major").help("for example `fundamentals@2`"));
    }
    Some(Spanned::new(settings.default_rubric.clone()?, name.span))
}

/// Reads globs; those with errors are left out, so that nothing is read by them.
fn globs(table: &Table<'_>, key: &str, problems: &mut Problems) -> Vec<String> {
    let mut globs = table.texts(key, problems);
    globs.retain(|glob| {
        let error = glob_error(glob);
        let is_sound = error.is_none();
        if let Some(error) = error {
            problems.push(error);
        }
        is_sound
    });
    globs.into_iter().map(|glob| glob.value).collect()
}

fn glob_error(glob: &Spanned<String>) -> Option<Diagnostic> {
    let problem = |what: &str| Diagnostic::new(Code::InvalidValue, format!("`{}` {what}", glob.value));
    // On Windows, a drive makes a path absolute as well.
    let is_absolute = glob.value.starts_with(['/', '\\']) || glob.value.split('/').next()?.contains(':');
    if is_absolute || glob.value.split(['/', '\\']).any(|part| part == "..") {
        let problem = problem("leads out of the estate").at(glob.span, "not below the estate's folder");
        return Some(problem.help("write it relative to fundamentals.toml"));
    }
    let error = globset::Glob::new(&glob.value).err()?;
    let problem = problem("is not a glob").at(glob.span, error.kind().to_string());
    Some(problem.help("for example `services/**/*.yaml`"))
}

fn read_criticality(node: &Node, settings: &mut Settings, problems: &mut Problems) {
    let Some(table) = Table::open(node, node.span, &keys::LEVELS, problems) else { return };
    let levels = table.texts("levels", problems);
    report_twice(
        levels.iter().map(|level| (level.value.as_str(), level.span)),
        "criticality level",
        problems,
    );
    match CriticalityLevels::new(levels.iter().map(|level| level.value.as_str())) {
        Some(levels) => settings.criticality = levels,
        None if table.mentions("levels").is_some() => table.missing("levels", problems),
        None => {}
    }
}

fn read_domains(file: &Table<'_>, problems: &mut Problems) -> Vec<Domain> {
    let mut spans = Vec::new();
    let mut domains = Vec::new();
    for node in file.items("domain", problems) {
        let Some(table) = Table::open(node, node.span, &keys::DOMAIN, problems) else { continue };
        let title = table.text("title", problems).map(|title| title.value);
        let nodes = table.items("reviews", problems);
        let dates = nodes.iter().filter_map(|node| date_of(node, "reviews", problems));
        let mut reviews: Vec<_> = dates.map(|date| date.value).collect();
        reviews.sort_unstable();
        reviews.dedup();
        let Some(id) = id_in(&table, "id", DomainId::new, problems) else { continue };
        let at = table.get("id").map_or(node.span, |node| node.span);
        spans.push((id.clone(), at));
        domains.push(Domain { title: title.unwrap_or_else(|| id.to_string()), id, reviews });
    }
    report_twice(spans.iter().map(|(id, span)| (id.as_str(), *span)), "domain", problems);
    domains
}

fn read_required(file: &Table<'_>, settings: &Settings, problems: &mut Problems) -> Vec<Requirement> {
    let mut required = Vec::new();
    for node in file.items("require", problems) {
        let Some(table) = Table::open(node, node.span, &keys::REQUIRE, problems) else { continue };
        let rubric = id_in(&table, "rubric", RubricId::new, problems);
        let of = applies_to(&table, &settings.criticality, problems);
        let (Some(rubric), Some(from)) = (rubric, date(&table, "from", problems)) else { continue };
        let span = table.get("rubric").map_or(node.span, |node| node.span);
        required.push(Requirement { rubric, of, from: from.value, span });
    }
    required
}

fn read_review(node: &Node, problems: &mut Problems) -> ReviewSettings {
    let mut review = ReviewSettings::default();
    let Some(table) = Table::open(node, node.span, &keys::REVIEW, problems) else { return review };
    for (key, weeks) in
        [("cadence-weeks", &mut review.cadence_weeks), ("stale-after-weeks", &mut review.stale_after_weeks)]
    {
        if let Some(number) = table.count(key, problems) {
            *weeks = number.value;
        }
    }
    review
}

fn read_rubric(node: &Node, problems: &mut Problems) -> RubricSettings {
    let mut rubric = RubricSettings::default();
    let Some(table) = Table::open(node, node.span, &keys::RUBRIC, problems) else { return rubric };
    if let Some(number) = table.count("max-words", problems) {
        rubric.max_words = number.value;
    }
    if table.get("vague-words").is_some() {
        let words = table.texts("vague-words", problems);
        rubric.vague_words = words.into_iter().map(|word| word.value).collect();
    }
    rubric
}

fn read_waivers(node: &Node, settings: &Settings, problems: &mut Problems) -> WaiverPolicy {
    let mut policy = WaiverPolicy::default();
    let Some(table) = Table::open(node, node.span, &keys::WAIVERS, problems) else { return policy };
    if let Some(number) = table.count("max-weeks", problems) {
        policy.max_weeks = number.value;
    }
    policy.approvers = table.get("approvers").map(|node| names(node, "approvers", problems));
    if let Some(node) = table.get("domain")
        && let Some(entries) = gate::scopes_of(node, "domain", "[\"…\"]", problems)
    {
        let domain = |entry: &Entry| {
            let names = names(&entry.node, &entry.key.value, problems);
            Some((gate::domain(&entry.key, settings, problems)?, names))
        };
        policy.domains = entries.iter().filter_map(domain).collect();
    }
    if let Some(truth) = table.truth("owner-may-approve", problems) {
        policy.own_approval = if truth.value { OwnApproval::Accepted } else { OwnApproval::Refused };
    }
    policy
}

/// The names of people or teams.
fn names(node: &Node, key: &str, problems: &mut Problems) -> Vec<String> {
    let names = texts(node, key, problems);
    for name in names.iter().filter(|name| !is_name(&name.value)) {
        let title = format!("`{}` names nobody", name.value);
        let problem = Diagnostic::new(Code::InvalidValue, title).at(name.span, "not a name");
        problems.push(problem.help("write the name as `approved-by` of a waiver gives it"));
    }
    names.into_iter().map(|name| name.value.trim().to_owned()).collect()
}
