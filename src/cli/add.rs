//! Flags of `add`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::date;
use crate::model::Date;

/// Arguments of `add`.
#[derive(Debug, Args)]
#[command(after_help = "On a terminal, it asks for what is needed and not given.")]
pub struct AddArgs {
    /// The new service's id, which is also its file's name
    #[arg(value_name = "NEW-SERVICE")]
    pub service: String,
    /// Its name for people
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The platform or team that owns it
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// The domain in which it is reviewed [default: that of its platform's other services]
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// Who to ask
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// What an outage would cost
    #[arg(long, value_name = "LEVEL")]
    pub criticality: Option<String>,
    /// Customers can't browse and buy without it; implies the highest level of criticality
    #[arg(long)]
    pub golden_thread: bool,
    /// Labels that filters and rubrics may use; several with commas
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub tag: Vec<String>,
    /// The day it joins the estate: before it, it is in no count [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub joined: Option<Date>,
    /// The file to write [default: beside the other services of its platform or domain]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}
