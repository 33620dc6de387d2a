//! Writes a large estate to measure with: always the same for the same arguments.
//!
//! `cargo run --example generate-estate -- --services 4000 --assessments 24 DIR`
#![expect(clippy::disallowed_methods, reason = "it writes files")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use clap::Parser;
use fundamentals::load::load_texts;
use fundamentals::model::{Category, Colour, Date, Rubric};

#[derive(Parser)]
struct Args {
    /// Number of services
    #[arg(long, default_value_t = 4000)]
    services: u64,
    /// Assessments of each service, 8 weeks apart
    #[arg(long, default_value_t = 24)]
    assessments: u32,
    /// Beginning of each service's id; another one renames all of them
    #[arg(long, default_value = "svc")]
    prefix: String,
    /// Folder to write to
    dir: PathBuf,
}

const DOMAINS: u64 = 8;
/// The services with the lowest numbers own a platform each; others inherit from them.
const PLATFORMS: u64 = 40;
const WEEKS_BETWEEN_REVIEWS: u32 = 8;
const LEVELS: [&str; 5] =
    ["experimental", "low", "business-operational", "business-critical", "mission-critical"];
const REASONS: [&str; 4] = [
    "Two alerts page for nothing at night",
    "Seen working in the last drill",
    "Nobody has tried this since the move",
    "Measured but not agreed with consumers",
];

fn main() -> io::Result<()> {
    let args = Args::parse();
    let loaded = load_texts(None, &[], &[]);
    let rubrics: Vec<_> = loaded.estate.rubrics.iter().cloned().collect();
    fs::create_dir_all(&args.dir)?;
    fs::write(args.dir.join("fundamentals.toml"), settings(&args))?;
    for number in 0..args.services {
        write_service(&args.dir, &Service { args: &args, number }, &rubrics)?;
    }
    Ok(())
}

fn settings(args: &Args) -> String {
    let domains = (0..DOMAINS).map(|domain| {
        let reviews: Vec<_> = (0..=args.assessments).map(|at| review(args, domain, at).to_string()).collect();
        format!("\n[[domain]]\nid = \"domain-{domain}\"\nreviews = [{}]\n", reviews.join(", "))
    });
    format!("[estate]\nname = \"Generated\"\n{}", domains.collect::<String>())
}

/// The day of a domain's review; domains meet 3 days apart. The one after the last assessment is planned.
fn review(args: &Args, domain: u64, at: u32) -> Date {
    let next = Date::new(2026, 12, 25).expect("a day of the calendar");
    let next = (0..domain * 3).fold(next, |day, _| day.day_before());
    next.weeks_before((args.assessments - at) * WEEKS_BETWEEN_REVIEWS)
}

struct Service<'a> {
    args: &'a Args,
    number: u64,
}

impl Service<'_> {
    fn id(&self, number: u64) -> String {
        format!("{}-{number:05}", self.args.prefix)
    }

    fn platform(&self) -> u64 {
        self.number % PLATFORMS
    }

    fn domain(&self) -> u64 {
        self.platform() % DOMAINS
    }

    /// A number below `sides` that depends on the service, not on its id, and on what is asked.
    fn roll(&self, sides: u64, about: &[u64]) -> u64 {
        let mix = |sum: u64, part: &u64| {
            // SplitMix64.
            let mut mixed = (sum ^ part).wrapping_add(0x9E37_79B9_7F4A_7C15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        };
        about.iter().fold(mix(0, &self.number), mix) % sides
    }
}

fn write_service(dir: &Path, service: &Service<'_>, rubrics: &[Arc<Rubric>]) -> io::Result<()> {
    let folder = dir.join(format!("services/domain-{}", service.domain()));
    fs::create_dir_all(&folder)?;
    let text = service.text(rubrics).expect("a text can be written to");
    fs::write(folder.join(format!("{}.yaml", service.id(service.number))), text)
}

impl Service<'_> {
    fn text(&self, rubrics: &[Arc<Rubric>]) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        let is_golden = self.roll(10, &[0]) == 0;
        let level =
            if is_golden { LEVELS.len() - 1 } else { usize::try_from(self.roll(5, &[1])).unwrap_or(0) };
        writeln!(text, "service: {}\ntitle: Service {}", self.id(self.number), self.number)?;
        writeln!(text, "domain: domain-{}\nplatform: platform-{}", self.domain(), self.platform())?;
        writeln!(text, "owner: team-{}\ncriticality: {}", self.platform(), LEVELS[level])?;
        writeln!(text, "golden-thread: {is_golden}\n\nassessments:")?;
        for at in 0..self.args.assessments {
            self.write_assessment(&mut text, at, rubrics)?;
        }
        if let Some(rubric) = rubrics.last() {
            self.write_commitments(&mut text, rubric)?;
        }
        Ok(text)
    }

    /// The first under each version rates much, the others little and confirm the rest.
    fn write_assessment(&self, text: &mut String, at: u32, rubrics: &[Arc<Rubric>]) -> std::fmt::Result {
        let in_force = |at: u32| {
            let day = review(self.args, self.domain(), at);
            let published = |rubric: &&Arc<Rubric>| rubric.published <= day;
            rubrics.iter().rev().find(published).or(rubrics.first())
        };
        let Some(rubric) = in_force(at) else { return Ok(()) };
        let is_first = at == 0;
        let is_new = is_first || in_force(at - 1).is_some_and(|before| before.key() != rubric.key());
        writeln!(text, "  - date: {}", review(self.args, self.domain(), at))?;
        writeln!(text, "    rubric: {}\n    by: [team-{}]", rubric.key(), self.platform())?;
        if self.roll(3, &[2, at.into()]) == 0 {
            writeln!(text, "    with: [reliability-engineering]")?;
        }
        writeln!(text, "    scores:")?;
        for (place, category) in (0..).zip(&rubric.categories) {
            let about = [3, at.into(), place];
            // One category at least, so that no `scores` is empty.
            if is_first || place == u64::from(at) || self.roll(20, &about) < if is_new { 10 } else { 3 } {
                self.write_rating(text, category, &about)?;
            }
        }
        if is_first { Ok(()) } else { writeln!(text, "    confirmed: all") }
    }

    fn write_rating(&self, text: &mut String, category: &Category, about: &[u64]) -> std::fmt::Result {
        let roll = |sides, of| self.roll(sides, &[about, &[of]].concat());
        let reason = REASONS[usize::try_from(roll(4, 0)).unwrap_or(0)];
        let id = &category.id;
        let colour = match roll(20, 1) {
            0..3 => Colour::Red,
            3..9 if category.definition(Colour::Amber).is_some() => Colour::Amber,
            _ => Colour::Green,
        };
        match roll(20, 2) {
            0 => writeln!(text, "      {id}: {{ rag: not-applicable, because: {reason} }}"),
            1 if self.number >= PLATFORMS => {
                writeln!(text, "      {id}: {{ inherited-from: {} }}", self.id(self.platform()))
            }
            2 => {
                writeln!(text, "      {id}:\n        rag: {colour}\n        because: {reason}")?;
                let page = roll(100_000, 3);
                writeln!(text, "        evidence: [https://dashboards.example.com/{id}/{page}]")
            }
            3..9 => writeln!(text, "      {id}: {{ rag: {colour}, because: {reason} }}"),
            _ => writeln!(text, "      {id}: {colour}"),
        }
    }

    fn write_commitments(&self, text: &mut String, rubric: &Rubric) -> std::fmt::Result {
        let day = |of: u64| {
            let at = u32::try_from(self.roll(u64::from(self.args.assessments), &[4, of])).unwrap_or(0);
            review(self.args, self.domain(), at)
        };
        let category = |of: u64| {
            let at = self.roll(rubric.categories.len() as u64, &[5, of]);
            &rubric.categories[usize::try_from(at).unwrap_or(0)].id
        };
        let actions = self.roll(4, &[6]);
        if actions > 0 {
            writeln!(text, "\nactions:")?;
        }
        for of in 0..actions {
            let raised = day(of);
            writeln!(text, "  - what: Do what green asks for, part {of}\n    category: {}", category(of))?;
            writeln!(text, "    owner: team-{}\n    raised: {raised}", self.platform())?;
            writeln!(text, "    due: {}\n    target: green", raised.weeks_later(12))?;
            if self.roll(2, &[7, of]) == 0 {
                writeln!(text, "    done: {raised}")?;
            }
        }
        if self.roll(5, &[8]) == 0 {
            let raised = review(self.args, self.domain(), self.args.assessments - 1);
            writeln!(text, "\nwaivers:\n  - category: {}\n    raised: {raised}", category(9))?;
            writeln!(text, "    until: {}\n    because: {}", raised.weeks_later(20), REASONS[2])?;
            writeln!(text, "    approved-by: reliability-engineering")?;
        }
        Ok(())
    }
}
